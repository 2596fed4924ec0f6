"""Which values are levers on the live page: policies, which a state decides by date, and assumptions.

A value is in one group or in the other. Ranges come from parameters.yaml, but those of shares and
probabilities of a policy from the schema: what is plausible as a fact is no limit to what could be decided.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from bordersim.analyses.ranges import ALL_PARAMETERS, keys_with_range
from bordersim.inputs.layers import parts
from bordersim.inputs.schema.dated import Regime
from bordersim.inputs.schema.meaning import meaning_of
from bordersim.report.app.lever import Choices, Held, Lever
from bordersim.report.catalogue import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Collection

    from bordersim.inputs import Scenario
    from bordersim.inputs.scenario import Parameter

# Patterns of keys, and the heading under which they stand, as the catalogue has it; what no pattern names is
# an assumption, which stands under its section.
POLICY = {
    "policy.*": "regime",
    "law.*.recognition_probability": "recognised",
    "guards.*.officers": "guards",
    "guards.*.soldiers": "guards",
    "guards.*.frontex": "guards",
    "guards.*.borrowed": "guards",
    "guards.*.lent_to_LV": "loans",
    "build.*.fence_km": "build",
    "build.*.wire_km": "build",
    "build.*.surveillance_km": "build",
    "claims.*.open_points": "claims",
    "claims.*.places_per_day": "claims",
    "claims.reach_probability": "claims",
    "claims.*.reach_probability": "claims",
    "claims.*.mission_places_per_day": "claims",
    "claims.*.mission_reach_probability": "claims",
    "procedure.*.places": "procedure_places",
    "inflow.origins.*.flights_per_week": "flights",
    "host.prevention_probability": "host",
}
VARYING, OTHER = "varying", "other"
SHARES = ("share", "probability")
STEPS = 100  # of a slider, about


def choices_of(scenario: Scenario, varied: Collection[str]) -> Choices:
    """Return the levers of a scenario; `varied` are the keys that differ between histories."""
    policy = {
        key: _policy(scenario, key, heading)
        for pattern, heading in POLICY.items()
        for key, parameter in scenario.parameters.items()
        if fnmatchcase(key, pattern) and _has_range(parameter)
    }
    others = [key for key in keys_with_range([scenario], ALL_PARAMETERS) if key not in policy]
    first = sorted(others, key=lambda key: key not in varied)
    return Choices(policy, {key: _assumption(scenario, key, key in varied) for key in first})


def _has_range(parameter: Parameter) -> bool:
    """Return whether a value can be moved: a word, or a number that is not the same at both ends."""
    if parameter.low is None or parameter.high is None:
        return parameter.unit == "regime"
    return parameter.low < parameter.high or bool(_numbers(parameter))


def _numbers(parameter: Parameter) -> list[float]:
    """Return the values it has by date, as far as they are numbers other than 0."""
    return [float(str(each.value)) for each in parameter.entries if each.value]


def _policy(scenario: Scenario, key: str, heading: str) -> Lever:
    """Return the lever of a policy; its slider reaches what was so at some time."""
    parameter = scenario.parameters[key]
    words = get_args(Regime) if parameter.unit == "regime" else ()
    low, high = _ends(parameter)
    held = held_on_first_day(scenario, key)
    return _lever(scenario, key, heading, (low, high), held, words, _recorded(scenario, parameter))


def _ends(parameter: Parameter) -> tuple[float, float]:
    """Return the ends of the slider of a policy."""
    if parameter.low is None or parameter.high is None or parameter.unit in SHARES:
        return 0.0, 1.0
    known = [parameter.low, parameter.high, *_numbers(parameter)]
    return min(known), max(known)


def held_on_first_day(scenario: Scenario, key: str) -> object:
    """Return the value by date that holds on the first day; of kilometres 0 before there are any."""
    parameter, start = scenario.parameters[key], scenario.config.period.start
    if not parameter.entries:
        return parameter.value
    held = [entry.value for entry in parameter.entries if entry.from_ <= start]
    return held[-1] if held else 0


def _recorded(scenario: Scenario, parameter: Parameter) -> tuple[Held, ...]:
    """Return the values of the days simulated."""
    period, held = scenario.config.period, held_on_first_day(scenario, parameter.key)
    later = [each for each in parameter.entries if period.start < each.from_ <= period.end]
    return (Held(period.start, _shown(held)), *(Held(each.from_, _shown(each.value)) for each in later))


def _assumption(scenario: Scenario, key: str, varies: bool) -> Lever:
    """Return the lever of an assumption, which has one value on all days."""
    parameter = scenario.parameters[key]
    value = parameter.entries[-1].value if parameter.entries else parameter.value
    section = key.partition(".")[0]
    heading = section if ENGLISH.says(f"app.section.{section}") else OTHER
    ends = float(parameter.low or 0), float(parameter.high or 0)
    held = () if varies else (Held(scenario.config.period.start, _shown(value)),)
    return _lever(scenario, key, VARYING if varies else heading, ends, value, (), held, varies)


def _lever(
    scenario: Scenario,
    key: str,
    heading: str,
    ends: tuple[float, float],
    value: object,
    words: tuple[str, ...],
    recorded: tuple[Held, ...],
    varies: bool = False,
) -> Lever:
    """Put a lever together."""
    unit = scenario.parameters[key].unit
    whole = isinstance(held_in(scenario, key), int)
    step = 1.0 if whole else float(10 ** np.floor(np.log10((ends[1] - ends[0]) / STEPS)))
    plain = "" if words or unit == "1" else unit
    return Lever(key, heading, meaning_of(key), plain, *ends, step, value, words, recorded, varies)


def held_in(scenario: Scenario, key: str) -> object:
    """Return a value as the configuration holds it; the first of those by date."""
    held: Any = scenario.config
    for part in parts(scenario.tree, key) or ():
        held = held[part] if isinstance(held, dict) else getattr(held, part)
    return held[0].value if isinstance(held, tuple) else held


def _shown(value: object) -> str:
    """Write a value as a user types it."""
    return f"{value:g}" if isinstance(value, float) else str(value)
