"""Which keys a sweep names beside a figure: none that cannot move it, and hardly any by chance."""

from __future__ import annotations

import numpy as np
import pytest

from bordersim.analyses.closeness import clearly_close
from bordersim.analyses.over_draws import overview_sheets
from bordersim.results.by_draw import Answers, Wanted
from bordersim.results.movable import can_move

ATTEMPTS, COST = Wanted("attempts", "LT"), Wanted("cost_eur", "LT")
PRICE, OFFICERS = "cost.LT.overtime_eur_per_h", "guards.LT.officers"


def drawn(draws: int, keys: int, seed: int) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(seed)
    return {f"key{i}": chance.random(draws) for i in range(keys)}


def test_keys_that_move_nothing_are_hardly_ever_named() -> None:
    """Of 100 figures that go with none of 150 keys over 32 draws, 5 have a key named; false alarm 1e-5."""
    figures = np.random.default_rng(1).poisson(5.0, (100, 32)).astype(np.float64)
    named = sum(bool(clearly_close(drawn(32, 150, seed), each)) for seed, each in enumerate(figures))
    assert named <= 16


def test_a_key_that_moves_the_figure_is_found_among_many() -> None:
    keys = drawn(32, 150, 3)
    noise = np.random.default_rng(4).normal(0, 0.1, 32)
    assert clearly_close(keys, keys["key7"] ** 3 + noise)[:1] == ["key7"]


def test_four_draws_are_too_few_to_tell() -> None:
    """Two of 24 orders are as close as can be, by chance alone."""
    values = np.arange(4.0)
    assert clearly_close({"key": values}, values) == []
    assert clearly_close({"key": np.arange(6.0)}, np.arange(6.0)) == ["key"]


@pytest.mark.parametrize(
    ("key", "figure", "expected"),
    [
        (PRICE, "attempts:LT", False),
        (PRICE, "overtime_hours:LT", False),
        (PRICE, "overtime_eur:LT", True),
        (PRICE, "cost_eur:LT", True),
        (PRICE, "cost_eur:all", True),
        (PRICE, "cost_eur:LV", False),
        (PRICE, "injuries:all", False),
        ("harm.wet_factor", "hypothermia:all", True),
        ("harm.wet_factor", "deaths_expected:all", False),
        ("law.LV.force_probability", "force_incidents:LT", False),
        ("record.deaths_found_share.LT", "record_deaths:LT", True),
        (OFFICERS, "attempts:LV", True),
        (OFFICERS, "cost_eur:LT", True),
    ],
)
def test_a_price_or_a_rate_moves_what_it_values_and_nothing_else(
    key: str, figure: str, expected: bool
) -> None:
    assert can_move(key, Wanted(*figure.split(":"))) == expected


def test_a_sweep_names_no_price_beside_a_count() -> None:
    """The price goes with both figures exactly; it was named first for attempts."""
    draws = tuple({PRICE: float(i)} for i in range(30))
    values = np.arange(30.0)[:, np.newaxis, np.newaxis] + np.zeros((30, 1, 4))
    sheets = list(overview_sheets(Answers(("a",), draws, {ATTEMPTS: values, COST: values})))
    assert [sheet.title for sheet in sheets[1:]] == [
        "what goes with cost_eur:LT, a",
        "no key goes with these more clearly than chance, a: attempts:LT",
    ]
    assert sheets[1].rows[0][0] == PRICE
