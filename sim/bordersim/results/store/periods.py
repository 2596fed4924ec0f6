"""Counts by week or month: the days of a result, added up period by period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bordersim.inputs.arguments import choice, day

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.results.store.result import Result

PERIODS = {"day": "D", "week": "W-SUN", "month": "M"}  # weeks end on Sunday, so that they start on Monday
KEYS = ("scenario", "replicate")


class Periods:
    """What a result says of parts of its days."""

    if TYPE_CHECKING:

        @property
        def daily(self) -> pd.DataFrame: ...

    def by(self, period: str) -> pd.DataFrame:
        """Return the metrics of `daily` by period and border.

        Parameters
        ----------
        period
            "day", "week" (from Monday to Sunday) or "month".

        Returns
        -------
        pandas.DataFrame
            Columns: scenario, replicate, `period_start` (datetime64, a Monday or the first of a month, even
            where the run begins later), country, `days` (how many of the period's days are in the run),
            `is_partial` (whether some are not), then one column per metric, summed over those days, in its
            own unit (`docs/metrics.md`). One row per replicate, period and border.

        Raises
        ------
        BadInput
            If there is no such period.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-16"})
        >>> weeks = result.by("week")
        >>> lithuania = weeks[(weeks["country"] == "LT") & (weeks["replicate"] == 0)]
        >>> lithuania[["period_start", "days", "is_partial"]].values.tolist()[0][1:]
        [2, True]
        >>> len(lithuania)  # the first of May 2021 was a Saturday
        3
        """
        import pandas as pd

        kind = PERIODS[choice("period", period, tuple(PERIODS))]
        periods = pd.PeriodIndex(self.daily["date"], freq=kind)
        metrics = self.daily.drop(columns=["date"])
        keys = [metrics["scenario"], metrics["replicate"], pd.Series(periods, name="period")]
        groups = metrics.groupby([*keys, "country"], sort=False, observed=True)
        summed = groups.sum().reset_index()
        summed.insert(4, "days", groups.size().to_numpy())
        length = summed["period"].map(lambda each: (each.end_time - each.start_time).days + 1)
        summed.insert(5, "is_partial", summed["days"] < length)
        summed["period"] = summed["period"].map(lambda each: each.start_time)
        return summed.rename(columns={"period": "period_start"})

    def between(self: Result, first: date | str, last: date | str) -> Result:  # type: ignore[misc]
        """Return the result restricted to some of its days.

        Parameters
        ----------
        first, last
            Days within the run, both included.

        Returns
        -------
        Result
            Its `daily`, `stock` and `totals`; figures of `people` are NaN, since people are counted over
            whole runs only, and there are no `segments` and `stretches`.

        Raises
        ------
        BadInput
            If a day is outside the run.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> result.between("2021-05-03", "2021-05-04")
        <history_2021 [period.end=2021-05-07]: 2 replicates, 2 days from 2021-05-03>
        """
        from bordersim.results.store.parts import Window, end_of, part_of

        land = self.land
        ends = day("first", first), day("last", last)
        return part_of(self, Window.within(*ends, land.start, end_of(land)))
