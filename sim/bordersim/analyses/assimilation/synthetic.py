"""Borders whose truth is known: is the effect of a policy found where only the published windows are kept?

A border is drawn from the prior: values, and luck of its own. Of all that happens there only the windows that
are published of the real one are kept, with an error of the kind and the size that the likelihood states.
Then the effect of a policy in that very world is estimated from histories that agree with those windows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.assimilation.chains import walked
from bordersim.analyses.assimilation.filters import Leg, filtered
from bordersim.analyses.assimilation.independence import effective_sets
from bordersim.analyses.assimilation.relay import relay
from bordersim.analyses.assimilation.study import History, Study
from bordersim.model.engine.histories import Keys
from bordersim.validation.evidence import columns_of, with_discrepancy
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.analyses.assimilation.chains import Walked
    from bordersim.analyses.assimilation.exercise import Exercise
    from bordersim.analyses.assimilation.filters import Filtered
    from bordersim.analyses.assimilation.relay import Work
    from bordersim.validation.evidence import Window

    Floats = NDArray[np.float64]

WORLD_STREAM = 0x5E77  # keeps the chance of synthetic borders apart from all other
KEYS = 2**60
# What a policy changes: a figure at one border, or at all.
EFFECTS = {
    "attempts at Lithuania": ("attempts", "LT"),
    "unscreened returns, all borders": ("unscreened_returns", None),
    "unstopped entries, all borders": ("unstopped_entries", None),
}
PRIOR_WORLDS = 100  # histories from the prior beside those given the windows


class Border(NamedTuple):
    """One synthetic border: what is true there, and what was found of it.

    Attributes
    ----------
    truth
        The effect of the policy in that very world, by figure.
    found
        The effect in each history: history, figure.
    prior
        The effect in histories from the prior, as wide as it is without the windows.
    worth
        How many independent histories say as much as those found.
    """

    number: int
    truth: list[float]
    found: list[list[float]]
    prior: list[list[float]]
    worth: float


def border(exercise: Exercise, other: str, number: int) -> Border:
    """Draw a border, keep its windows, and estimate there what the exercise's scenario does over another."""
    study, without, chance = _begun(exercise, other, number)
    truth = _drawn(study, chance)
    seen = replace(study, windows=tuple(_published(study, truth, chance)))
    own = exercise.model_copy(update={"seed": exercise.seed + number + 1})
    reached = list(relay(own, here, lambda _: seen))[-1]
    prior = [_drawn(study, chance) for _ in range(PRIOR_WORLDS)]
    true, *others = (effect(study, without, h) for h in [truth, *reached.histories, *prior])
    found = others[: -len(prior)]
    worth = effective_sets(reached.starts, reached.histories)
    return Border(number, true, found, others[len(found) :], worth)


def true_effect(exercise: Exercise, other: str, number: int) -> list[float]:
    """Return what is true of a border, by figure: as long as that stays, so does what is found there."""
    study, without, chance = _begun(exercise, other, number)
    return effect(study, without, _drawn(study, chance))


def _begun(exercise: Exercise, other: str, number: int) -> tuple[Study, Study, np.random.Generator]:
    """Return what is asked of a border, the same under the other policy, and its chance."""
    end, chance = exercise.ends[-1], np.random.default_rng([WORLD_STREAM, exercise.seed, number])
    study = exercise.study(end)
    without = replace(study, scenario=exercise.model_copy(update={"scenario": other}).loaded(end))
    return study, without, chance


def effect(study: Study, without: Study, history: History) -> list[float]:
    """Return what happens in a history less what happens there under the other policy, by figure."""
    ours, theirs = (figures_of(each.state(history, each.days)[1].daily) for each in (study, without))
    difference: list[float] = (ours - theirs).tolist()
    return difference


def figures_of(daily: Floats) -> Floats:
    """Return the figures that a policy changes, summed over days."""
    return np.array([_sum(daily, metric, country) for metric, country in EFFECTS.values()])


def _sum(daily: Floats, metric: str, country: str | None) -> float:
    """Sum a metric over days at one border, or at all."""
    borders = slice(None) if country is None else [COUNTRIES.index(country)]
    return float(daily[:, borders][..., columns_of(metric)].sum())


def _drawn(study: Study, chance: np.random.Generator) -> History:
    """Draw a history from the prior."""
    shares = tuple(chance.uniform(size=len(study.ranges)).tolist())
    return History(shares, Keys(int(chance.integers(KEYS))))


def _published(study: Study, truth: History, chance: np.random.Generator) -> list[Window]:
    """Return the windows with what might be published of a world."""
    daily = study.state(truth, study.days)[1].daily
    return [_with_error(window, window.counted(daily), study.discrepancy, chance) for window in study.windows]


def _with_error(window: Window, count: float, discrepancy: float, chance: np.random.Generator) -> Window:
    """Return a window with a published count that is off as the likelihood says; its reports agree."""
    exact = window._replace(value=count, low=count, high=count)
    value = float(np.round(with_discrepancy(np.array(count), exact, discrepancy, chance)))
    return exact._replace(value=value, low=value, high=value)


def here(works: Sequence[Work]) -> list[Filtered | Walked]:
    """Do pieces of work one after the other."""
    return [filtered(study, w) if isinstance(w, Leg) else walked(study, w) for _, study, w in works]
