"""One replicate from nothing to its counts, and a block of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bordersim.errors import BordersimError
from bordersim.model.compiling.compiled import entrance
from bordersim.model.engine.build import draw_lots, no_lots, set_barriers
from bordersim.model.engine.loop import advance, count_people, people_adding_up, queue_arrivals
from bordersim.model.engine.patrols import draw_patrols, line_up
from bordersim.model.population import count_arrivals, draw_arrivals
from bordersim.model.randomness import replicate_key
from bordersim.model.records import (
    NO_ONE,
    Border,
    BorderNews,
    Clock,
    Day,
    Family,
    Group,
    Patrol,
    Person,
    Segment,
    State,
    Stretch,
    StretchNews,
)
from bordersim.model.rows import empty
from bordersim.model.world import Arrays, World
from bordersim.words import metrics as m
from bordersim.words.codes import COUNTRIES, EN_ROUTE, OUTCOMES, STATES


class ConservationError(BordersimError, RuntimeError):
    """People or attempts do not add up in a replicate: a fault of the model, never a result."""


class BlockOutput(NamedTuple):
    """Counts of a block of replicates; axes as named in `bordersim.words`."""

    daily: np.ndarray  # float64[count, days, 3, METRICS]
    stock: np.ndarray  # int32[count, days, STATES]
    segments: np.ndarray  # int32[count, segments, SEGMENT_METRICS]
    stretches: np.ndarray  # float64[count, stretches, STRETCH_METRICS]
    people: np.ndarray  # float64[count, PEOPLE_METRICS]


def simulate_block(world: World, seed: int, first_replicate: int, count: int) -> BlockOutput:
    """Simulate replicates `first_replicate`, ... one after another.

    Raises
    ------
    ConservationError
        If people or attempts do not add up.
    """
    made = [simulate(world.arrays, seed, first_replicate + i) for i in range(count)]
    return BlockOutput(*(np.stack(column) for column in zip(*made, strict=True)))


def simulate(world: Arrays, seed: int, replicate: int) -> BlockOutput:
    """Simulate one replicate and return its counts, without the replicate axis."""
    state = new_state(world, seed, replicate)
    advance(world, state, len(world.calendar))
    return finished(world, state, f"replicate {replicate}")


def finished(world: Arrays, state: State, which: str) -> BlockOutput:
    """Return the counts of a run after checking that they add up."""
    if not people_adding_up(state):
        raise ConservationError(f"{which}: people or attempts do not add up")
    state.segment_counts[:, m.WIRED] = stands(world, state, "wire")
    state.segment_counts[:, m.FENCED] = stands(world, state, "fence")
    return BlockOutput(
        state.daily, state.stock, state.segment_counts, state.stretch_counts, count_people(state)
    )


def stands(world: Arrays, state: State, kind: str) -> np.ndarray:
    """Return which segments have wire, or a fence, on the last day simulated."""
    last = state.clock[0].day - 1
    standing_km = world.law[f"{kind}_km"][last, world.segments["country"]]
    return np.asarray((state.segments[f"{kind}_needs_km"] <= standing_km) & (last >= 0))


def new_state(world: Arrays, seed: int, replicate: int) -> State:
    """Return the state of a replicate before the first day."""
    return state_of_key(world, np.uint64(replicate_key(seed, replicate)))


def state_of_key(world: Arrays, key: np.uint64) -> State:
    """Return the state before the first day: everybody still to come, nothing happened."""
    families, people = count_arrivals(world, key)
    state = empty_state(world, key, families, people)
    lots = no_lots(len(world.segments))
    draw(world, state, lots.draws, lots.turns, lots.open)
    line_up(world, state)
    set_barriers(world, state, lots)
    return state


@entrance
def draw(world: Arrays, state: State, draws: np.ndarray, turns: np.ndarray, lots: np.ndarray) -> None:
    """Draw everything settled before the first day: patrols, people, the building order."""
    draw_patrols(world, state)
    draw_arrivals(world, state)
    queue_arrivals(state)
    draw_lots(world, state, draws, turns, lots)


def empty_state(world: Arrays, key: np.uint64, families: int, people: int) -> State:
    """Return arrays of the right sizes, empty."""
    days, stretches, segments = len(world.calendar), len(world.stretches), len(world.segments)
    patrols = int(world.stretches["patrols"].sum())
    horizon_h = float(world.calendar[-1].end_h)
    bucket_h = bucket_length_h(families, horizon_h)
    state = State(
        clock=empty(Clock, 1),
        persons=empty(Person, people),
        families=empty(Family, families),
        groups=empty(Group, families),
        patrols=empty(Patrol, patrols),
        busy=np.zeros(patrols, np.int32),
        queue=np.full(int(np.ceil(horizon_h / bucket_h)), NO_ONE, np.int32),
        sorted=np.full(np.iinfo(np.int32).bits, NO_ONE, np.int32),
        days=empty(Day, days + 1),
        barrier_changes=np.zeros((days + 1, stretches), np.bool_),
        stretches=empty(Stretch, stretches),
        borders=empty(Border, len(COUNTRIES)),
        segments=empty(Segment, segments),
        choice_sums=np.zeros((2, stretches, stretches + 1)),
        stretch_news=empty(StretchNews, (days, stretches)),
        border_news=empty(BorderNews, (days, len(COUNTRIES))),
        in_state=np.zeros(len(STATES), np.int64),
        ended=np.zeros(len(OUTCOMES), np.int64),
        daily=np.zeros((days, len(COUNTRIES), len(m.METRICS))),
        stock=np.zeros((days, len(STATES)), np.int32),
        segment_counts=np.zeros((segments, len(m.SEGMENT_METRICS)), np.int32),
        stretch_counts=np.zeros((stretches, len(m.STRETCH_METRICS))),
    )
    state.clock["key"], state.clock["first_key"], state.clock["bucket_h"] = key, key, bucket_h
    state.clock["sorted_bucket"] = NO_ONE
    state.days["first_ending"] = NO_ONE
    state.in_state[EN_ROUTE] = people
    return state


def bucket_length_h(families: int, horizon_h: float) -> float:
    """Return a bucket length [h], about two buckets a family: a power of two, so that it divides exactly."""
    wanted = horizon_h / max(2 * families, 1)
    return float(2.0 ** np.clip(np.floor(np.log2(wanted)), -8, 0))
