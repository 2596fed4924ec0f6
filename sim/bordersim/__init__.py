"""Agent-based simulation of the Lithuania-Belarus border, to compare border policies.

>>> from bordersim import run
>>> result = run("history_2021", replicates=50, set={"guards.LT.officers": 900})
>>> result.daily

Every error is a `BordersimError`: `BadInput` for wrong input, `RunError` for a run that failed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bordersim.analyses.lives.asked import story
    from bordersim.analyses.value import value
    from bordersim.api import compare, expand, reproduce, resume, run
    from bordersim.errors import BadInput, BordersimError, RunError
    from bordersim.inputs import load_scenario
    from bordersim.results.paired import Comparison
    from bordersim.results.store.result import Result

__version__ = "0.2.0"

__all__ = [
    "BadInput",
    "BordersimError",
    "Comparison",
    "Result",
    "RunError",
    "compare",
    "expand",
    "load_scenario",
    "reproduce",
    "resume",
    "run",
    "story",
    "value",
]

_HOMES = dict.fromkeys(__all__, "bordersim.api") | {
    "BadInput": "bordersim.errors",
    "BordersimError": "bordersim.errors",
    "Comparison": "bordersim.results.paired",
    "Result": "bordersim.results.store.result",
    "RunError": "bordersim.errors",
    "load_scenario": "bordersim.inputs",
    "story": "bordersim.analyses.lives.asked",
    "value": "bordersim.analyses.value",
}


def __getattr__(name: str) -> Any:
    """Import a public function on first use, so that the command line starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module 'bordersim' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
