"""How pages say what to know before quoting, and what the words of their tables mean."""

from __future__ import annotations

from collections.abc import Iterator

from bordersim.report.answer import before_quoting, words_of
from bordersim.report.catalogue import Language
from bordersim.report.page.markup import listed, said


def reading(language: Language) -> Iterator[str]:
    """Yield a paragraph for each thing to know, then the words as a list."""
    yield from (said("p", text) for text in before_quoting(True, language))
    yield listed(words_of(language=language))
    yield said("p", language.say("reading.files"))
