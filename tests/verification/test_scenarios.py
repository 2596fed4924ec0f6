"""Each lever has its scenario, and its effect has the sign it must have.

Paired replicates of a scenario and its reference: the same people with the same luck. A mean difference
must be 3.09 standard errors on the right side of 0, so that a lever without any effect passes once in 1,000.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from conftest import counts, day, outputs
from varied import SEED, figure, is_above_zero, run_of, standard_error, varied
from worlds import valued

from bordersim.inputs import list_scenarios, load_scenario
from bordersim.inputs.layers import leaves
from bordersim.inputs.yaml_source import read_yaml
from bordersim.model.engine import simulate_block
from bordersim.model.world import build_world
from bordersim.results.ledgers import COST
from bordersim.words.codes import BORDER_ZONE, COUNTRIES, EN_ROUTE, LT, LV
from bordersim.words.valued import VALUED_NAMES

Say = Callable[[str], None]
ROOT = Path(__file__).resolve().parents[2]
UP, DOWN = 1, -1
ENTERED_AND_ALL = ("got_away", "undetected_entry", "attempts")
# Reference, scenario, figure, border and the sign of scenario minus reference.
DIRECTIONS = [
    ("no_turn_back_2021", "history_2021", "attempts", "LT", DOWN),
    ("no_turn_back_2021", "history_2021", "attempts_at_other_borders", "LV+PL", UP),
    ("history_2021", "no_exemption_2021", "vulnerable_pushed_back", "LT", UP),
    ("history_2021", "no_exemption_2021", "humanitarian_admissions", "LT", DOWN),
    ("no_barrier_2023", "history_2023", "attempts", "LT", DOWN),
    ("no_barrier_2023", "history_2023", "withdrawn", "LT", UP),
    ("history_2021", "early_fence_2021", "attempts", "LT", DOWN),
    ("history_2021", "early_fence_2021", "attempts_at_other_borders", "LV+PL", UP),
    ("history_2021", "full_surveillance_2021", "undetected_entry", "LT", DOWN),
    ("history_2021", "full_surveillance_2021", "attempts_at_other_borders", "LV+PL", UP),
    ("history_2021", "iraqi_cities_2021", "people_arrived", "all", UP),
    ("history_2021", "iraqi_cities_2021", "attempts", "all", UP),
    ("history_2021", "no_baghdad_flights_2021", "people_arrived", "all", DOWN),
    ("no_escorts_2021", "history_2021", "captive_person_days", "all", UP),
    ("no_escorts_2021", "history_2021", "repeat_returns", "all", UP),
    ("history_2021", "forced_crossing_2021", "captive_person_days", "all", UP),
    ("history_2021", "forced_crossing_2021", "repeat_returns", "all", UP),
    ("history_2021", "open_asylum_2021", "claims_lodged_crossing_point", "LT", UP),
    ("history_2021", "open_asylum_2021", "claims_not_examined", "LT", DOWN),
    ("history_2021", "open_missions_2021", "claims_lodged_mission", "LT", UP),
    ("history_2021", "open_missions_2021", "attempts", "all", DOWN),
    ("no_loan_2023", "history_2023", "patrol_hours", "LT", DOWN),
    ("no_loan_2023", "history_2023", "patrol_hours", "LV", UP),
    ("history_2021", "asylum_suspended_2021", "claims_lodged_crossing_point", "all", DOWN),
    ("history_2021", "asylum_suspended_2021", "claims_not_examined", "all", UP),
    ("history_2021", "asylum_suspended_2021", "unscreened_returns", "all", UP),
    ("history_2021", "belarus_prevents_2021", "attempts", "all", DOWN),
    ("history_2021", "belarus_prevents_2021", "unscreened_returns", "all", DOWN),
]
VARIANTS = sorted({name for pair in DIRECTIONS for name in pair[:2]} - {"history_2021", "history_2023"})


@pytest.mark.parametrize(("reference", "scenario", "metric", "country", "sign"), DIRECTIONS)
def test_a_lever_moves_its_figure(
    reference: str, scenario: str, metric: str, country: str, sign: int, say: Say
) -> None:
    before, after = (figure(run_of(name), metric, country) for name in (reference, scenario))
    difference = after - before
    half = 1.97 * standard_error(difference)
    say(f"{scenario}: {metric} {country} {before.mean():.4g} {difference.mean():+.4g} +- {half:.2g}")
    assert is_above_zero(sign * difference)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_in_the_book_and_holds_only_what_differs(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    file = read_yaml(ROOT / "scenarios" / f"{name}.yaml", name)
    header = {"schema_version", "name", "title", "question", "extends"}
    assert header <= set(file.mapping())
    assert name in dict(list_scenarios())
    parent = load_scenario([str(file.mapping()["extends"].value)]).parameters
    differing = {  # a border may be given a value of its own that it has none of in what it extends
        key
        for key, known in load_scenario([name]).parameters.items()
        if key not in parent or known.value != parent[key].value
    }
    assert differing == {key for key, _ in leaves(file) if key not in header}


def test_the_order_lowers_attempts_within_ten_days() -> None:
    """The lever of the order, seen where it works: the second week of August, at Lithuania alone."""
    first, end = day(8, 7), day(8, 14)
    before, after = (
        counts(run_of(name), "attempts", LT)[:, first:end].sum(axis=1)
        for name in ("no_turn_back_2021", "history_2021")
    )
    assert is_above_zero(before - after)


def test_the_share_detected_follows_the_share_watched(say: Say) -> None:
    """38, 53, 96 and 100 % of the Lithuanian border, all year long."""
    shares = []
    for watched_km in (258, 361.9, 651.7, 678.9):
        out = varied("history_2021", {"build.LT.surveillance_km": watched_km})
        shares.append(figure(out, "detected", "LT") / figure(out, "attempts", "LT"))
        say(f"{watched_km} km watched: {shares[-1].mean():.3f} of the attempts at Lithuania are detected")
    assert all(is_above_zero(more - fewer) for fewer, more in itertools.pairwise(shares))


def test_flights_are_felt_at_the_border_after_the_shortest_stay_in_minsk() -> None:
    """From 5 August more land; the border zone and the attempts know nothing of it before the 7th."""
    fewer, more = run_of("history_2021"), run_of("iraqi_cities_2021")
    lag = int(load_scenario(["history_2021"]).config.inflow.minsk_days_min)
    landed = day(8, 5)
    stock = more.stock.astype(np.int64) - fewer.stock
    assert is_above_zero(stock[:, landed, EN_ROUTE].astype(float))
    assert not stock[:, : landed + lag, BORDER_ZONE].any()
    for country in range(len(COUNTRIES)):
        with_flights, without = (counts(out, "attempts", country) for out in (more, fewer))
        assert np.array_equal(with_flights[:, : landed + lag], without[:, : landed + lag])
    assert is_above_zero(stock[:, day(9, 15), BORDER_ZONE].astype(float))


def test_where_no_crossing_point_is_open_no_claim_is_lodged_there() -> None:
    out = varied("history_2021", {"claims.LT.open_points": 0}, replicates=50)
    assert not figure(out, "claims_lodged_crossing_point", "LT").any()
    assert figure(run_of("history_2021"), "claims_lodged_crossing_point", "LT").all()


def test_lent_officers_lower_the_share_that_gets_in_while_they_are_lent(say: Say) -> None:
    """Over both borders, 12 September to 9 October; the sum of a year drowns twenty officers in chance."""
    first, end = ((date(2023, m, d) - date(2023, 1, 1)).days for m, d in ((9, 12), (10, 10)))
    shares = []
    for name in ("history_2023", "no_loan_2023"):
        metrics = [counts(outputs(name, SEED), m, c) for c in (LT, LV) for m in ENTERED_AND_ALL]
        got_away, unseen, tried, *latvia = (values[:, first:end].sum(axis=1) for values in metrics)
        entered = got_away + unseen + latvia[0] + latvia[1]
        shares.append(entered / (tried + latvia[2]))
    difference = shares[1] - shares[0]
    say(f"share getting in: {shares[1].mean():.4f} kept, {difference.mean():.4f} lower lent")
    assert is_above_zero(difference)


def test_a_lent_officer_gives_latvia_the_hours_lithuania_loses() -> None:
    """Crews are whole, rounded by a draw; four standard errors are a false alarm of 1 in 16,000."""
    lent, kept = run_of("history_2023"), run_of("no_loan_2023")
    config = load_scenario(["history_2023"]).config
    rotations = [(s.from_, s.value) for s in config.guards.LT.lent_to_LV if s.from_.year == 2023]
    ends = [first for first, _ in rotations[1:]] + [date(2023, 12, 31)]
    days = sum(officers * (end - first).days for (first, officers), end in zip(rotations, ends, strict=True))
    expected_h = days * 24 * config.patrols.officer_shift_share / config.patrols.crew_size
    for country, sign in (("LT", DOWN), ("LV", UP)):
        hours = sign * (figure(lent, "patrol_hours", country) - figure(kept, "patrol_hours", country))
        assert abs(hours.mean() - expected_h) < 4 * standard_error(hours)


def test_money_is_the_sum_of_its_lines_and_claims_stand_beside_it() -> None:
    out = run_of("history_2023")
    lines = sum(figure(out, name, "LT") for name in COST.formula)
    assert np.allclose(figure(out, "cost_eur", "LT"), lines, rtol=1e-12)
    assert {name for name in VALUED_NAMES if name.endswith("_eur")} == set(COST.formula)
    beside = {"cost.claimed_damage_eur": 0, "cost.counter_mobility_eur": 0}
    other = load_scenario(["history_2023"], beside)
    same = valued(simulate_block(build_world(other), SEED, 0, 10), other)
    assert np.array_equal(same.daily, out.daily[:10])
    assert figure(out, "barrier_eur", "LV").all()
