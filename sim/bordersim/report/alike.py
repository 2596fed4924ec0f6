"""Which policies differ between scenarios, and which do not: readers may miss both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.words.codes import ADMIT_AND_SCREEN, COUNTRIES, REGIMES

if TYPE_CHECKING:
    from bordersim.inputs import Scenario

    Steps = list[tuple[date, str]]

ADMITTING = REGIMES[ADMIT_AND_SCREEN]
PAIR = 2


def same_policy(scenarios: Sequence[Scenario], language: Language = ENGLISH) -> str:
    """Return the policies of borders at which all scenarios have the same, in a sentence; empty without any.

    Parameters
    ----------
    scenarios
        At least one; days outside the period of the first are left out.
    language
        In which words.

    Examples
    --------
    >>> from bordersim import load_scenario
    >>> same_policy([load_scenario("no_turn_back_2021"), load_scenario("history_2021")])[:62]
    'Policies that are the same in both: Latvia turns people back from 11 August 2021'
    """
    found = [text for country in COUNTRIES if (text := _of_border(scenarios, country, language))]
    key = {1: "one", PAIR: "both"}.get(len(scenarios), "every")
    return language.say(f"alike.{key}", policies=language.listed(found).removesuffix(".")) if found else ""


def other_policy(scenarios: Sequence[Scenario], language: Language = ENGLISH) -> str:
    """Return the policies of borders at which scenarios differ, in a sentence; empty without any.

    Parameters
    ----------
    scenarios
        At least one; days outside the period of each are left out.
    language
        In which words.

    Examples
    --------
    >>> from bordersim import load_scenario
    >>> other_policy([load_scenario("no_turn_back_2021"), load_scenario("history_2021")])[:77]
    'Policies that differ: Lithuania: under no_turn_back_2021 it screens and admits'
    """
    found = [_of_each(scenarios, c, language) for c in COUNTRIES if not _of_border(scenarios, c, language)]
    return language.say("alike.differ", policies=language.listed(found).removesuffix(".")) if found else ""


def _of_each(scenarios: Sequence[Scenario], country: str, language: Language) -> str:
    """Return the policy of a border under each scenario in words."""
    told = ((each.name, ", ".join(_told(_steps(each, country), language))) for each in scenarios)
    under = ", ".join(language.say("alike.under", name=name, policy=policy) for name, policy in told)
    return f"{language.place(country)}: {under}"


def _of_border(scenarios: Sequence[Scenario], country: str, language: Language) -> str:
    """Return the policy of a border in words; nothing where it is not the same."""
    first, *others = (_steps(each, country) for each in scenarios)
    if any(first != other for other in others):
        return ""
    return f"{language.place(country)} {', '.join(_told(first, language))}"


def _steps(scenario: Scenario, country: str) -> Steps:
    """Return the regimes in force at a border within the period, each with its first day in it."""
    period = scenario.config.period
    steps: Steps = []
    for entry in getattr(scenario.config.policy, country):
        day = max(entry.from_, period.start)
        if steps and steps[-1][0] == day:
            steps.pop()  # what held before the period began
        if day <= period.end and (not steps or steps[-1][1] != entry.value):
            steps.append((day, entry.value))
    return steps


def _told(steps: Steps, language: Language) -> Iterator[str]:
    """Yield each regime and from when; the law as it was before a change goes without saying."""
    (_, before), *later = steps
    if not later:
        yield language.say(f"alike.{before}", when=language.say("alike.always"))
    elif before != ADMITTING:
        yield language.say(f"alike.{before}", when=language.say("alike.first"))
    for day, regime in later:
        yield language.say(f"alike.{regime}", when=language.say("alike.since", day=language.day(day)))
