"""How rules are compiled: `compiled` marks what compiled code may call; to Python it is as written.

numba turns each such function into machine code of its own, ready to be called from Python, before the code
of its caller inlines it. Nobody calls it there. So, with the numba this was tried with, it is kept as
an intermediate form, and machine code is made only of what Python calls: less than half the work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import __version__, njit
from numba.extending import register_jitable

from bordersim.model.compiling import kept  # noqa: F401 - says where compiled code is kept

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

# Another numba may be built otherwise inside: there, rules are compiled the usual way, to the same bits.
TRIED_WITH = "0.68."


def _options() -> dict[str, object]:
    """Return how numba is to compile what only compiled code calls."""
    if not __version__.startswith(TRIED_WITH):
        return {"no_cpython_wrapper": True}  # numba's own choice; it takes no empty list of options
    from bordersim.model.compiling.intermediate import Intermediate

    return {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "pipeline_class": Intermediate}


OPTIONS = _options()


def compiled(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Let compiled code call a function of plain numbers (or of world and state)."""
    return register_jitable(**OPTIONS)(function)


def entrance(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Make machine code that Python calls, of a function and all it calls, and keep it for the next time.

    Nothing is allocated in there, so numba need not count references to arrays (`_nrt`). With the counting,
    compiling from nothing takes 1.08 times the processor time, to the same bits; a run is hardly any slower.
    """
    made = njit(cache=True, nogil=True, forceinline=True, no_cfunc_wrapper=True, _nrt=False)
    return made(function)
