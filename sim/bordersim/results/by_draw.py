"""The figures of each scenario in each replicate of every draw, and the choice of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.errors import BadInput
from bordersim.inputs.nearest import did_you_mean
from bordersim.results.ledgers import ALL, Figure, figures
from bordersim.words.codes import COUNTRIES
from bordersim.words.metrics import PEOPLE_METRICS
from bordersim.words.text import shortened
from bordersim.words.valued import DAILY_NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.results.draws import Draw
    from bordersim.results.experiment import Experiment

METRIC = "--metric"
# One or two of each ledger; what is drawn, analysed and watched where nobody says otherwise.
MAIN_FIGURES = (
    *("attempts:LT", "attempts_at_other_borders:LV+PL", "unstopped_entries:LT"),
    *("unscreened_returns:LT", "deaths_expected:all", "cost_eur:LT"),
)


class Wanted(NamedTuple):
    """A figure as a user names it."""

    metric: str
    country: str

    def __str__(self) -> str:
        return f"{self.metric}:{self.country}"


@dataclass(frozen=True, eq=False, repr=False)
class Answers:
    """Some figures in all draws.

    Parameters
    ----------
    names
        Scenarios, the reference first.
    draws
        The values set in each draw.
    values
        For each figure: draw, scenario, replicate; NaN where a replicate is missing.
    titles
        Titles of scenarios, by name.
    """

    names: tuple[str, ...]
    draws: tuple[Draw, ...]
    values: Mapping[Wanted, NDArray[np.float64]]
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, experiment: Experiment, wanted: Sequence[Wanted]) -> Answers:
        """Return figures of an experiment."""
        values = {
            Wanted(figure.metric, figure.country): np.moveaxis(each, 0, 1)
            for figure, each in experiment.each_figure()
            if Wanted(figure.metric, figure.country) in wanted
        }
        names = tuple(result.name for result in experiment.results)
        titles = {result.name: result.scenario.title for result in experiment.results}
        return cls(names, tuple(experiment.draws), {each: values[each] for each in wanted}, titles)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are varied."""
        return tuple(self.draws[0])

    def only(self, wanted: Sequence[Wanted]) -> Answers:
        """Return some of these figures."""
        return replace(self, values={each: self.values[each] for each in wanted})

    def means(self, wanted: Wanted) -> NDArray[np.float64]:
        """Return the mean of each draw and scenario over the replicates that all of them have.

        Only replicates common to all draws, so that they share their random variation.
        """
        values = self.values[wanted]
        common = np.isfinite(values).all(axis=(0, 1))
        if not common.any():
            return np.full(values.shape[:2], np.nan)
        means: NDArray[np.float64] = values[:, :, common].mean(axis=2)
        return means


@cache
def known_figures() -> dict[Wanted, Figure]:
    """Return every figure."""
    nobody = figures(np.zeros((0, len(COUNTRIES), len(DAILY_NAMES))), np.zeros((0, len(PEOPLE_METRICS))))
    return {Wanted(each.metric, each.country): each for each in nobody}


def wanted_figures(texts: Sequence[str]) -> list[Wanted]:
    """Read every `--metric`, like attempts:LT; without a border it is for all borders together."""
    return list(dict.fromkeys(_wanted(text) for text in texts or MAIN_FIGURES))


def _wanted(text: str) -> Wanted:
    metric, colon, country = (part.strip() for part in text.partition(":"))
    known = known_figures()
    countries = [each.country for each in known if each.metric == metric]
    if not countries:
        hint = did_you_mean(metric, dict.fromkeys(each.metric for each in known))
        raise BadInput(f"{METRIC} {shortened(text)}: unknown metric '{shortened(metric)}'{hint}")
    if not colon:
        country = ALL if ALL in countries else countries[0]
    if country not in countries:
        raise BadInput(f"{METRIC} {shortened(text)}: must be {metric}:{f' or {metric}:'.join(countries)}")
    return Wanted(metric, country)
