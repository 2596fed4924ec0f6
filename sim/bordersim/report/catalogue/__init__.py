"""The words of pages, a file for each language, and how each language writes numbers and days."""

from bordersim.report.catalogue.language import ENGLISH, LANGUAGES, LITHUANIAN, Language, language_of

__all__ = ["ENGLISH", "LANGUAGES", "LITHUANIAN", "Language", "language_of"]
