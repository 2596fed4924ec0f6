"""A judge of structures: known evidence is found, luck that both share cancels, a wrong value loses."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest
from lively import LIVELY
from small_study import VARIED, window
from worlds import INFLOW, plain_scenario

from bordersim.analyses.assimilation.filters import Filtered, Leg, filtered
from bordersim.analyses.assimilation.particles import begun
from bordersim.analyses.assimilation.proposals import Keyed
from bordersim.analyses.assimilation.sides import Heard, Side, paired, read_side
from bordersim.analyses.assimilation.study import Study
from bordersim.analyses.assimilation.verdicts import (
    difference_of,
    errors_of,
    evidence_of,
    verdict,
)
from bordersim.errors import BadInput
from bordersim.validation.evidence import Window, log_likelihood

SEEDS = range(40, 46)
WINDOWS = (window(0, 3, 100, "LT", "attempts"), window(2, 5, 300, "PL", "attempts"))
DISCREPANCY = 0.35


def study(*windows: Window, **sets: object) -> Study:
    """Return a study of the lively small world with some values set."""
    scenario = plain_scenario(LIVELY, {INFLOW: sets.get("inflow", 100), **sets.get("more", {})})  # type: ignore[dict-item]
    return Study(scenario, VARIED, windows, DISCREPANCY)


def heard(small: Study, seed: int, unseen: tuple[Window, ...] = ()) -> Filtered:
    """Run a filter as the judge does."""
    drawn = Keyed(seed, [each.key for each in small.ranges])
    return filtered(small, Leg(seed, 12, 6, 0, small.days, drawn, unseen=unseen))


def side(logs: list[float], name: str = "one", seed: int = 1, **more: object) -> Side:
    """Return a side of which filters estimated this log evidence, and predicted exactly what happened."""
    ahead = [[each.value] * 3 for each in WINDOWS]
    found = [Heard(log_evidence=x, ahead=ahead, log_evidence_of_seen=x, unseen=ahead[1:]) for x in logs]
    told: dict[str, object] = {
        "name": name,
        "model": "0" * 8,
        "data": "0" * 8,
        "version": "0",
        "scenario": "0",
        "exercise": "toy",
        "start": "2021-06-01",
        "discrepancy": DISCREPANCY,
        "varied": ["a"],
        "windows": list(WINDOWS),
        "is_left_out": [False, True],
        "heard": {f"seed {seed} {i}": each for i, each in enumerate(found)},
    }
    return Side(**{**told, **more})  # type: ignore[arg-type]


def test_a_value_has_the_same_draws_whatever_else_varies() -> None:
    chance = np.random.default_rng(0)
    both, _ = Keyed(7, ["a", "b"]).draw(10, chance)
    alone, _ = Keyed(7, ["b"]).draw(10, chance)
    other, _ = Keyed(8, ["b"]).draw(10, chance)
    assert np.array_equal(both[:, 1], alone[:, 0])
    assert not np.array_equal(alone, other)
    assert sorted((alone[:, 0] * 10).astype(int)) == list(range(10)), "one draw in each tenth of the range"
    assert Keyed(7, []).draw(10, chance)[0].shape == (10, 0)


def test_where_nobody_comes_the_evidence_is_that_of_zeros() -> None:
    """All runs count 0, so the evidence is known exactly, whatever the values and the chance."""
    nobody, seed = study(*WINDOWS, inflow=0), SEEDS[0]
    known = sum(log_likelihood(np.zeros(1), each, DISCREPANCY)[0] for each in WINDOWS)
    assert heard(nobody, seed).log_evidence == pytest.approx(known, abs=1e-12), f"seed {seed}"


def test_what_changes_no_count_changes_no_evidence_and_a_wrong_value_loses() -> None:
    """The truth is a run of the first structure; the second pays another price, in the third few come."""
    lively = study()
    truth = lively.state(begun(3, 0, np.array([0.5, 0.5])), lively.days)[1].daily
    seen = tuple(
        each._replace(value=float(count), low=float(count), high=float(count))
        for each in WINDOWS
        for count in [each.counted(truth)]
    )
    assert all(each.value > 0 for each in seen)
    price = {"cost.LT.aid_eur_per_captive_day": 33}
    structures = [study(*seen), study(*seen, more=price), study(*seen, inflow=10)]
    logs = [[heard(each, seed).log_evidence for seed in SEEDS] for each in structures]
    right, dearer, wrong = (side(each) for each in logs)
    same, other = difference_of(right, dearer), difference_of(right, wrong)
    assert len(set(logs[0])) == len(SEEDS), "filters of different seeds have the same chance"
    assert same[2:] == (0.0, 0.0, 0.0, 0.0, "undecided"), f"seeds {SEEDS}"
    assert other.verdict == "yes", f"seeds {SEEDS}: {other}"
    assert difference_of(wrong, right).verdict == "no"


def test_windows_that_a_filter_is_not_shown_are_counted_in_what_it_keeps() -> None:
    small, unseen = study(WINDOWS[0]), WINDOWS[1:]
    found = heard(small, SEEDS[0], unseen)
    lived = [unseen[0].counted(small.state(each, small.days)[1].daily) for each in found.histories]
    assert found.unseen == [lived]
    assert heard(small, SEEDS[0]).log_evidence == found.log_evidence


def test_the_evidence_is_the_mean_of_what_filters_say_and_shared_luck_cancels() -> None:
    logs = [log(each) for each in (1.0, 2.0, 3.0, 6.0)]
    one, other = side(logs), side([each - 2 for each in logs], "other")
    found = evidence_of(one)
    assert found.log_evidence == pytest.approx(log(3))
    assert found.mean == pytest.approx(np.mean(logs))
    assert found.effective_filters == pytest.approx(12**2 / 50)
    assert found.noise > 0.1
    difference = difference_of(one, other)
    assert difference.difference == pytest.approx(2)
    assert difference.by_pairs == pytest.approx(2)
    assert max(difference.noise, difference.by_pairs_noise) < 1e-9
    assert difference.verdict == "yes"


def test_the_noise_of_many_filters_is_that_of_a_mean() -> None:
    """Evidence of 1 or 3, equally often: by the delta method the noise of log(mean) is 1/2 over the root."""
    logs = [log(each) for each in (1.0, 3.0)] * 100
    assert evidence_of(side(logs)).noise == pytest.approx(0.5 / np.sqrt(200), rel=0.1)


@pytest.mark.parametrize(
    ("difference", "noise", "said"),
    [(2.1, 1.0, "yes"), (-2.1, 1.0, "no"), (2.0, 1.0, "undecided"), (0.0, 0.0, "undecided")],
)
def test_a_verdict_needs_more_than_twice_the_noise(difference: float, noise: float, said: str) -> None:
    assert verdict(difference, noise) == said


def test_errors_are_those_of_the_median_by_border() -> None:
    right = {border: (ahead, out) for border, ahead, out in errors_of(side([0.0, 0.0]))}
    assert [right[border][0].windows for border in ("LT", "LV", "PL", "all")] == [1, 0, 1, 2]
    assert right["all"][0].relative_error == 0
    assert right["all"][0].inside == 2
    assert right["LT"][1] is not None
    assert right["PL"][1] is not None
    assert (right["LT"][1].windows, right["PL"][1].windows, right["PL"][1].inside) == (0, 1, 1)
    twice = [Heard(log_evidence=0.0, ahead=[[9 * w.value] for w in WINDOWS]) for _ in range(2)]
    wrong = side([0.0], heard={f"{i}": each for i, each in enumerate(twice)})
    for _, ahead, out in errors_of(wrong):
        assert out is None
        assert ahead.inside == 0
        assert not ahead.windows or ahead.relative_error == 8


def test_a_side_is_read_as_it_was_written_and_paired_by_filter_alone(tmp_path: Path) -> None:
    """Of another model, with other values that vary: only windows and filters must be the same."""
    one, other = side([0.1, 1 / 3, 2.0]), side([0.0, 1.0], "new", model="1" * 8, varied=["a", "b", "c"])
    path = tmp_path / "one.json"
    path.write_text(one.text())
    assert read_side(path) == one
    alike = paired([one, other])
    assert [list(each.heard) for each in alike] == [["seed 1 0", "seed 1 1"]] * 2
    assert difference_of(*alike).by_pairs == pytest.approx((0.1 + 1 / 3 - 1) / 2)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (side([0.0, 0.0], seed=2), "at least 2 filters of the same seed and particles"),
        (side([0.0]), "at least 2 filters of the same seed and particles"),
        (side([0.0, 0.0], start="2022-06-01"), "begin on 2021-06-01 and 2022-06-01"),
        (side([0.0, 0.0], discrepancy=0.5), "have discrepancies of 0.35 and 0.5"),
        (side([0.0, 0.0], is_left_out=[True, False]), "leave different windows out"),
        (
            side([0.0, 0.0], windows=[WINDOWS[0], WINDOWS[1]._replace(value=301.0)]),
            "differ in 2 windows, like PL attempts, days 2 to 5, 300 events",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(other: Side, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        paired([side([0.0, 0.0]), other])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "cannot be read: No such file"),
        ("{", "is not what 'bordersim evidence' keeps of a structure"),
        ('{"name": "x"}', "is not what 'bordersim evidence' keeps of a structure: model: Field required"),
        (
            side([0.0, 0.0], is_left_out=[True]).text(),
            "heard.seed 1 0: does not have a figure for each window",
        ),
        (side([0.0]).text().replace('"log_evidence":0.0', '"log_evidence":NaN'), "log_evidence"),
    ],
)
def test_a_file_that_is_no_side_is_refused_in_one_line(tmp_path: Path, text: str | None, told: str) -> None:
    path = tmp_path / "side.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(BadInput, match=told) as found:
        read_side(path)
    assert str(found.value).startswith(f"{path}: ")
    assert len(str(found.value).splitlines()) == 1
