"""Why two lives part: the event lived through once more as plain Python, under A and under B."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from bordersim.analyses.lives.apart import KINDS, Log
from bordersim.analyses.lives.behind import draws_of, rule_of, values_of_draw, values_of_rule
from bordersim.analyses.lives.places import place_facts
from bordersim.model.engine.flights import would_fly
from bordersim.model.engine.histories import replayed
from bordersim.model.engine.noted_draws import Decision, decisions_of_event, decisions_of_morning
from bordersim.model.engine.traced import MORNING, stopped_before
from bordersim.report.story.told import Fact, Source, Why
from bordersim.words.codes import COUNTRIES, IN_PROCEDURE, MEET, REGIMES

if TYPE_CHECKING:
    from bordersim.analyses.lives.again import Run
    from bordersim.inputs import Scenario
    from bordersim.model.records import State

RULES = "bordersim.model"
Valued = tuple["Scenario", "Scenario"]


class Side(NamedTuple):
    """A life at the moment at which it parts from the other: its run, the entry, the state just before."""

    run: Run
    entry: Any
    before: Any
    state: State

    @property
    def family(self) -> int:
        """The place of the family."""
        return int(self.entry.family)

    @property
    def day(self) -> int:
        """The day of the run."""
        return int(self.run.world.hours[int(self.entry.time_h)].day)

    @property
    def stretch(self) -> int:
        """The stretch it is at, or was last."""
        return int(self.entry.stretch if self.entry.event < MORNING else self.before.stretch)

    @property
    def country(self) -> int:
        """The country of that stretch."""
        return int(self.run.world.stretches[min(self.stretch, len(self.run.world.stretches) - 1)].country)

    @property
    def law(self) -> Any:
        """The law of the day there."""
        return self.run.world.law[self.day, self.country]


def why(
    runs: Sequence[Run],
    logs: Sequence[Log],
    key: int,
    kind: int,
    parted: int,
    scenarios: Sequence[Valued],
    names: Sequence[str],
) -> Why:
    """Return why the lives of a family part after `parted` entries.

    Parameters
    ----------
    kind
        Place of the kind of difference in `apart.KINDS`.
    scenarios
        Both, each as it is and with the values of the history.
    names
        Of the stretches.
    """
    lives = [log.of_family(key) for log in logs]
    name = KINDS[kind]
    if min(map(len, lives)) <= parted:
        return Why(name, *_rule(name), (), ())
    sides = [_side(run, life, parted) for run, life in zip(runs, lives, strict=True)]
    facts = tuple(_facts(name, sides, names))
    sources = _sources(name, facts, sides, scenarios)
    return Why(name, *_rule(name), facts, tuple(sources))


def _side(run: Run, life: Any, parted: int) -> Side:
    """Return one life just before it parts from the other."""
    entry = life[parted]
    if entry.event < MORNING:
        state = stopped_before(run.world, run.keys, int(entry.step))
    else:
        state = replayed(run.world, run.keys, int(run.world.hours[int(entry.time_h)].day))
    return Side(run, entry, life[parted - 1] if parted else entry, state)


def _facts(kind: str, sides: Sequence[Side], names: Sequence[str]) -> Iterator[Fact]:
    """Yield what is known of a difference: what differed before, then the draws, held against what."""
    a, b = sides
    if kind == "place":
        yield from place_facts(a, b, names)
        return
    for each in FACTS.get(kind, ()):
        yield Fact(each, "", VALUES[each](a), VALUES[each](b))
    wanted = draws_of(kind)
    if wanted and a.entry.event == b.entry.event and a.entry.time_h == b.entry.time_h:
        yield from _drawn(_decisions(a, wanted), _decisions(b, wanted))


def _decisions(side: Side, wanted: Sequence[str]) -> dict[str, Decision]:
    """Return the draws of a family that matter in the event at which its lives part."""
    world, state, f = side.run.world, side.state, side.family
    if side.entry.event == MORNING:
        found = decisions_of_morning(world, state, f)
    else:
        found = decisions_of_event(world, state, int(state.families[f].group), f)
    return {each.name: each for each in found if each.name in wanted}


def _drawn(a: dict[str, Decision], b: dict[str, Decision]) -> Iterator[Fact]:
    """Yield the first draw that comes out otherwise, or that is made under one of A and B alone."""
    for name in {**a, **b}:
        sides = [each.get(name) for each in (a, b)]
        outcomes = [None if each is None else each.outcome for each in sides]
        if outcomes[0] != outcomes[1]:
            draw = next(each.draw for each in sides if each is not None)
            yield Fact("draw", name, draw, draw)
            yield Fact("held", name, *map(_bound, sides))
            yield Fact("outcome", name, *map(_outcome, sides))
            return


def _bound(decision: Decision | None) -> float | None:
    """Return what a draw was held against last."""
    return decision.held[-1][0] if decision is not None and decision.held else None


def _outcome(decision: Decision | None) -> str | None:
    """Return whether a draw lies below what it was held against last."""
    if decision is None or not decision.held:
        return None
    return "yes" if decision.held[-1][1] else "no"


def _patrol_after_h(side: Side) -> float | None:
    """Return after what time a patrol meets the group [h]; None where none comes in time."""
    return float(side.entry.next_h - side.entry.time_h) if side.entry.next_event == MEET else None


def _willing(side: Side) -> float:
    """Return how many families would fly home that morning."""
    return float(sum(would_fly(side.run.world, side.state, f) for f in range(len(side.state.families))))


VALUES: dict[str, Any] = {
    "regime": lambda side: REGIMES[int(side.law.regime)],
    "taken_in": lambda side: "yes" if side.entry.now == IN_PROCEDURE else "no",
    "admission": lambda side: float(side.state.borders[side.country].admission),
    "passage": lambda side: float(side.state.stretches[side.stretch].passage),
    "places": lambda side: float(side.state.borders[side.country].places),
    "crews": lambda side: float(side.state.stretches[side.stretch].crews),
    "patrol_after_h": _patrol_after_h,
    "group": lambda side: float(side.state.groups[side.state.families[side.family].group].people),
    "seats": lambda side: float(side.run.world.calendar[side.day].seats_home),
    "willing": _willing,
    "dwell_days": lambda side: float(side.law.dwell_days_mean),
}
FACTS: dict[str, tuple[str, ...]] = {
    "law": ("regime", "taken_in"),
    "presents": ("admission", "passage"),
    "crossing_point": ("regime", "places"),
    "mission": ("regime",),
    "patrol": ("crews", "patrol_after_h"),
    "noticed": ("crews",),
    "company": ("group",),
    "flight": ("seats", "willing"),
    "procedure": ("dwell_days",),
}


def _rule(kind: str) -> tuple[str, str]:
    """Return where the rule is written and what it says of itself."""
    module, _, name = rule_of(kind).partition(":")
    function = getattr(import_module(f"{RULES}.{module}"), name)
    return f"sim/bordersim/model/{module.replace('.', '/')}.py:{name}", inspect.getdoc(function) or ""


def _sources(
    kind: str, facts: Sequence[Fact], sides: Sequence[Side], scenarios: Sequence[Valued]
) -> Iterator[Source]:
    """Yield the values that the rule uses, on that day under A and B, and where they come from."""
    asked = (values_of_draw(fact.about) for fact in facts if fact.key == "held")
    wanted = [*values_of_rule(kind), *(key for keys in asked for key in keys)]
    for key in dict.fromkeys(wanted):
        borders = dict.fromkeys(COUNTRIES[side.country] for side in sides)
        for full in dict.fromkeys(key.format(border=border) for border in borders):
            yield from _source(full, [side.day for side in sides], scenarios)


def _source(key: str, days: Sequence[int], scenarios: Sequence[Valued]) -> Iterator[Source]:
    """Yield a value on a day under A and B; nothing where there is none of that name."""
    if not all(_own(key, scenario) in scenario.parameters for scenario, _ in scenarios):
        return
    sides = list(zip(scenarios, days, strict=True))
    (a, *_), (b, *_) = (_on(valued, key, day) for (_, valued), day in sides)
    _, confidence, source = _on(scenarios[1][0], key, days[1])
    yield Source(key, a, b, confidence, source)


def _own(key: str, scenario: Scenario) -> str:
    """Return the key of a border's own value, or of the one for all borders where it has none."""
    for_all = ".".join(part for part in key.split(".") if part not in COUNTRIES)
    return key if key in scenario.parameters else for_all


def _on(scenario: Scenario, key: str, day: int) -> tuple[str, str, str]:
    """Return a value on a day, its confidence and its source."""
    found = scenario.parameters[_own(key, scenario)]
    date = scenario.config.period.start.toordinal() + day
    past = [entry for entry in found.entries if entry.from_.toordinal() <= date]
    last: Any = past[-1] if past else found
    value = last.value
    return f"{value:.3g}" if isinstance(value, float) else str(value), last.confidence, last.source
