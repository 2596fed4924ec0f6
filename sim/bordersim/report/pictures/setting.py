"""The same pictures for everybody, whatever style, settings file or backend the user has; all of it stays.

Imported before matplotlib by every module that draws: the backend that the environment names may not be there
(a notebook names its own to all that it starts), and matplotlib would not be imported for that alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import RLock
from typing import Any

BACKEND = "MPLBACKEND"


def _import_matplotlib() -> None:
    """Import matplotlib whatever backend it is told to show windows with; we show none."""
    named = os.environ.pop(BACKEND, None)
    try:
        import matplotlib
    finally:
        if named is not None:
            os.environ[BACKEND] = named
    if named:
        with suppress(ValueError):
            matplotlib.rcParams["backend"] = named  # as it would have read it itself


if "matplotlib" not in sys.modules:
    _import_matplotlib()

import matplotlib  # noqa: E402

# Names may hold dollar signs, which are no formulas. The backend is the user's affair: we draw without.
STYLE: dict[Any, Any] = {
    key: value for key, value in matplotlib.rcParamsDefault.items() if key != "backend"
} | {"text.parse_math": False}
_ALONE = RLock()  # settings are the process's own: of two threads, one would put back what the other has set


@contextmanager
def own_style() -> Iterator[None]:
    """Draw in our own style; afterwards the user's settings are as they were."""
    with _ALONE, matplotlib.rc_context(STYLE):
        yield
