"""A story as a user gets it: it prints as text, shows as a page in a notebook, and is saved as one file."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bordersim.errors import BadInput
from bordersim.report.catalogue import ENGLISH, Language, language_of
from bordersim.report.story.page import page
from bordersim.report.story.text import text
from bordersim.report.story.told import Story
from bordersim.results.store.files import save_text

PAGE = "story.html"


@dataclass(frozen=True, repr=False)
class ShownStory:
    """Synthetic families under a reference and a scenario.

    Parameters
    ----------
    story
        The families told of and how many are like them, as plain data.
    language
        In which words it is told.
    """

    story: Story
    language: Language = ENGLISH

    def __str__(self) -> str:
        """Return the story as plain text."""
        return text(self.story, self.language)

    def as_wide_as(self, width: int) -> str:
        """Return the story as plain text with lines of so many letters."""
        return text(self.story, self.language, width)

    def __repr__(self) -> str:
        """Return who is told of."""
        told = ", ".join(each.person for each in self.story.told)
        return f"<{' and '.join(self.story.scenarios)}: {told or 'nobody'}>"

    def _repr_html_(self) -> str:
        """Return the page, as a notebook shows it."""
        return page(self.story, self.language)

    def in_language(self, lang: str) -> ShownStory:
        """Return the same story told in a language, "en" or "lt".

        Raises
        ------
        BadInput
            If there are no words of that language.
        """
        return replace(self, language=language_of(lang))

    def json(self) -> str:
        """Return the story as JSON, days as text."""
        return json.dumps(_plain(self.story), indent=1, default=str)

    def save(self, path: str | Path = PAGE) -> Path:
        """Save the page as one file and return where it is.

        Raises
        ------
        BadInput
            If nothing can be written there.
        """
        try:
            return save_text(Path(path).expanduser(), page(self.story, self.language))
        except OSError as error:
            raise BadInput(f"{path}: cannot write there ({error.strerror or error})") from error


def _plain(value: Any) -> Any:
    """Return named fields as mappings, all the way down."""
    if hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
