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
from bordersim.report.app.lever import Choices, Lever
from bordersim.report.pictures.style import COUNTRY_NAMES

if TYPE_CHECKING:
    from collections.abc import Collection

    from bordersim.inputs import Scenario
    from bordersim.inputs.scenario import Parameter

# Patterns of keys, and the heading under which they stand; what no pattern names is an assumption.
POLICY = {
    "policy.*": "Regime at the border: turn-back order",
    "law.*.recognition_probability": "Who is recognised as vulnerable",
    "guards.*.officers": "Guards",
    "guards.*.soldiers": "Guards",
    "guards.*.frontex": "Guards",
    "guards.*.borrowed": "Guards",
    "guards.*.lent_to_LV": "Loans to Latvia",
    "build.*.fence_km": "Fence, wire, cameras",
    "build.*.wire_km": "Fence, wire, cameras",
    "build.*.surveillance_km": "Fence, wire, cameras",
    "claims.*.open_points": "Access to asylum",
    "claims.*.places_per_day": "Access to asylum",
    "claims.reach_probability": "Access to asylum",
    "claims.*.reach_probability": "Access to asylum",
    "claims.*.mission_places_per_day": "Access to asylum",
    "claims.*.mission_reach_probability": "Access to asylum",
    "procedure.*.places": "Reception",
    "inflow.origins.*.flights_per_week": "Flights to Belarus",
    "host.prevention_probability": "What Belarus does",
}
SECTIONS = {
    "inflow": "Who arrives",
    "choice": "When and where people try",
    "cross": "Crossing",
    "detect": "Detection",
    "respond": "Response of patrols",
    "patrols": "Patrols",
    "guards": "Guards",
    "law": "Practice at the line",
    "host": "What Belarus does",
    "claims": "Access to asylum",
    "harm": "Injury and death",
    "return_home": "Going home",
    "procedure": "Procedure",
    "inland": "After entry",
    "learn": "What people believe",
    "build": "Fence, wire, cameras",
    "cost": "Unit costs",
    "record": "What authorities record",
}
VARYING = "Vary between histories"
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
    text = _recorded(scenario, parameter)
    return _lever(scenario, key, heading, (low, high), held, words, text)


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


def _recorded(scenario: Scenario, parameter: Parameter) -> str:
    """Write the values of the days simulated."""
    period, held = scenario.config.period, held_on_first_day(scenario, parameter.key)
    later = [each for each in parameter.entries if period.start < each.from_ <= period.end]
    return ", ".join([_shown(held), *(f"{_shown(each.value)} from {each.from_}" for each in later)])


def _assumption(scenario: Scenario, key: str, varies: bool) -> Lever:
    """Return the lever of an assumption, which has one value on all days."""
    parameter = scenario.parameters[key]
    value = parameter.entries[-1].value if parameter.entries else parameter.value
    heading = VARYING if varies else SECTIONS.get(key.partition(".")[0], "Other")
    ends = float(parameter.low or 0), float(parameter.high or 0)
    return _lever(scenario, key, heading, ends, value, (), "" if varies else _shown(value), varies)


def _lever(
    scenario: Scenario,
    key: str,
    heading: str,
    ends: tuple[float, float],
    value: object,
    words: tuple[str, ...],
    recorded: str,
    varies: bool = False,
) -> Lever:
    """Put a lever together."""
    unit = scenario.parameters[key].unit
    whole = isinstance(held_in(scenario, key), int)
    step = 1.0 if whole else float(10 ** np.floor(np.log10((ends[1] - ends[0]) / STEPS)))
    plain = "" if words or unit == "1" else unit
    return Lever(
        key, _label(key), heading, meaning_of(key), plain, *ends, step, value, words, recorded, varies
    )


def held_in(scenario: Scenario, key: str) -> object:
    """Return a value as the configuration holds it; the first of those by date."""
    held: Any = scenario.config
    for part in parts(scenario.tree, key) or ():
        held = held[part] if isinstance(held, dict) else getattr(held, part)
    return held[0].value if isinstance(held, tuple) else held


def _label(key: str) -> str:
    """Return what a lever is called: the place first, then what it is."""
    parts = [part for part in key.split(".")[1:] if part != "origins"]
    places = [COUNTRY_NAMES[part] for part in parts if part in COUNTRY_NAMES]
    others = [part.replace("_", " ") for part in parts if part not in COUNTRY_NAMES]
    what = ", ".join(others) or "regime"
    return f"{places[0]}: {what}" if places else what


def _shown(value: object) -> str:
    """Write a value as a user types it."""
    return f"{value:g}" if isinstance(value, float) else str(value)
