"""Worlds drawn from the ranges of all values: both models agree in them, and every number matters in some."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from drawn_worlds import CUT, NOT_DRAWN, Values, draws, range_of
from moved_numbers import VALUES, Cell, cells, differs, keys, with_moved, with_room_for
from plain_model import PlainModel
from plain_output import PlainOutput
from same_counts import assert_same, difference
from test_agreement import engine_counts

from bordersim.inputs import Parameter, Scenario
from bordersim.inputs.schema.kinds import is_valuation
from bordersim.model.engine.histories import Keys, simulate_history, steering_of
from bordersim.model.engine.replicate import BlockOutput, simulate
from bordersim.model.world import Arrays, World, build_world
from bordersim.words.codes import COUNTRIES, LAKE, RIVER, STATES
from bordersim.words.metrics import METRIC_NAMES

# Days and seed. In the longer ones reception fills up and captives are let in.
DAYS = 10
RUNS = (*((DAYS, seed) for seed in range(1, 21)), (45, 18), (45, 6))
# Only the engine runs through these: the short ones settle most numbers, the long ones the rest.
ENGINE_RUNS = (
    (15, 1),
    (15, 2),
    *((60, seed) for seed in range(3, 7)),
    *((150, seed) for seed in range(7, 33)),
)
BUILT = RUNS[:3]  # in these every value that is read when a world is built changes a table
# What no value decides: the land and its keys, the clock, room for patrols, most people in a family or group.
GIVEN = {
    f"{array}.{field}"
    for array, fields in {
        "country": ("first_stretch", "stretches"),
        "stretches": ("key", "country", "first_segment", "segments", "from_km", "length_km", "share"),
        "segments": ("key", "country", "stretch", "terrain", "swamp", "length_km", "water_share"),
        "derived": ("first_day", "max_family", "max_families"),
        "calendar": ("start_h", "end_h"),
        "hours": ("day",),
        "origins": ("code",),
    }.items()
    for field in fields
} | {"stretches.first_patrol", "stretches.patrols", "segments.position_km"}
GIVEN |= {"steered"}  # by no value either, but by another run
LATVIA = COUNTRIES.index("LV")


@cache
def counted(days: int, seed: int) -> PlainOutput:
    """Return what the engine counts in a drawn world."""
    return engine_counts(draws(days).world(seed), seed, 0)


@pytest.mark.parametrize(("days", "seed"), RUNS)
def test_engine_agrees_with_plain_model_in_a_drawn_world(days: int, seed: int) -> None:
    plain = PlainModel(draws(days).world(seed), seed, 0).run()
    assert_same(counted(days, seed), plain)


def test_a_drawn_world_of_the_day_agrees() -> None:
    seed = int(date.today().strftime("%Y%m%d"))
    print(f"seed {seed}")
    assert_same(counted(DAYS, seed), PlainModel(draws(DAYS).world(seed), seed, 0).run())


@pytest.mark.parametrize(("days", "seed"), RUNS[:3])
def test_engine_agrees_with_plain_model_on_a_history(days: int, seed: int) -> None:
    """Its key changes on the first day, within the run, and on a day that does not come."""
    world, changes = draws(days).world(seed), ((0, 3), (4, 2**64 - 5), (7, 11), (days, 13))
    keys = Keys.of_replicate(seed, 0)._replace(changes=changes)
    history = PlainOutput(*(each[0] for each in simulate_history(world.arrays, keys)))
    assert_same(history, PlainModel(world, seed, 0, changes).run())
    assert difference("daily", history.daily, counted(days, seed).daily)


@pytest.mark.parametrize(("days", "seed"), RUNS[:3])
def test_a_host_state_that_steers_as_in_another_world_agrees(days: int, seed: int) -> None:
    led = steered_as_in_another(days, seed)
    assert_same(led_elsewhere(days, seed), PlainModel(led, seed, 0).run())


def test_that_the_host_state_steers_as_in_another_world_matters() -> None:
    """Not in each: where nobody is escorted it changes nothing."""
    assert any(difference("daily", led_elsewhere(*run).daily, counted(*run).daily) for run in RUNS[:3])


def steered_as_in_another(days: int, seed: int) -> World:
    """Return a drawn world in which the host state steers as in the next."""
    world, other = draws(days).world(seed), draws(days).world(seed + 1)
    steered = steering_of(other.arrays, Keys.of_replicate(seed, 0))
    return replace(world, arrays=world.arrays._replace(steered=steered))


@cache
def led_elsewhere(days: int, seed: int) -> PlainOutput:
    """Return what the engine counts in it."""
    led = steered_as_in_another(days, seed)
    return PlainOutput(*(each[0] for each in simulate_history(led.arrays, Keys.of_replicate(seed, 0))))


def test_every_metric_and_state_occurs_in_a_drawn_world() -> None:
    outputs = [counted(*run) for run in RUNS]
    daily = np.sum([output.daily.sum(axis=(0, 1)) for output in outputs], axis=0)
    stock = np.sum([output.stock.sum(axis=0) for output in outputs], axis=0)
    assert not [name for name, count in zip(METRIC_NAMES, daily, strict=True) if not count]
    assert not [state for state, people in zip(STATES, stock, strict=True) if not people]


def test_every_number_the_engine_reads_matters() -> None:
    """Each, moved to the other end of its range, changes a count in some drawn world.

    A single value may instead be read when the world is built: then it changes another table of it.
    """
    moved, at_work = tried_cells()
    tables = {field_of(cell) for cell in cells(draws(DAYS).world(1).arrays) if cell.array != VALUES}
    assert tables - {field_of(cell) for cell in moved} == GIVEN, "no range moves these"
    assert moved == at_work, "nobody reads these, or what does is never at work"
    free = {key for key, parameter in draws(DAYS).history.parameters.items() if is_free(parameter)}
    read = {key for cell in at_work if cell.array == VALUES for key in keys(cell)}
    lost = {key for key in free - read if not is_valuation(key) and not reaches_a_table(key)}
    assert not lost, "nothing the engine is given hangs on these"


def tried_cells() -> tuple[set[Cell], set[Cell]]:
    """Return the numbers that have another value at the other end, and those that then change something."""
    moved: set[Cell] = set()
    at_work: set[Cell] = set()
    for days, seed in ENGINE_RUNS:
        here, there = both_ends(days, seed)
        usual = simulate(here, seed, 0)
        to_try = {cell for cell in cells(here) if differs(here, there, cell)}
        moved |= to_try
        at_work |= {
            cell
            for cell in to_try - at_work
            if not same(usual, simulate(with_moved(here, there, cell), seed, 0)) or builds_a_table(cell)
        }
        if moved == at_work:
            break
    return moved, at_work


def both_ends(days: int, seed: int) -> tuple[Arrays, Arrays]:
    """Return a drawn world and that of the other ends, each with room for the patrols of both."""
    made = draws(days)
    here, there = made.world(seed).arrays, made.world_of(made.at_other_ends(seed)).arrays
    return with_room_for(here, there), with_room_for(there, here)


def same(one: BlockOutput, other: BlockOutput) -> bool:
    """Return whether all counts are the same."""
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def field_of(cell: Cell) -> str:
    """Return what a number is called at all places."""
    return str(cell._replace(place=None))


def test_room_for_more_patrols_changes_nothing() -> None:
    days, seed = RUNS[0]
    here, _ = both_ends(days, seed)
    arrays = draws(days).world(seed).arrays
    assert (here.stretches["patrols"] > arrays.stretches["patrols"]).all()
    assert same(simulate(arrays, seed, 0), simulate(here, seed, 0))


def test_no_water_is_known_beside_latvia() -> None:
    """So kilometres that stay without a fence along waters are left out there."""
    segments = draws(DAYS).world_of({}).arrays.segments
    there = segments[segments["country"] == LATVIA]
    assert not np.isin(there["terrain"], (LAKE, RIVER)).any()
    assert not there["water_share"].any()


def builds_a_table(cell: Cell) -> bool:
    """Return whether a single value is of use in another table."""
    known = draws(DAYS).history.parameters
    return cell.array == VALUES and any(key in known and reaches_a_table(key) for key in keys(cell))


@cache
def reaches_a_table(key: str) -> bool:
    """Return whether a value that is moved to its other end changes a table of some drawn world."""
    for run in BUILT:
        scenario, others, usual = drawn(*run)
        if not alike(usual, build_world(scenario.with_values({key: others[key]}))):
            return True
    return False


@cache
def drawn(days: int, seed: int) -> tuple[Scenario, Values, World]:
    """Return a drawn scenario, its values at their other ends, and its world."""
    scenario = draws(days).scenario(seed)
    return scenario, draws(days).at_other_ends(seed), build_world(scenario)


def is_free(parameter: Parameter) -> bool:
    """Return whether a value may be another one."""
    if parameter.key in (CUT, *NOT_DRAWN) or parameter.low is None:
        return False
    low, high = range_of(parameter)
    return low < high


def alike(one: World, other: World) -> bool:
    """Return whether all tables of two worlds are alike, but for the single values."""
    pairs = zip(one.arrays._replace(params=None), other.arrays._replace(params=None), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)
