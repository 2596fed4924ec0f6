"""Policies that are the same in all scenarios, told so that nobody takes one border's order for all."""

from __future__ import annotations

import pytest

from bordersim import load_scenario
from bordersim.report.alike import same_policy
from bordersim.report.catalogue import ENGLISH, LITHUANIAN, Language

LT, LV, PL = (f"{name} turns people back from" for name in ("Lithuania", "Latvia", "Poland"))
BOTH = "Policies that are the same in both:"


def told(names: tuple[str, ...], language: Language = ENGLISH, **sets: object) -> str:
    """Return what is told of shipped scenarios with some values set."""
    given = {key.replace("__", "."): value for key, value in sets.items()}
    return same_policy([load_scenario(name, given) for name in names], language)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            ("no_turn_back_2021", "history_2021"),
            f"{BOTH} {LV} 11 August 2021; {PL} 20 August 2021.",
        ),
        (
            ("no_escorts_2021", "history_2021"),
            f"{BOTH} {LT} 3 August 2021; {LV} 11 August 2021; {PL} 20 August 2021.",
        ),
        (
            ("no_escorts_2021", "no_turn_back_2021", "history_2021"),
            f"The same in all scenarios: {LV} 11 August 2021; {PL} 20 August 2021.",
        ),
        (("asylum_suspended_2021", "history_2021"), ""),
    ],
)
def test_borders_with_the_same_policy_are_named_with_its_first_day(
    names: tuple[str, ...], expected: str
) -> None:
    assert told(names) == expected


def test_only_days_of_the_period_count() -> None:
    """Before the order both admit; a year later a policy holds from the first day, also if it lapses."""
    early = told(("no_turn_back_2021", "history_2021"), period__end="2021-08-11")
    assert (
        early
        == f"{BOTH} {LV} 11 August 2021; Poland screens and admits people caught past the line on all days."
    )
    later = told(("history_2024",))
    assert "Lithuania turns people back on all days" in later
    assert (
        "Latvia turns people back from the first day, screens and admits people caught past the line from"
        " 11 February 2024, turns people back from 13 March 2024"
    ) in later


def test_it_is_told_in_lithuanian_too() -> None:
    assert told(("no_turn_back_2021", "history_2021"), LITHUANIAN) == (
        "Vienoda abiejuose: Latvija apgręžia žmones nuo 2021 m. rugpjūčio 11 d.;"
        " Lenkija apgręžia žmones nuo 2021 m. rugpjūčio 20 d."
    )
