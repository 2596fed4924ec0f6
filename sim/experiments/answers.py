"""What every draw gave: the figures of each scenario in each replicate, and which figures are looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.errors import BadInput
from sim.ledgers import ALL, Figure, figures
from sim.outcomes import METRIC_NAMES, PEOPLE_METRICS
from sim.scenario.nearest import did_you_mean
from sim.state import COUNTRIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.experiments.designs import Draw

METRIC = "--metric"
# One or two of each ledger; what is drawn, analysed and watched where nobody says otherwise.
MAIN_FIGURES = (
    *("attempts:LT", "displaced:LV+PL", "entered:LT"),
    *("unscreened_returns:LT", "deaths_expected:all", "cost_eur:LT"),
)


class Wanted(NamedTuple):
    """A figure by the words a user has for it."""

    metric: str
    country: str

    def __str__(self) -> str:
        return f"{self.metric}:{self.country}"


@dataclass(frozen=True, eq=False, repr=False)
class Answers:
    """The figures of all draws.

    Parameters
    ----------
    names
        Scenarios, the reference first.
    draws
        The values set in each draw.
    totals
        Draw, scenario, replicate, country, metric: sums over days; not a number where a draw failed.
    people
        Draw, scenario, replicate, people metric.
    failures
        Why, by draw.
    """

    names: tuple[str, ...]
    draws: tuple[Draw, ...]
    totals: NDArray[np.float64]
    people: NDArray[np.float64]
    failures: Mapping[int, str] = field(default_factory=dict)

    @property
    def replicates(self) -> int:
        """Replicates of each draw."""
        return int(self.totals.shape[2])

    @property
    def keys(self) -> tuple[str, ...]:
        """What is varied."""
        return tuple(self.draws[0]) if self.draws else ()

    def figure(self, wanted: Wanted) -> NDArray[np.float64]:
        """Return one figure: draw, scenario, replicate."""
        return self.figures([wanted])[wanted]

    def figures(self, wanted: Sequence[Wanted]) -> dict[Wanted, NDArray[np.float64]]:
        """Return figures: draw, scenario, replicate."""
        shape = self.totals.shape[:3]
        flat = figures(
            self.totals.reshape(-1, *self.totals.shape[3:]), self.people.reshape(np.prod(shape), -1)
        )
        named = {Wanted(each.metric, each.country): values for each, values in flat.items()}
        return {each: named[each].reshape(shape) for each in wanted}


@cache
def known_figures() -> dict[Wanted, Figure]:
    """Return every figure there is."""
    nobody = figures(np.zeros((0, len(COUNTRIES), len(METRIC_NAMES))), np.zeros((0, len(PEOPLE_METRICS))))
    return {Wanted(each.metric, each.country): each for each in nobody}


def wanted_figures(texts: Sequence[str]) -> list[Wanted]:
    """Read every `--metric`, like attempts:LT; without a border it is all of them together."""
    return list(dict.fromkeys(_wanted(text) for text in texts or MAIN_FIGURES))


def _wanted(text: str) -> Wanted:
    metric, colon, country = (part.strip() for part in text.partition(":"))
    known = known_figures()
    countries = [each.country for each in known if each.metric == metric]
    if not countries:
        hint = did_you_mean(metric, dict.fromkeys(each.metric for each in known))
        raise BadInput(f"{METRIC} {text}: unknown metric '{metric}'{hint}")
    if not colon:
        country = ALL if ALL in countries else countries[0]
    if country not in countries:
        raise BadInput(f"{METRIC} {text}: must be {metric}:{f' or {metric}:'.join(countries)}")
    return Wanted(metric, country)
