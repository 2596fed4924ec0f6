"""The words of a story, kept in one catalogue; everything else of it is without language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGE = "en"


@cache
def _words() -> dict[str, Any]:
    """Read the catalogue."""
    return tomllib.loads(files(__package__).joinpath(f"words.{LANGUAGE}.toml").read_text(encoding="utf-8"))


WORDS = _words()


def word(section: str, key: str) -> str:
    """Return a text of the catalogue; what it has no word for is told by its key."""
    found: str = WORDS[section].get(key, key.replace("_", " "))
    return found
