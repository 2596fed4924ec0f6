"""What a world takes is told before anybody is drawn; what no machine would get through is refused."""

from __future__ import annotations

import pytest
from worlds import INFLOW, Sets, plain_scenario, plain_world

import bordersim
from bordersim.errors import BadInput
from bordersim.experiments import memory
from bordersim.experiments.settings import Settings
from bordersim.inputs import load_scenario
from bordersim.model.engine import new_state
from bordersim.model.world import build_world
from bordersim.model.world.size import bytes_expected, days_between_tries, people_expected

SOME = ("iraq_direct", "via_istanbul", "damascus", "dubai_beirut")
FULL = {"flights_per_week": 500, "seats_per_flight": 1000, "cross_share": 1}
FLOOD: Sets = {
    "inflow.load_share": 1,
    **{f"inflow.origins.{name}.{key}": value for name in SOME for key, value in FULL.items()},
}


@pytest.mark.parametrize(
    "sets", [{INFLOW: 3000}, {INFLOW: 3000, "inflow.family_size_mean": 3, "inflow.group_size_mean": 20}]
)
def test_people_and_memory_are_told_before_anybody_is_drawn(sets: Sets) -> None:
    """Within five standard deviations of 30,000 people who come in groups of 22."""
    world = plain_world(sets).arrays
    state = new_state(world, 1, 0)
    assert people_expected(world).sum() == pytest.approx(30_000)
    assert len(state.persons) == pytest.approx(30_000, abs=5 * (30_000 * 44) ** 0.5)
    assert sum(array.nbytes for array in state) == pytest.approx(bytes_expected(world), rel=0.25)


def test_memory_of_a_year_is_told_to_a_tenth() -> None:
    world = build_world(load_scenario(["history_2021"])).arrays
    held = sum(array.nbytes for array in new_state(world, 1, 0))
    assert held == pytest.approx(bytes_expected(world), rel=0.1)


def test_more_people_than_can_be_simulated_are_refused_with_the_origin_of_most() -> None:
    """Once, four origins at the top of their ranges took all memory of the machine."""
    with pytest.raises(BadInput) as error:
        build_world(
            load_scenario(["history_2021"], {**FLOOD, "inflow.origins.damascus.people_per_day": 9999})
        )
    assert str(error.value) == (
        "inflow: about 72,453,321 people would land in 245 days, most of them by damascus; "
        "more than 10,000,000 cannot be simulated"
    )


def test_tries_without_end_are_refused() -> None:
    again: Sets = {"respond.turn_round_probability": 1, "respond.dispatch_delay_h": 0}
    assert days_between_tries(plain_scenario(again).config) == 0  # the first wait is none here
    with pytest.raises(
        BadInput, match="0 days between two tries, for 10 days: more than 1,000,000,000 tries"
    ):
        plain_world(again)
    assert plain_world(again, {"respond.dispatch_delay_h": 0.25}).days == 10


def test_the_mean_wait_is_made_of_all_ways_to_the_next_try() -> None:
    sets: Sets = {
        "choice.rest_days": 2,
        "choice.retry_days_mean": 8,
        "choice.first_try_days_mean": 1,
        "respond.dispatch_delay_h": 12,
        "respond.turn_round_probability": 0.5,
        "host.let_back_probability.LV": 0.25,
        "host.captives_driven_per_day": 0.25,
        "cross.approach_h": 12,
    }
    assert days_between_tries(plain_scenario(sets).config) == 0.5 * 1.5 + 0.5 * (0.25 * 10 + 0.75 * 4.5)


def test_crews_that_cannot_be_told_apart_are_refused() -> None:
    many: Sets = {"guards.LV.officers": 100_000, "guards.LV.soldiers": 100_000}
    with pytest.raises(
        BadInput, match=r"guards: 66,7\d\d crews could be on shift at LV stretch .* more than 65,536"
    ):
        plain_world(many)


def test_what_does_not_fit_into_memory_is_refused_before_anything_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda: 3e6)
    with pytest.raises(BadInput) as error:
        bordersim.run("history_2021", replicates=200, workers=2, out=str(tmp_path))
    assert str(error.value) == (
        "history_2021: 2 replicates at once, of about 20,274 people each, need 0.0 GB of memory; "
        "0.0 GB are free: take fewer --workers or fewer people"
    )


def test_memory_of_other_machines_is_not_ours_to_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda: 1.0)
    memory.refuse_what_does_not_fit([plain_world()], Settings(cluster="tcp://elsewhere:1"), 1)
    monkeypatch.setattr(memory, "free_bytes", lambda: None)
    memory.refuse_what_does_not_fit([plain_world()], Settings(), 1)


def test_free_memory_is_the_least_of_all_limits(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    free = memory.free_bytes()
    assert free is None or free > 0
    for name, found in (("_of_machine", 5.0), ("_of_group", None), ("_of_process", 3.0)):
        monkeypatch.setattr(memory, name, lambda found=found: found)
    assert memory.free_bytes() == 3.0
