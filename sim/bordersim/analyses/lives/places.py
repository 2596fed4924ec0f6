"""Why a group goes elsewhere: who decides, and the cumulative pull of borders and stretches under A and B."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.engine.choice import pull_of_country
from bordersim.model.engine.noted_draws import decisions_of_event
from bordersim.model.randomness import uniform
from bordersim.report.story.told import Fact
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.analyses.lives.why import Side

    Floats = NDArray[np.float64]

OWN, LED, FOCUS = "own", "led", "focus"
BY_DRAW = {"own_country": OWN, "steered_country": LED}


class Choice(NamedTuple):
    """How a group came to its stretch: who decides, draws, and cumulative shares of pull with their ends."""

    by: str
    country: int
    country_draw: float
    stretch_draw: float
    borders: Floats  # cumulative share of each border
    stretches: Floats  # cumulative share of each stretch of the chosen border
    first: int  # stretch of it
    place: int
    admission: Floats
    passage: Floats


def place_facts(a: Side, b: Side, names: Sequence[str]) -> Iterator[Fact]:
    """Yield who decides and where the draw falls under A and B."""
    one, other = _choice(a), _choice(b)
    yield Fact("by", "", one.by, other.by)
    if one.by != other.by:
        return
    if one.country != other.country:
        yield from _border_facts(one, other)
    else:
        yield from _stretch_facts(one, other, names)
    for country in dict.fromkeys((one.country, other.country)):
        yield Fact(
            "admission_at", COUNTRIES[country], *(float(each.admission[country]) for each in (one, other))
        )
    for place in dict.fromkeys((one.place, other.place)):
        chances = (float(each.passage[place]) for each in (one, other))
        yield Fact("passage_at", names[place], *chances)


def _border_facts(a: Choice, b: Choice) -> Iterator[Fact]:
    """Yield where the draw of the border falls."""
    yield Fact("draw", "border", a.country_draw, b.country_draw)
    for country, name in enumerate(COUNTRIES):
        yield Fact("share", name, _span(a.borders, country), _span(b.borders, country))
    yield Fact("chosen", "", COUNTRIES[a.country], COUNTRIES[b.country])


def _stretch_facts(a: Choice, b: Choice, names: Sequence[str]) -> Iterator[Fact]:
    """Yield where the draw of the stretch falls."""
    yield Fact("draw", "stretch", a.stretch_draw, b.stretch_draw)
    for place in sorted({a.place, b.place}):
        spans = (_span(each.stretches, place - each.first) for each in (a, b))
        yield Fact("share", names[place], *spans)
    yield Fact("chosen", "", names[a.place], names[b.place])


def _span(cumulative: Floats, place: int) -> tuple[float, float]:
    """Return from where to where a draw falls to a place."""
    return float(cumulative[place - 1]) if place else 0.0, float(cumulative[place])


def _choice(side: Side) -> Choice:
    """Return how a group comes to its stretch; running the event tells which draws are made."""
    world, state, f = side.run.world, side.state, side.family
    g = int(state.families[f].group)
    sums = np.array(state.choice_sums[state.families[g].presents, :, state.groups[g].stretch])
    own = np.array([pull_of_country(world, state, g, c) for c in range(len(COUNTRIES))])
    led = np.array(state.borders["steering_sum"])
    beliefs = np.array(state.borders["admission"]), np.array(state.stretches["passage"])
    focus, focus_draw = int(state.clock[0].focus), float(state.clock[0].focus_draw)
    drawn = {each.name: each.draw for each in decisions_of_event(world, state, g, f)}
    by = next((word for name, word in BY_DRAW.items() if name in drawn), FOCUS)
    place = int(side.entry.stretch)
    country = int(world.stretches[place].country) if by != FOCUS else focus
    land = world.country[country]
    draws = {OWN: drawn.get("own_country"), LED: drawn.get("steered_country"), FOCUS: _focus_lot(side)}
    return Choice(
        by,
        country,
        float(draws[by] or 0.0),
        focus_draw if by == FOCUS else drawn["stretch"],
        _shares(own.cumsum() if by == OWN else led, 0, len(COUNTRIES)),
        _shares(sums, int(land.first_stretch), int(land.stretches)),
        int(land.first_stretch),
        place,
        *beliefs,
    )


def _focus_lot(side: Side) -> float:
    """Return the draw by which the host state chose the border to which it leads many for some days."""
    world, clock = side.run.world, side.state.clock[0]
    spell = np.uint64((world.derived[0].first_day + clock.day) // world.params[0].host.focus_days)
    return float(uniform(clock.key, spell, chance.FOCUS, 0))


def _shares(sums: Any, first: int, count: int) -> Floats:
    """Return the cumulative shares of a part of cumulative sums."""
    base = sums[first - 1] if first else 0.0
    shares: Floats = (sums[first : first + count] - base) / ((sums[first + count - 1] - base) or 1.0)
    return shares
