"""Paths as users give them: in options, as scenarios and folders, from Python."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

Given = TypeVar("Given", bound=str | Path)
URL = "://"


def user_path(given: Given) -> Given:
    """Return a path with a leading ``~`` replaced by the home folder; a URL stays as it is.

    The result never begins with ``~``, so that no later code, such as pandas, can mistake a
    folder of that name for a home folder.
    """
    text = str(given)
    if URL in text:
        return given
    found = os.path.expanduser(text)
    return type(given)(os.path.abspath(found) if str(Path(found)).startswith("~") else found)
