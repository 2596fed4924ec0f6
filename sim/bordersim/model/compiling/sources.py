"""Which source files decide a replicate's numbers: four folders, whole; and the hashes of source files."""

from __future__ import annotations

import hashlib
import marshal
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from types import CodeType
from typing import Any

from bordersim.shipped import PACKAGE

DECIDING = ("words", "geo", "inputs", "model")
COMPILED = ("words", "model")  # those of them that compiled code is made from
ASSERTS = re.compile(rb"^\s*assert\b", re.MULTILINE)
FIRST_LINE = "__firstlineno__"
PLAIN = 2  # of the forms of marshal, the last that does not tell what is one object


def sources_in(folders: Iterable[str]) -> list[Path]:
    """Return the source files of these folders, in order."""
    return [path for folder in folders for path in sorted((PACKAGE / folder).rglob("*.py"))]


def hash_of_files(root: Path, paths: Iterable[Path]) -> str:
    """Hash the names, from `root` on, and the contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{root.name}/{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def hash_of_meaning(paths: Iterable[Path]) -> str:
    """Hash the names and the code of source files: neither comments nor docstrings count.

    A source that has an assert, as while a rule is being tried, counts as it is written.
    """
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(PACKAGE).as_posix()}\0".encode())
        text = path.read_bytes()
        code = compile(text, "", "exec", dont_inherit=True, optimize=2)  # without docstrings, and asserts
        digest.update(marshal.dumps(_placeless(code), PLAIN))
        if ASSERTS.search(text):
            digest.update(text)
    return digest.hexdigest()


def _placeless(part: Any) -> Any:
    """Return the bytecode of a source without line numbers, with sets in one order."""
    if isinstance(part, frozenset):
        return tuple(sorted(part, key=repr))
    if not isinstance(part, CodeType):
        return part
    constants = [*map(_placeless, part.co_consts)]
    if FIRST_LINE in part.co_names:
        constants[_place_of_first_line(part)] = 0
    return part.replace(co_consts=tuple(constants), co_firstlineno=1, co_linetable=b"")


def _place_of_first_line(body: CodeType) -> int:
    """Return which constant tells a class on which line it begins, as from Python 3.13 on."""
    from dis import get_instructions

    loaded, _ = next(two for two in pairwise(get_instructions(body)) if two[1].argval == FIRST_LINE)
    return int(loaded.arg or 0)
