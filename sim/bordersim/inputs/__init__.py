"""Scenario files to one frozen, validated Scenario that knows where each of its values came from.

``finding`` locates files, ``yaml_source`` reads them with line numbers, ``layers`` merges them in order,
``metadata`` sets unit and source apart, ``complaints`` says in one line what is wrong. All of it is imported
when it is first asked for, so that help need not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bordersim.inputs.scenario import Parameter, Scenario, list_scenarios, load_scenario, parse_sets

__all__ = ["Parameter", "Scenario", "list_scenarios", "load_scenario", "parse_sets"]


def __getattr__(name: str) -> Any:
    """Import what is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bordersim.inputs import scenario

    return getattr(scenario, name)
