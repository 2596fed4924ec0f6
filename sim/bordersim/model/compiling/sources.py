"""Which source files decide a replicate's numbers: four folders, whole; and the hashes of source files."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path

from bordersim.shipped import PACKAGE

DECIDING = ("words", "geo", "inputs", "model")
COMPILED = ("words", "model")  # those of them that compiled code is made from
WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def deciding_sources(folders: Iterable[str] = DECIDING) -> list[Path]:
    """List the source files of these folders, in order."""
    return [path for folder in folders for path in sorted((PACKAGE / folder).rglob("*.py"))]


def hash_of_files(root: Path, paths: Iterable[Path]) -> str:
    """Hash the names, from `root` on, and the contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{root.name}/{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def hash_of_trees(paths: Iterable[Path]) -> str:
    """Hash the names of source files and what they say to Python: neither comments nor docstrings count."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(PACKAGE).as_posix()}\0{_said(path.read_bytes())}".encode())
    return digest.hexdigest()


def _said(source: bytes) -> str:
    """Write the syntax tree of a source without docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, WITH_DOCSTRING) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
    return ast.dump(tree)
