"""scoringrules without its compiled kernels: numba takes six seconds over them, and numpy is enough here.

The package does without them where numba is not installed; here it is told that they are missing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

NAME = "scoringrules"
KERNELS = "*gufunc*.py"

_LOCK = Lock()
_LIGHT: list[ModuleType] = []


def scoring_rules() -> ModuleType:
    """Return a copy of our own; whoever imports the package beside us gets it with all kernels."""
    with _LOCK:
        if not _LIGHT:
            _LIGHT.append(sys.modules.get(NAME) or _imported())
    return _LIGHT[0]


def _imported() -> ModuleType:
    """Import the package without its kernels, and forget that it was imported."""
    with _modules_put_back():
        missing: dict[str, Any] = dict.fromkeys(_kernels())
        sys.modules.update(missing)
        return import_module(NAME)


def _kernels() -> Iterator[str]:
    """Yield the names of the modules that compile when they are imported."""
    found = find_spec(NAME)
    for folder in map(Path, (found and found.submodule_search_locations) or ()):
        for path in folder.rglob(KERNELS):
            yield ".".join((NAME, *path.relative_to(folder).with_suffix("").parts))


@contextmanager
def _modules_put_back() -> Iterator[None]:
    """Remove what is imported meanwhile of the package from the list of what is imported."""
    try:
        yield
    finally:
        for name in [each for each in sys.modules if each.partition(".")[0] == NAME]:
            del sys.modules[name]
