"""Calibration finds what made the data: posterior intervals hold the truth as often as they say.

One design of simulations serves all truths. Each is drawn from the prior and simulated once with chance of
its own; what the model is said to be wrong by is added to its figures, as it is to every simulation of the
design. Then the 90 % posterior interval of each parameter must hold the truth in nine cases of ten. The
number of truths whose interval holds is binomial, since truths are independent; each parameter is tested
two-sided at a level of 0.001, so that one of them fails by chance in less than one run of fifty.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from chance import assert_share

from bordersim.analyses.calibration import Calibrated, design_of, matched
from bordersim.analyses.designs import draws_at, sobol_sequence
from bordersim.analyses.exercise import Exercise, loaded
from bordersim.analyses.ranges import range_of_parameter
from bordersim.api import run_experiment
from bordersim.experiments.settings import Settings
from bordersim.results.draws import Draw
from bordersim.results.experiment import DAYS_ALONE
from bordersim.validation.matched import counted, published, scaled

TRUTHS, MORE_TRUTHS = 40, 200
SHARE, LEVEL = 0.9, 0.001
ENDS = ((1 - SHARE) / 2, (1 + SHARE) / 2)
DISCREPANCY = 0.1
FIRST, LAST = date(2021, 5, 1), date(2021, 8, 2)
KEYS = (
    *("inflow.load_share", "choice.price_weight_per_1000_eur", "choice.retry_days_mean"),
    *("choice.escorted_share", "detect.patrol_pass_probability", "host.steering_initial.PL"),
)
FIGURES = (
    ("LT", "arrivals_detained", date(2021, 5, 1), date(2021, 5, 31)),
    ("LT", "arrivals_detained", date(2021, 6, 1), date(2021, 6, 30)),
    ("LT", "arrivals_detained", date(2021, 7, 1), date(2021, 7, 31)),
    ("PL", "attempts", date(2021, 7, 1), date(2021, 7, 31)),
)
Floats = np.ndarray


@cache
def exercise() -> Exercise:
    """An exercise on the days before the order."""
    summaries = tuple(published(*figure, DISCREPANCY, "here") for figure in FIGURES)
    bare = Exercise(
        *("recovery", "", "history_2021", FIRST, LAST, LAST),
        *(5, 1024, 2, 100, 1, 3.0, 0.2, (), summaries),
    )
    scenario = loaded(bare, LAST)
    return replace(bare, ranges=tuple(range_of_parameter([scenario], key) for key in KEYS))


def simulated(draws: Sequence[Draw], replicates: int, seed: int) -> Floats:
    """Simulate draws, each with chance of its own; return draw, replicate, summary on the compared scale."""
    asked = replace(exercise(), seed=seed)
    settings = Settings(replicates, keep=DAYS_ALONE, own_chance=True, pictures=())
    made = run_experiment([loaded(asked, LAST)], settings, asked.sets(LAST), draws)
    return scaled(np.stack([counted(each, asked.summaries) for each in made.of_scenario(0)]))


@cache
def posteriors() -> tuple[Floats, list[Calibrated]]:
    """Return truths, as shares of their ranges, and what calibration makes of each."""
    asked = exercise()
    shares = sobol_sequence(len(KEYS), asked.draws, asked.seed)
    design = simulated(design_of(asked), asked.replicates, asked.seed)
    chance = np.random.default_rng(41)
    truths = chance.random((MORE_TRUTHS, len(KEYS)))
    data = simulated(draws_at(asked.ranges, truths), 1, 43)[:, 0]
    variance = np.array([each.variance for each in asked.summaries])
    data += chance.normal(size=data.shape) * np.sqrt(variance)
    return truths, [matched(asked, shares, design, each, variance) for each in data]


@pytest.mark.parametrize(("truths", "finds"), [(TRUTHS, 0.16), (MORE_TRUTHS, 0.08)])
def test_intervals_hold_the_truth_as_often_as_they_say(
    truths: int, finds: float, say: Callable[[str], None]
) -> None:
    true, found = posteriors()
    ends = np.stack([each.posterior.quantiles(ENDS) for each in found[:truths]])
    hits = ((ends[:, 0] <= true[:truths]) & (true[:truths] <= ends[:, 1])).sum(axis=0)
    widths = (ends[:, 1] - ends[:, 0]).mean(axis=0) / SHARE
    for key, hit, width in zip(KEYS, hits, widths, strict=True):
        say(f"{key}: 90 % intervals hold {hit} of {truths} truths, {width:.2f} of the prior wide")
    for hit in hits:
        assert_share(int(hit), truths, SHARE, finds, LEVEL)


def test_something_is_learned(say: Callable[[str], None]) -> None:
    """Intervals as wide as the prior would hold the truth as well."""
    true, found = posteriors()
    means = np.stack([each.posterior.means() for each in found])
    explained = [np.corrcoef(means[:, i], true[:, i])[0, 1] for i in range(len(KEYS))]
    say("correlation of posterior means with the truth: " + ", ".join(f"{each:.2f}" for each in explained))
    assert max(explained) > 0.5  # were nothing learned, the chance of this is below 1e-12


def test_no_truth_is_ruled_out_more_often_than_chance_allows() -> None:
    """A calibration that finds nothing left says so; with data of its own making it must hardly ever."""
    _, found = posteriors()
    assert sum(each.disagrees for each in found) <= MORE_TRUTHS // 20
