"""From scenario files to one frozen, validated Scenario that knows where each value came from.

``finding`` locates files, ``yaml_source`` reads them with line numbers, ``layers`` merges them in order,
``metadata`` separates unit and source, ``complaints`` writes errors in one line. All of it is imported
on first use, so that help need not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bordersim.inputs.scenario import Parameter, Scenario, list_scenarios, load_scenario, parse_sets

__all__ = ["Parameter", "Scenario", "list_scenarios", "load_scenario", "parse_sets"]


def __getattr__(name: str) -> Any:
    """Import a name on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bordersim.inputs import scenario

    return getattr(scenario, name)
