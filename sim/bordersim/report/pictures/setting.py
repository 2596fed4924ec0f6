"""The same pictures for everybody, whatever matplotlib style, settings or backend the user has.

Imported before matplotlib by every module that draws: the backend named in the environment may be missing
(a notebook passes its own to the processes it starts), and importing matplotlib would then fail.
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
    """Import matplotlib whatever backend is set for windows; none are shown."""
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
    """Draw in our own style; afterwards the user's settings are restored."""
    with _ALONE, matplotlib.rc_context(STYLE):
        yield
