"""What an assimilation found, as tables: evidence, windows, values, ancestors by month, what chains took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.analyses.assimilation.independence import correlation, different_sets, effective_sets
from bordersim.analyses.assimilation.proposals import effective
from bordersim.analyses.ranges import ROW
from bordersim.model.engine.wanderings import inflow_factors, minds
from bordersim.results.draws import LUCK
from bordersim.results.paired import QUANTILES
from bordersim.validation.evidence import with_discrepancy
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.analyses.assimilation.exercise import Exercise
    from bordersim.analyses.assimilation.relay import Reached
    from bordersim.results.draws import Draw
    from bordersim.validation.evidence import Window

    Floats = NDArray[np.float64]

ERROR_STREAM, ERRORS = 0xE440, 20  # errors drawn for each count


def draws_of(reached: Reached) -> list[Draw]:
    """Return histories as draws: values by key, and their keys as text."""
    values = reached.study.values
    return [{**values(each.shares), LUCK: str(each.keys)} for each in reached.histories]


def evidence(reached: Sequence[Reached]) -> pd.DataFrame:
    """Return one row a round of filters."""
    import pandas as pd

    return pd.DataFrame([stage.row() for each in reached for stage in each.stages])


def chains(reached: Sequence[Reached]) -> pd.DataFrame:
    """Return one row a leg and kind of change: how many were tried and taken."""
    import pandas as pd

    rows = [(each.leg, kind, each.tried[kind], each.taken[kind]) for each in reached for kind in each.tried]
    table = pd.DataFrame(rows, columns=["leg", "change", "tried", "taken"])
    return table.assign(share_taken=table["taken"] / table["tried"])


def values(reached: Reached) -> pd.DataFrame:
    """Return one row a varied value: its range before, and where nine tenths of the histories have it."""
    import pandas as pd

    now, before = (np.array([each.shares for each in h]).T for h in (reached.histories, reached.half_way))
    rows = []
    for each, shares, half_way in zip(reached.study.ranges, now, before, strict=True):
        places = np.quantile(shares, QUANTILES)
        width = float(places[2] - places[0]) / (QUANTILES[2] - QUANTILES[0])
        rows.append((*each.row(places), width, correlation(half_way, shares)))
    return pd.DataFrame(rows, columns=[*ROW, "width_ratio", "correlation_with_half_way"])


def ancestors(reached: Reached) -> pd.DataFrame:
    """Return one row a month: how many different kinds of luck the histories have in its middle."""
    import pandas as pd

    rows = []
    for month, day in _middles(reached.study.start, reached.end):
        _, counts = np.unique([each.keys.on(day) for each in reached.histories], return_counts=True)
        rows.append((month, len(counts), effective(counts / counts.sum())))
    return pd.DataFrame(rows, columns=["month", "ancestors", "effective"])


def _middles(start: date, end: date) -> list[tuple[str, int]]:
    """Return each month with the day of the run on which its 15th falls."""
    days = (start + timedelta(day) for day in range((end - start).days + 1))
    return [(f"{day:%Y-%m}", (day - start).days) for day in days if day.day == 15]


def windows(exercise: Exercise, reached: Reached, daily: Sequence[Floats]) -> pd.DataFrame:
    """Return one row a window: what was published, what histories count, what was expected beforehand.

    Ranges hold the stated discrepancy: they are of what might be published.
    """
    import pandas as pd

    found, expected = exercise.windows(reached.end), _expected(reached)
    rows = []
    for i, (window, is_out) in enumerate(zip(found, exercise.is_left_out(found), strict=True)):
        chance = np.random.default_rng([ERROR_STREAM, exercise.seed, i])
        counts = np.array([window.counted(each) for each in daily])
        now = _told("modelled", counts, window, exercise.discrepancy, chance)
        before = _told("expected", expected.get(window, counts[:0]), window, exercise.discrepancy, chance)
        rows.append({**window.plain(reached.study.start), "used": not is_out, **now, **before})
    return pd.DataFrame(rows)


def _told(
    name: str, counts: Floats, window: Window, discrepancy: float, chance: np.random.Generator
) -> dict[str, Any]:
    """Return the range of what might be published, and whether what was published lies in it."""
    names = (f"{name}_low", f"{name}_median", f"{name}_high", f"{name}_inside")
    if not len(counts):
        return dict.fromkeys(names)
    published = with_discrepancy(np.repeat(counts, ERRORS), window, discrepancy, chance)
    low, _, high = np.quantile(published, QUANTILES)
    inside = bool(low <= window.value <= high)
    return dict(zip(names, (float(low), float(np.median(counts)), float(high), inside), strict=True))


def _expected(reached: Reached) -> dict[Window, Floats]:
    """Return what the last filters expected of each window of the leg before they saw it."""
    gathered: dict[Window, list[float]] = {}
    for each in reached.stages[-1].filters:
        for number, counts in each.predicted.items():
            gathered.setdefault(reached.study.windows[number], []).extend(counts)
    return {window: np.array(counts) for window, counts in gathered.items()}


def wanderings(reached: Reached) -> pd.DataFrame:
    """Return one row a day: the host state's mind about each border, and how many come over the plan."""
    import pandas as pd

    study = reached.study
    alike = [(study.world(each.shares), each.keys) for each in dict.fromkeys(reached.histories)]
    thought = np.array([minds(*each) for each in alike])
    series = {f"mind_{country}": thought[:, :, i] for i, country in enumerate(COUNTRIES)}
    series["inflow_factor"] = np.array([inflow_factors(*each) for each in alike])
    columns: dict[str, object] = {"date": [study.start + timedelta(day) for day in range(study.days)]}
    for name, paths in series.items():
        ends = zip(("low", "median", "high"), np.quantile(paths, QUANTILES, axis=0), strict=True)
        columns |= {f"{name}_{end}": each for end, each in ends}
    return pd.DataFrame(columns)


def independence(reached: Reached) -> pd.DataFrame:
    """Return one row: how much the histories are worth, and how far the chains had forgotten their start."""
    import pandas as pd

    starts, half_way, ends = reached.starts, reached.half_way, reached.histories
    now, before = (np.array([each.shares for each in h]).ravel() for h in (ends, half_way))
    row = (len(ends), different_sets(ends), effective_sets(starts, ends), correlation(before, now))
    return pd.DataFrame([row], columns=["histories", "sets", "worth", "correlation_with_half_way"])


def sentences(worth: pd.DataFrame, found: pd.DataFrame, seen: pd.DataFrame) -> list[str]:
    """Say in text what was found and how far it can be trusted: tables of worth, ancestors and windows."""
    row = worth.iloc[0]
    return [
        f"{row.histories:.0f} histories from {row.sets:.0f} sets of values, worth about"
        f" {row.worth:.0f} independent ones;"
        f" at least {found['ancestors'].min()} kinds of luck in every month.",
        "Between the middle of the chains and their end the values are correlated by"
        f" {row.correlation_with_half_way:.2f}.",
        *(_agreement(name, rows) for name, rows in _parts(seen).items() if len(rows)),
    ]


def _parts(seen: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """Part the windows into those used and those left out."""
    return {"used": seen[seen["used"]], "left out": seen[~seen["used"]]}


def _agreement(name: str, rows: pd.DataFrame) -> str:
    """Return how well one part of the windows is met."""
    off = (rows["modelled_median"] - rows["value"]).abs() / rows["value"].clip(lower=1.0)
    return (
        f"Of {len(rows)} windows {name}, {int(rows['modelled_inside'].sum())} lie in the 90 % range of what"
        f" might be published; the median is off by {off.median():.0%}, typically."
    )
