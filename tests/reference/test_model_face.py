"""BorderModel is a face of the engine: the same counts day by day, and views that make sense."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.model.engine import BlockOutput, Keys, simulate_block, simulate_history
from bordersim.model.mesa_agents import GroupAgent, PatrolAgent, ReadOnlyError, SegmentAgent, StationAgent
from bordersim.model.mesa_model import BorderModel
from bordersim.model.world import build_world
from bordersim.words.codes import COUNTRIES, STATES
from bordersim.words.metrics import METRIC_NAMES

SCENARIO, SEED, REPLICATE = "history_2021", 11, 4
PERIOD = {"period.start": date(2021, 7, 10), "period.end": date(2021, 7, 24)}
HALF_WAY = 8
EUROPE = (20.0, 50.0, 30.0, 57.0)  # west, south, east, north [degrees]


def make_model() -> BorderModel:
    """Make the model."""
    return BorderModel(SCENARIO, replicate=REPLICATE, set=PERIOD, seed=SEED)


@cache
def of_ensemble() -> BlockOutput:
    """Return what an ensemble has for the same replicate."""
    world = build_world(load_scenario([SCENARIO], PERIOD))
    return BlockOutput(*(block[0] for block in simulate_block(world, SEED, REPLICATE, 1)))


@pytest.fixture
def model() -> BorderModel:
    """Return a model half way through its days."""
    model = make_model()
    for _ in range(HALF_WAY):
        model.step()
    return model


def test_stepping_equals_the_ensemble() -> None:
    model = make_model()
    while model.running:
        model.step()
    assert model.day == model.world.days
    for name, stepped, block in zip(BlockOutput._fields, model.output(), of_ensemble(), strict=True):
        assert np.array_equal(stepped, block), name


def test_a_history_is_stepped_through_as_it_was_lived() -> None:
    """Its values are set, its keys given; they change on the first day, within the run, and after it."""
    keys = Keys.of_replicate(SEED, REPLICATE).changed(HALF_WAY, 11).changed(10_000, 13)
    drifting = {**PERIOD, "host.mind_sd": 1.2, "inflow.drift_sd": 0.5}
    model = BorderModel(SCENARIO, set=drifting, luck=str(keys))
    while model.running:
        model.step()
    lived = simulate_history(model.world.arrays, keys)
    for name, stepped, block in zip(BlockOutput._fields, model.output(), lived, strict=True):
        assert np.array_equal(stepped, block[0]), name
    assert not np.array_equal(model.output().daily, of_ensemble().daily)


@pytest.mark.parametrize("luck", ["", "no history", "1f", "000000000000001f 3", "000000000000001f 3:xyz"])
def test_a_history_that_cannot_be_meant_is_refused(luck: str) -> None:
    with pytest.raises(BadInput, match=r"^luck: "):
        BorderModel(SCENARIO, luck=luck)


def test_another_step_after_the_end_changes_nothing() -> None:
    model = make_model()
    for _ in range(model.world.days + 2):
        model.step()
    assert not model.running
    assert model.day == model.world.days
    assert np.array_equal(model.output().daily, of_ensemble().daily)


def test_days_so_far_equal_those_of_the_ensemble(model: BorderModel) -> None:
    assert (model.day, model.date) == (HALF_WAY, date(2021, 7, 18))
    record = [name.startswith("record_") for name in METRIC_NAMES]  # its last day ends next morning
    done, block = model.output().daily[:HALF_WAY], of_ensemble().daily[:HALF_WAY]
    assert np.array_equal(done[:-1], block[:-1])
    assert np.array_equal(done[-1][:, ~np.array(record)], block[-1][:, ~np.array(record)])
    assert not model.output().daily[HALF_WAY:].any()


def test_the_ensembles_seed_is_the_scenarios_own() -> None:
    own = load_scenario([SCENARIO], PERIOD).config.run.seed
    assert (
        BorderModel(SCENARIO, set=PERIOD).state.clock["key"]
        == (BorderModel(SCENARIO, set=PERIOD, seed=own).state.clock["key"])
    )


def test_the_seed_may_be_a_number_of_numpy() -> None:
    """Mesa itself takes none."""
    given = BorderModel(SCENARIO, np.int64(REPLICATE), PERIOD, np.uint64(SEED))  # type: ignore[arg-type]
    assert given.state.clock["key"] == make_model().state.clock["key"]


def test_a_scenario_is_named_as_in_a_run(tmp_path: Path) -> None:
    """A path and a list ended in an AttributeError, and names joined by + were unknown."""
    path = tmp_path / "own.yaml"
    path.write_text("schema_version: 1\ntitle: own\nextends: history_2021\nguards: {LT: {officers: 5}}\n")
    for named in (path, str(path), [path], [SCENARIO, path]):
        assert BorderModel(named, set=PERIOD).world.start == PERIOD["period.start"]
    both = {"period.end": pd.Timestamp("2021-08-05")}
    assert BorderModel(f"{SCENARIO}+no_turn_back_2021", set=both).world.days == 97


@pytest.mark.parametrize(
    "wrong",
    [
        *({"replicate": value} for value in (-1, 1.0, "0", None, True, 10**6)),
        *({"seed": value} for value in (-1, 1.0, "1", True, 2**63)),
        *({"scenario": value} for value in (None, 5, [], "frist")),
        *({"set": value} for value in (5, ["a"], {5: 1}, {"a": 1}, {"period.end": pd.NaT})),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as caught:
        BorderModel(**wrong)
    assert "\n" not in str(caught.value)


def test_people_are_all_somewhere(model: BorderModel) -> None:
    people = model.people()
    assert tuple(people) == STATES
    assert sum(people.values()) == len(model.state.persons)
    stock = dict(zip(STATES, of_ensemble().stock[HALF_WAY - 1].tolist(), strict=True))
    # Who has not landed yet is on the way, but in nobody's stock.
    assert people["en_route"] >= stock["en_route"]
    assert {**people, "en_route": 0} == {**stock, "en_route": 0}
    assert people["border_zone"] > 0


def test_counts_are_a_table_by_country(model: BorderModel) -> None:
    counts = model.counts()
    assert tuple(counts.index) == COUNTRIES
    assert tuple(counts.columns) == METRIC_NAMES
    assert counts.loc["LT", "attempts"] == model.state.daily[:, 0, METRIC_NAMES.index("attempts")].sum() > 0


def test_segments_show_attempts_and_lie_on_the_border(model: BorderModel) -> None:
    assert len(model.segments) == len(model.world.segments) == len(model.agents_by_type[SegmentAgent])
    attempts = model.state.daily[:, :, METRIC_NAMES.index("attempts")].sum()
    assert sum(segment.attempts for segment in model.segments) == attempts > 0
    west, south, east, north = EUROPE
    lons, lats = np.array([segment.position for segment in model.segments]).T
    assert (west < lons).all()
    assert (lons < east).all()
    assert (south < lats).all()
    assert (lats < north).all()


def test_stations_bear_their_names_and_have_crews_and_beliefs(model: BorderModel) -> None:
    assert len(model.stations) == model.world.n_stretches == len(model.agents_by_type[StationAgent])
    assert [each.name for each in model.stations] == [each.name for each in model.world.segments.stretches]
    assert all(0 <= station.believed_chance <= 1 for station in model.stations)
    assert sum(station.crews_on_shift for station in model.stations) > 0


def test_stations_crews_make_the_days_patrol_hours(model: BorderModel) -> None:
    hours = model.state.daily[HALF_WAY - 1, :, METRIC_NAMES.index("patrol_hours")].sum()
    assert sum(station.crews_on_shift for station in model.stations) * 24 == hours


def test_patrols_drive_their_own_stretch(model: BorderModel) -> None:
    assert len(model.patrols) == len(model.state.patrols) == len(model.agents_by_type[PatrolAgent])
    for patrol in model.patrols:
        beat = model.world.arrays.stretches[patrol.stretch]
        assert -1e-9 <= patrol.position_km - beat["from_km"] <= beat["length_km"] + 1e-9
    per_station = np.bincount([patrol.stretch for patrol in model.patrols])
    on_shift = [station.crews_on_shift for station in model.stations]
    assert (per_station >= on_shift).all()


def test_as_many_patrols_are_on_shift_as_their_station_has_crews(model: BorderModel) -> None:
    on_shift = np.zeros(len(model.stations), int)
    for patrol in model.patrols:
        on_shift[patrol.stretch] += patrol.is_on_shift
    assert on_shift.tolist() == model.state.stretches["crews"].tolist()
    assert 0 < on_shift.sum() < len(model.patrols)


def test_patrols_move_and_some_are_busy_some_time() -> None:
    model, busy = make_model(), 0
    before = [patrol.position_km for patrol in model.patrols]
    while model.running:
        model.step()
        busy += sum(patrol.is_busy for patrol in model.patrols)
    after = [patrol.position_km for patrol in model.patrols]
    assert before != after
    assert 0 < busy < model.world.days * len(model.patrols)


def test_steps_stop_with_the_run() -> None:
    model = make_model()
    model.run_model()
    model.step()
    assert model.steps == model.day == model.world.days == len(model.datacollector.get_model_vars_dataframe())


def test_collected_data_are_those_of_the_run_so_far() -> None:
    model = make_model()
    model.run_model()
    frame = model.datacollector.get_model_vars_dataframe()
    attempts = METRIC_NAMES.index("attempts")
    assert frame["last_day"].iloc[-1] == PERIOD["period.end"]
    assert frame["attempts_LT"].tolist() == of_ensemble().daily[:, 0, attempts].cumsum().tolist()
    for name, count in model.people().items():
        assert frame[f"people_{name}"].iloc[-1] == count


def test_a_batch_of_mesa_has_the_numbers_of_the_ensemble() -> None:
    days = {**PERIOD, "period.end": date(2021, 7, 14)}
    asked = {"scenario": SCENARIO, "set": [days], "seed": SEED, "replicate": [REPLICATE, REPLICATE + 1]}
    rows = mesa.batch_run(BorderModel, asked, display_progress=False)
    last = {row["replicate"]: row for row in rows if row["last_day"] == days["period.end"]}
    assert set(last) == {REPLICATE, REPLICATE + 1}
    attempts = of_ensemble().daily[:5, 0, METRIC_NAMES.index("attempts")].sum()
    assert last[REPLICATE]["attempts_LT"] == attempts > 0


def test_groups_are_agents_from_the_day_they_land(model: BorderModel) -> None:
    fresh = make_model()
    people = fresh.state.groups["people"].copy()
    assert fresh.groups == []
    rows = [group.row for group in model.groups]
    assert people[rows].sum() == model.state.days[HALF_WAY - 1].landed
    assert len(model.agents_by_type[GroupAgent]) == len(rows) > 0
    assert {group.condition for group in model.groups} <= set(STATES)
    tried = [group for group in model.groups if group.attempts]
    assert tried
    assert all(group.country in COUNTRIES for group in tried)
    assert all(group.country is None for group in model.groups if not group.attempts)


def test_agents_can_be_read_and_not_written(model: BorderModel) -> None:
    before = model.output().daily.copy()
    for agent in (model.groups[0], model.segments[0], model.stations[0], model.patrols[0]):
        with pytest.raises(ReadOnlyError, match="agents show what the engine does"):
            agent.row = 5
        with pytest.raises(ReadOnlyError, match="cannot be set"):
            agent.attempts = 5
        with pytest.raises(ReadOnlyError, match="cannot be deleted"):
            del agent.row
        with pytest.raises(ReadOnlyError, match="cannot be removed"):
            agent.remove()
    assert np.array_equal(model.output().daily, before)


@pytest.mark.parametrize("rng", [SEED, np.int64(SEED)])
def test_a_whole_number_as_rng_is_the_seed(rng: Any) -> None:
    given = BorderModel(SCENARIO, REPLICATE, PERIOD, rng=rng)
    assert given.state.clock["key"] == make_model().state.clock["key"]


def test_a_generator_gives_a_seed_and_two_ways_are_refused() -> None:
    one, same, other = (
        BorderModel(SCENARIO, set=PERIOD, rng=np.random.default_rng(seed)).state.clock["key"]
        for seed in (5, 5, 6)
    )
    assert one == same != other
    for wrong in ({"seed": 1, "rng": 1}, {"rng": "x"}, {"rng": -1}):
        with pytest.raises(BadInput, match=r"^(seed|rng|--seed)"):
            BorderModel(SCENARIO, set=PERIOD, **wrong)  # type: ignore[arg-type]


def test_a_model_and_its_groups_say_what_they_are(model: BorderModel) -> None:
    done = f"8 of 15 days from 2021-07-10, {len(model.groups)} groups landed"
    assert repr(model) == f"<BorderModel of {SCENARIO}, replicate 4: {done}>"
    group = next(each for each in model.groups if each.attempts)
    size = f"<GroupAgent {group.row}: people={group.people}, families={group.families}, {group.condition}, "
    tried = f"attempts={group.attempts}, returns={group.returns}, country={group.country}>"
    assert repr(group) == size + tried
    history = BorderModel(SCENARIO, set=PERIOD, luck=str(model.keys))
    assert "a history: 0 of 15 days" in repr(history)
