"""What differs: scenarios as coloured letters with their titles, and every value that is not the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING

from bordersim.report.catalogue import Language
from bordersim.report.page.markup import said, table, tag, unfolded
from bordersim.report.pictures.style import SCENARIO_COLOURS

if TYPE_CHECKING:
    from datetime import date

    from bordersim.inputs import Parameter, Scenario

    Steps = list[tuple[date, object]]

MOST = 12  # rows that are shown without opening
LETTERS = (*ascii_uppercase, *(f"{first}{second}" for first in ascii_uppercase for second in ascii_uppercase))


def colour(number: int) -> str:
    """Return the colour of a scenario."""
    return SCENARIO_COLOURS[number % len(SCENARIO_COLOURS)]


def chips(scenarios: Sequence[Scenario], language: Language) -> Iterator[str]:
    """Yield a line for each scenario: its letter, line, title and question."""
    for number, scenario in enumerate(scenarios):
        letter = said("span", LETTERS[number], class_=f"chip chip{LETTERS[number]}")
        dashes = {"stroke_dasharray": "5 2"} if number else {}
        sample = tag("path", class_="median", stroke=colour(number), d="M0 6H34", **dashes)
        line = tag("svg", sample, viewBox="0 0 34 12", aria_hidden="true")
        name = tag("span", said("strong", scenario.title), " ", said("code", scenario.name))
        question = said("span", scenario.question, class_="small") if scenario.question else ""
        yield tag("li", letter, line, tag("span", name, " ", question))


def differing(scenarios: Sequence[Scenario], language: Language) -> Iterator[str]:
    """Yield the table of what differs, dates first; of many values the rest opens."""
    keys = sorted(_keys(scenarios), key=lambda key: not scenarios[0].parameters[key].entries)
    heads = (language.say("differs.head"), *LETTERS[: len(scenarios)])
    rows = [(key, *_values([each.parameters[key] for each in scenarios])) for key in keys]
    if rows:
        yield table(heads, rows[:MOST], language.say("differs.caption"))
    if len(rows) > MOST:
        yield unfolded(language.say("differs.more", count=len(rows) - MOST), table(heads, rows[MOST:]))


def change_days(scenarios: Sequence[Scenario]) -> list[date]:
    """Return the days from which a dated value is not the same."""
    first = scenarios[0].parameters
    days = {
        day
        for other in scenarios[1:]
        for key in _keys((scenarios[0], other))
        for day, _ in _apart(first[key], other.parameters[key])
    }
    return sorted(days)


def _keys(scenarios: Sequence[Scenario]) -> list[str]:
    """Return the keys whose values are not the same in all scenarios."""
    common = set.intersection(*(set(each.parameters) for each in scenarios))
    return [key for key in scenarios[0].parameters if key in common and _differ(key, scenarios)]


def _differ(key: str, scenarios: Sequence[Scenario]) -> bool:
    """Return whether a value is not the same everywhere."""
    first, *others = (each.parameters[key] for each in scenarios)
    return any(first.value != each.value or _steps(first) != _steps(each) for each in others)


def _steps(parameter: Parameter) -> Steps:
    """Return the values of a dated key with the days from which they hold."""
    return [(entry.from_, entry.value) for entry in parameter.entries]


def _apart(one: Parameter, other: Parameter) -> Steps:
    """Return the steps that only one of two has."""
    first, second = _steps(one), _steps(other)
    return [step for step in first if step not in second] + [step for step in second if step not in first]


def _values(parameters: Sequence[Parameter]) -> Iterator[str]:
    """Yield a value of each scenario; of dated ones only the steps that not all have."""
    every = [_steps(each) for each in parameters]
    for parameter, steps in zip(parameters, every, strict=True):
        own = [step for step in steps if not all(step in others for others in every)]
        told = "; ".join(f"{day}: {value}" for day, value in own) or "–"
        yield told if parameter.entries else str(parameter.value)
