"""The stopping rule: it looks seldom, stops when it should, and its intervals still cover what they say."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest
from fake_model import install, make_world

from bordersim.api import run_experiment
from bordersim.cli.until import run_until
from bordersim.errors import BadInput
from bordersim.experiments.settings import Settings
from bordersim.experiments.stopping import FIRST_LOOK, Rule, parse_share, rule_of, wanted_replicates, widths
from bordersim.inputs import load_scenario
from bordersim.results.by_draw import Answers, Wanted
from bordersim.results.paired import mean_interval

ATTEMPTS = Wanted("attempts", "LT")
RULE = Rule(0.05, 2000, (ATTEMPTS,))


@pytest.mark.parametrize(("text", "share"), [("5%", 0.05), (" 2.5 % ", 0.025), ("0.1", 0.1)])
def test_a_share_is_read(text: str, share: float) -> None:
    assert parse_share(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["5", "0", "-5%", "narrow", "nan", "100%", ""])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"--until-halfwidth .*must be a share between 0 and 1, like 5%"):
        parse_share(text)


def test_a_maximum_below_the_first_look_is_refused() -> None:
    with pytest.raises(BadInput, match="--max-replicates 50: --until-halfwidth does not look before 100"):
        rule_of("5%", 50, [ATTEMPTS])


@pytest.mark.parametrize(
    ("replicates", "widest", "go_to"),
    [
        (100, 0.05, 100),  # narrow enough
        (100, 0.051, 150),  # at least one whole block more
        (100, 0.1, 450),  # four times as many, a tenth more, rounded up to whole blocks
        (450, 0.06, 750),
        (100, 0.5, 2000),  # no more than the maximum
        (2000, 0.5, 2000),  # given up
        (100, math.inf, 2000),
        (120, 0.0501, 150),
    ],
)
def test_each_look_asks_for_as_many_as_seem_needed(replicates: int, widest: float, go_to: int) -> None:
    assert wanted_replicates(RULE, replicates, widest) == go_to


def test_a_width_is_that_of_the_paired_difference_over_the_mean_of_the_reference() -> None:
    chance = np.random.default_rng(1)
    reference = chance.normal(100, 10, 50)
    other = reference + chance.normal(3, 1, 50)
    values = np.stack([reference, other])[None]
    (found,) = widths(Answers(("a", "b"), ({},), {ATTEMPTS: values}))
    interval = mean_interval(other - reference)
    assert found.scenario == "b"
    assert found.relative == pytest.approx((interval.high - interval.low) / 2 / reference.mean())
    (alone,) = widths(Answers(("a",), ({},), {ATTEMPTS: values[:, :1]}))
    interval = mean_interval(reference)
    assert alone.relative == pytest.approx((interval.high - interval.low) / 2 / reference.mean())


def test_what_never_varies_is_narrow_and_what_has_no_mean_never_is() -> None:
    nothing, noise = np.zeros((1, 1, 50)), np.array([-1.0, 1.0] * 25).reshape(1, 1, 50)
    found = widths(Answers(("a",), ({},), {ATTEMPTS: nothing, Wanted("deaths", "all"): noise}))
    assert [width.relative for width in found] == [0.0, math.inf]


@pytest.mark.parametrize("needed", [60, 130, 400, 900])
def test_an_interval_that_was_waited_for_still_covers_the_truth(needed: int) -> None:
    """Of 4,000 intervals that were waited for, at least 93.5 % cover the mean; 95 % is what they say.

    The standard error is 0.35 points: with a loss of half a point by looking, which 20,000 intervals show at
    worst, the bound is three errors away, a false alarm in 700.
    """
    chance = np.random.default_rng(needed)
    deviation = RULE.target * math.sqrt(needed) / 1.96
    covered = 0
    for draws in chance.normal(1.0, deviation, (4000, RULE.most)):
        have = FIRST_LOOK
        while True:
            interval = mean_interval(draws[:have])
            go_to = wanted_replicates(RULE, have, (interval.high - interval.low) / 2 / interval.mean)
            if go_to == have:
                break
            have = go_to
        covered += interval.low <= 1.0 <= interval.high
    assert covered / 4000 >= 0.935


def test_a_run_goes_on_until_it_is_narrow_enough_and_is_the_run_of_that_length(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(
        sys.modules["bordersim.model.world"].__dict__, "build_world", lambda scenario: make_world()
    )
    scenario, told = load_scenario(["history_2021"]), []
    rule = Rule(0.02, 2000, (ATTEMPTS,))
    how = Settings(out=Path("results"), pictures=(), tell=told.append)
    experiment, said = run_until([scenario], how, {}, rule)
    replicates = experiment.results[0].replicates
    assert replicates > FIRST_LOOK
    assert replicates % 50 == 0
    assert said.startswith(f"stopped at {replicates} replicates: widest half-width 0.0")
    assert told
    assert "continuing to" in told[0]
    assert experiment.digest == run_experiment([scenario], Settings(replicates)).digest
    folder = Path(str(experiment.folder))
    assert said[1:] in (folder / "summary.md").read_text()
    assert json.loads((folder / "manifest.json").read_text())["stopping_rule"] == said


def test_it_says_when_it_gave_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(monkeypatch)
    monkeypatch.setitem(
        sys.modules["bordersim.model.world"].__dict__, "build_world", lambda scenario: make_world()
    )
    rule = Rule(0.0001, 150, (ATTEMPTS,))
    experiment, said = run_until(
        [load_scenario(["history_2021"])], Settings(out=tmp_path, pictures=()), {}, rule
    )
    assert experiment.results[0].replicates == 150
    assert said.startswith("gave up at 150 replicates")
    assert "0.0001 was requested" in said
