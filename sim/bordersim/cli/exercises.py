"""Exercises on the command line: how one is named, and where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bordersim.inputs.paths import user_path

if TYPE_CHECKING:
    from collections.abc import Sequence

EXERCISES = "exercises"  # beside the scenarios


def naming(example: str) -> Any:
    """Return the argument that names an exercise, like `example`."""
    return typer.Argument(metavar="EXERCISE", help=f"A YAML file, or a name like {example}.")


def located(path: Path, keys: Sequence[str]) -> Path:
    """Find an exercise: a file, or the name of one shipped with the package."""
    from bordersim.inputs.lookup import ENDINGS, folders, foreign, is_file

    path = user_path(path)
    own, packaged = (folder / EXERCISES for folder in folders())
    if is_file(path):
        return path
    for folder in (own, packaged):
        for file in filter(is_file, (folder / f"{path}{ending}" for ending in ENDINGS)):
            if folder is packaged or not foreign(file, str(file), keys[1:]):
                return file
    return path
