"""What is kept of each run, and the runs of a scenario side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.report.headlines import HEADLINES
from bordersim.report.told import KEYS
from bordersim.results.histories import Paired, paired_figures
from bordersim.results.ledgers import Figure, figures
from bordersim.validation.figures import MAIN, METRIC_OF
from bordersim.validation.recorded import FORMULAS, Recorded

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# The counts that panels of days are drawn from, by border.
SHOWN = tuple((part, country) for country, series in MAIN for part in FORMULAS[METRIC_OF[series]])
WANTED = {
    *(
        (metric, country)
        for rows in HEADLINES.values()
        for metric, countries in rows
        for country in countries
    ),
    *KEYS,
}


class Counts(NamedTuple):
    """The counts of one history under one scenario.

    Attributes
    ----------
    totals
        Sums over days: country, metric.
    people
        By people metric.
    daily
        By metric and country, of those in `SHOWN`: a number a day.
    """

    totals: Floats
    people: Floats
    daily: Mapping[tuple[str, str], Floats]


@dataclass(frozen=True)
class Side:
    """Some histories under one scenario."""

    name: str
    title: str
    start: date
    counts: Sequence[Counts]

    @cached_property
    def figures(self) -> dict[Figure, Floats]:
        """Return every figure of the ledgers with its value in each history."""
        return figures(
            np.stack([each.totals for each in self.counts]), np.stack([each.people for each in self.counts])
        )

    def recorded(self) -> Recorded:
        """Return the counts by day."""
        days = len(next(iter(self.counts[0].daily.values())))

        def counted(metric: str, country: str) -> Floats:
            return np.stack([each.daily[metric, country] for each in self.counts])

        return Recorded(self.name, self.start, days, counted)


class Pair(NamedTuple):
    """The same histories under both scenarios, and how many independent ones say as much."""

    before: Side
    after: Side
    worth: float | None = None

    def differences(self) -> list[Paired]:
        """Return the figures that are shown, and their differences within each history."""
        return paired_figures([self.before.name, self.after.name], self._each(), self.worth)

    def told(self) -> dict[tuple[str, str], Floats]:
        """Return the difference of each figure told first within each history, where it is known."""
        found = {(figure.metric, figure.country): values[:, 0] for figure, values in self._each()}
        differences = {key: found[key][1] - found[key][0] for key in KEYS}
        return {key: each[np.isfinite(each)] for key, each in differences.items()}

    def _each(self) -> Iterator[tuple[Figure, Floats]]:
        """Yield the figures that are shown: scenario, the one draw, history."""
        before, after = self.before.figures, self.after.figures
        for figure, values in before.items():
            if (figure.metric, figure.country) in WANTED:
                yield figure, np.stack([values, after[figure]])[:, np.newaxis]
