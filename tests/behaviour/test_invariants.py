"""What must hold in every world: people and attempts add up, and tables agree with each other."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from lively import LIVELY, WORLDS
from worlds import (
    INFLOW,
    Sets,
    of_country,
    plain_world,
    run_to_end,
    simulate,
)

from bordersim.model.engine import BlockOutput, simulate_block
from bordersim.model.engine.loop import people_adding_up
from bordersim.model.engine.replicate import ConservationError, finished
from bordersim.model.records import State
from bordersim.model.world import World
from bordersim.words import metrics as m
from bordersim.words.codes import BORDER_ZONE, COUNTRIES, DEAD, EN_ROUTE, STATES
from bordersim.words.metrics import METRIC_NAMES
from bordersim.words.valued import DAILY, DAILY_NAMES

ENDS = ["entry_prevented", "turned_back", "apprehended", "got_away", "undetected_entry", "withdrawn"]
RECORD = [METRIC_NAMES.index(name) for name in METRIC_NAMES if name.startswith("record_")]
COUNTED_WHOLE = [
    index
    for index, metric in enumerate(m.METRICS)
    if metric.unit in ("attempts", "people", "returns", "groups", "incidents", "person-days")
    and not metric.name.endswith("_expected")
]


def total(out: BlockOutput, name: str) -> float:
    return float(out.daily[..., DAILY_NAMES.index(name)].sum())


# Everybody is somewhere, every attempt ends once


def test_the_lively_world_lets_everything_happen() -> None:
    """Otherwise the tests below would prove little: no metric and no state stays empty."""
    out = simulate(LIVELY, replicates=6)
    assert {each.name for each in DAILY if total(out, each.name) == 0 and each.unit != "EUR"} == set()
    assert out.stock.sum(axis=(0, 1)).all(), dict(zip(STATES, out.stock.sum(axis=(0, 1)), strict=True))


def test_people_are_in_one_state_each_and_none_is_lost(state: State, out: BlockOutput) -> None:
    assert np.bincount(state.persons["state"], minlength=len(STATES)).tolist() == state.in_state.tolist()
    assert state.stock.sum(axis=1).tolist() == state.days["landed"][:-1].tolist()
    assert (np.diff(out.stock.sum(axis=2), axis=1) >= 0).all()
    assert (out.stock >= 0).all()
    assert (np.diff(out.stock[:, :, DEAD], axis=1) >= 0).all()


def test_people_of_a_family_stay_together_unless_they_die(state: State) -> None:
    for family in state.families:
        own = state.persons["state"][family["first_person"] : family["first_person"] + family["people"]]
        assert set(own.tolist()) <= {family["state"], DEAD}


def test_groups_know_how_many_they_are(state: State) -> None:
    for group in state.groups[state.groups["families"] > 0]:
        first = int(np.flatnonzero(state.families["key"] == group["key"])[0])
        families = state.families[first : first + group["families"]]
        assert (families["group"] == first).all()
        here = np.isin(families["state"], [EN_ROUTE, BORDER_ZONE, STATES.index("captive")])
        people = [
            state.persons["state"][family["first_person"] : family["first_person"] + family["people"]]
            for family in families[here]
        ]
        assert group["people"] == sum(int((each != DEAD).sum()) for each in people)


def test_every_attempt_ends_in_exactly_one_outcome_or_is_under_way(out: BlockOutput, state: State) -> None:
    attempts = state.daily[..., m.ATTEMPTS].sum()
    assert state.persons["attempts"].sum() == attempts
    ended = state.ended.sum()
    assert 0 <= attempts - ended <= (state.persons["state"] == BORDER_ZONE).sum()
    assert state.ended[:-1].tolist() == [
        state.daily[..., METRIC_NAMES.index(name)].sum() for name in _outcome_names()
    ]


def _outcome_names() -> list[str]:
    from bordersim.words.codes import OUTCOMES

    return list(OUTCOMES[:-1])


def test_outcomes_sum_to_attempts_when_nobody_is_under_way() -> None:
    """Inflow ends on day 5 and nobody tries twice: by day 10 every attempt has ended."""
    stops = [{"from": "2021-06-01", "value": 200}, {"from": "2021-06-05", "value": 0}]
    closing: Sets = {**LIVELY, INFLOW: stops, "choice.first_try_days_mean": 0.1, "choice.rest_days": 30}
    closing = {
        **closing,
        **{f"host.let_back_probability.{country}": 1 for country in COUNTRIES},
        "inflow.minsk_days_mean": 0,
    }
    out = simulate_block(plain_world(closing), 1, 0, 6)
    assert total(out, "attempts") == sum(total(out, name) for name in ENDS) + total(out, "deaths") > 1000


def test_a_person_that_is_lost_is_an_error_and_not_a_result(world: World) -> None:
    broken = run_to_end(world)
    assert people_adding_up(broken)
    broken.persons[0]["state"] = (broken.persons[0]["state"] + 1) % len(STATES)
    assert not people_adding_up(broken)
    with pytest.raises(ConservationError, match="replicate 17"):
        finished(world.arrays, broken, "replicate 17")


def test_an_attempt_that_is_lost_is_an_error_and_not_a_result(world: World) -> None:
    broken = run_to_end(world)
    broken.daily[0, 0, m.ATTEMPTS] += 1
    with pytest.raises(ConservationError, match="do not add up"):
        finished(world.arrays, broken, "replicate 0")


def test_conservation_holds_with_the_seed_of_the_day() -> None:
    """New seeds are tried every day; the seed is printed when this fails."""
    seed = date.today().toordinal()
    print(f"seed {seed}")
    for sets in WORLDS.values():
        simulate_block(plain_world(sets), seed, 0, 3)


# Tables agree with each other


def test_segments_sum_to_the_days(world: World, out: BlockOutput) -> None:
    for country in range(3):
        here = world.arrays.segments["country"] == country
        attempts, detected, intercepted = out.segments[:, here, :3].sum(axis=1).T
        assert (attempts == of_country(out, "attempts", country).sum(axis=1)).all()
        assert (detected == of_country(out, "detected", country).sum(axis=1)).all()
        met = [of_country(out, name, country).sum(axis=1) for name in ENDS[:3]]
        assert (intercepted == np.sum(met, axis=0)).all()


def test_stretches_sum_to_the_days(world: World, out: BlockOutput) -> None:
    for country in range(3):
        here = world.arrays.stretches["country"] == country
        attempts, entered, _, responses = out.stretches[:, here].sum(axis=1).T
        assert (attempts == of_country(out, "attempts", country).sum(axis=1)).all()
        slipped = [of_country(out, name, country).sum(axis=1) for name in ("got_away", "undetected_entry")]
        assert (entered == np.sum(slipped, axis=0)).all()
        assert (responses == of_country(out, "responses", country).sum(axis=1)).all()


def test_counts_are_whole_and_nothing_is_negative(out: BlockOutput) -> None:
    counted = out.daily[..., COUNTED_WHOLE]
    assert (counted == np.floor(counted)).all()
    assert (out.daily >= 0).all()
    assert np.isfinite(out.daily).all()


def test_parts_are_no_more_than_the_whole(out: BlockOutput) -> None:
    for part, whole in (
        ("detected", "attempts"),
        ("force_incidents", "turned_back"),
        ("vulnerable_pushed_back", "non_refoulement_risk"),
        ("rescued", "humanitarian_admissions"),
        ("record_deaths", "deaths"),
        ("captive_freezing_person_days", "captive_person_days"),
        ("saturated_responses", "responses"),
        ("injuries", "attempts"),
        ("wet_attempt_person_hours", "attempt_person_hours"),
        ("vulnerable_seekers_pushed_back", "vulnerable_pushed_back"),
        ("vulnerable_seekers_pushed_back", "seekers_pushed_back"),
    ):
        assert total(out, part) <= total(out, whole), part


def test_who_is_taken_in_at_the_line_was_apprehended_there_or_rescued(out: BlockOutput) -> None:
    taken = total(out, "apprehended") + total(out, "rescued")
    assert total(out, "humanitarian_admissions") <= taken
    assert total(out, "claims_lodged_border") <= taken + total(out, "apprehended_inland")


def test_who_left_inland_had_got_in(out: BlockOutput) -> None:
    got_in = total(out, "got_away") + total(out, "undetected_entry")
    left = total(out, "apprehended_inland") + total(out, "moved_onward")
    assert got_in - left == out.stock[:, -1, STATES.index("entered")].sum()


def test_people_are_counted_once_and_in_order(out: BlockOutput) -> None:
    arrived, attempted, entered, admitted, pushed_back = out.people.T
    landed = out.stock[:, -1].sum(axis=1)
    assert (attempted <= arrived).all()
    assert (arrived == landed - out.stock[:, -1, EN_ROUTE]).all()
    assert (entered <= attempted).all()
    assert (admitted <= arrived).all()
    assert (pushed_back <= attempted).all()


def test_pushbacks_are_returns_of_people(out: BlockOutput, state: State) -> None:
    returns = state.daily[..., [m.PUSHED_BACK_AFTER_LINE, m.PUSHED_BACK_BEFORE_LINE]].sum()
    assert state.persons["returns"].sum() == returns
    assert state.daily[..., m.REPEAT_RETURNS].sum() == returns - (state.persons["returns"] > 0).sum()
    assert total(out, "turned_back") == total(out, "pushed_back_after_line")
    assert total(out, "entry_prevented") == total(out, "pushed_back_before_line")


def test_what_is_recorded_is_what_happened_but_for_the_hours_it_shifts(out: BlockOutput) -> None:
    """The day of the record starts at midnight in the plain world, so that nothing is shifted."""
    assert total(out, "record_apprehended") == total(out, "apprehended")
    kept_out = ("turned_back", "entry_prevented", "turned_round")
    assert total(out, "record_turned_back") == sum(total(out, name) for name in kept_out)


def test_a_record_kept_from_morning_to_morning_only_shifts_events() -> None:
    none_missed = {"record.missed_day_probability": 0}
    at_midnight = simulate_block(plain_world(LIVELY, none_missed), 1, 0, 3).daily
    at_six = simulate_block(plain_world(LIVELY, none_missed, {"record.day_starts_h": 6}), 1, 0, 3).daily
    others = [index for index in range(len(METRIC_NAMES)) if index not in RECORD]
    assert (at_midnight[..., others] == at_six[..., others]).all()
    seen, shifted = at_midnight[..., RECORD].cumsum(axis=1), at_six[..., RECORD].cumsum(axis=1)
    before_the_first_morning = at_midnight[:, :1, :, :][..., RECORD]
    assert (shifted[:, :-1] <= seen[:, 1:]).all()
    assert (shifted >= seen - before_the_first_morning).all()
