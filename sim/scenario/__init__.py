"""Scenario files to one frozen, validated Scenario that knows where each of its values came from.

``finding`` locates files, ``yaml_source`` reads them with line numbers, ``layers`` merges them in order,
``metadata`` sets unit and source apart, ``complaints`` says in one line what is wrong.
"""

from __future__ import annotations

from sim.scenario.scenario import Parameter, Scenario, list_scenarios, load_scenario, parse_sets

__all__ = ["Parameter", "Scenario", "list_scenarios", "load_scenario", "parse_sets"]
