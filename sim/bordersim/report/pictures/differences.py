"""Which paired differences are shown, in which order, with which labels and number format.

Only data in, data out; `bordersim.report.pictures.forest` draws them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.report.pictures.style import COUNTRY_NAMES
from bordersim.results.ledgers import ALL, EXTRA
from bordersim.words.metrics import DERIVED, LEDGERS, PEOPLE_METRICS
from bordersim.words.valued import DAILY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

# An interdiction share alone misleads: it stands with the other three or not at all.
PAIRED = (
    "interdiction_share",
    "total_interdiction_share",
    "entered_unstopped_share",
    "returns_per_person",
)
PAIRED_GROUP = "Read these together"
RECORD_GROUP = "Record: simulated official counts"
UNITS = {metric.name: metric.unit for metric in (*DAILY, *DERIVED, *PEOPLE_METRICS, *EXTRA)}
NUMBERS = ("reference_mean", "scenario_mean", "difference", "low", "high")
UNKNOWN, FROM_ZERO = "n/a", "from 0"
SAME = "the same in both"  # not in the mean only: in every replicate
EUR_PER_MILLION, MILLIONS = 1e6, "EUR million"


def by_ledger(comparison: pd.DataFrame, countries: Sequence[str]) -> pd.DataFrame:
    """Return the comparison with group and label: one row per metric, grouped by ledger."""
    rows = paired_only(first_country(in_order(one_scenario(comparison)), countries))
    groups = rows["ledger"].map(lambda name: RECORD_GROUP if name == "record" else name.capitalize())
    groups = groups.mask(rows["metric"].isin(list(PAIRED)), PAIRED_GROUP)
    return rows.assign(group=groups, label=rows["metric"].map(words) + "  (" + rows["country"] + ")")


def by_metric(comparison: pd.DataFrame, metrics: Sequence[str], countries: Sequence[str]) -> pd.DataFrame:
    """Return the comparison with group and label: one row per country, grouped by metric."""
    rows = in_order(one_scenario(comparison))
    rows = rows[rows["metric"].isin(list(metrics)) & rows["country"].isin(list(countries))]
    return rows.assign(group=rows["metric"].map(words), label=rows["country"].map(COUNTRY_NAMES))


def is_of_histories(rows: pd.DataFrame | pd.Series) -> bool:
    """Return whether rows are differences of histories: how many have more is counted."""
    return "more" in rows


def is_same(rows: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows have no replicate, or no history, that differs."""
    ends = ("more", "fewer") if is_of_histories(rows) else ("low", "high")
    return rows[list(ends)].eq(0).all(axis=1)


def shown_of_histories(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with what is shown of histories, medians and nine tenths, where else means stand."""
    shown = zip(
        NUMBERS, ("reference_median", "scenario_median", "median", "range_low", "range_high"), strict=True
    )
    return rows.assign(**{name: rows[other] for name, other in shown})


def one_scenario(comparison: pd.DataFrame) -> pd.DataFrame:
    """Return the comparison, or raise if it has several scenarios: their numbers would mix."""
    if len(comparison[["reference", "scenario"]].drop_duplicates()) != 1:
        raise ValueError("a plot of differences shows one scenario against one reference")
    return comparison


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort by ledger and metric in the order of declaration; the paired ratios come last."""
    import pandas as pd

    order = {name: rank for rank, name in enumerate((*UNITS, *PAIRED))}
    keys = pd.DataFrame(
        {
            "paired": rows["metric"].isin(list(PAIRED)),
            "ledger": rows["ledger"].map(list(LEDGERS).index),
            "metric": rows["metric"].map(lambda name: order.get(name, len(order))),
        }
    )
    return rows.loc[keys.sort_values(["paired", "ledger", "metric"], kind="stable").index]


def first_country(rows: pd.DataFrame, countries: Sequence[str]) -> pd.DataFrame:
    """Keep each metric for the first of these countries that it has; the paired ratios always for all."""
    rank = rows["country"].map({name: rank for rank, name in enumerate(countries)})
    rank = rank.mask(rows["metric"].isin(list(PAIRED)) & (rows["country"] != ALL))
    return rows[rank.notna() & (rank == rank.groupby(rows["metric"]).transform("min"))]


def paired_only(rows: pd.DataFrame) -> pd.DataFrame:
    """Drop the ratios that mislead alone unless all three are present."""
    here = rows["metric"].isin(list(PAIRED))
    return rows if rows.loc[here, "metric"].nunique() == len(PAIRED) else rows[~here]


def multiples(rows: pd.DataFrame) -> pd.DataFrame:
    """Return difference, low and high as multiples of the reference, 1 where nothing changes.

    Infinite where the reference is 0; 0 where the interval reaches below nothing at all.
    """
    reference = rows["reference_mean"]
    ends = rows[["difference", "low", "high"]].add(reference, axis=0).clip(lower=0)
    return ends.div(reference.where(reference > 0), axis=0).fillna(np.inf).mask(ends.isna())


def in_millions(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the unit of each row, and write money in EUR million."""
    units = rows["metric"].map(UNITS).fillna("")
    money = units == "EUR"
    scale = money.map({True: 1 / EUR_PER_MILLION, False: 1.0})
    return rows.assign(unit=units.mask(money, MILLIONS), **{n: rows[n] * scale for n in NUMBERS})


def same_in_both(low: float, high: float) -> bool:
    """Return whether no replicate differs: only then is the interval of the difference 0 to 0."""
    return low == 0 and high == 0


def words(metric: str) -> str:
    """Return a metric's name as words."""
    return (
        metric.removesuffix("_eur")
        .removesuffix("_h")
        .removeprefix("record_")
        .replace("_", " ")
        .replace("non ", "non-")
    )


def decimals(*values: float) -> int:
    """Return how many decimals show three digits of the largest of these numbers, four at most."""
    largest = max((abs(value) for value in values if np.isfinite(value)), default=0)
    return int(np.clip(2 - np.floor(np.log10(largest)), 0, 4)) if largest > 0 else 0


def numbers(*values: float) -> list[str]:
    """Write neighbouring numbers with the same decimals."""
    places = decimals(*values)
    return [number(value, places) for value in values]


def change(multiple: float) -> str:
    """Write a multiple of the reference as a change in per cent."""
    if np.isposinf(multiple):
        return FROM_ZERO
    percent = 100 * (multiple - 1)
    text = number(percent, int(round(abs(percent), 1) < 10))
    return f"+{text} %" if percent > 0 and text.strip("0.") else f"{text} %"


def number(value: float, places: int) -> str:
    """Write a number with thousands separated and a true minus sign; a rounded 0 has no sign."""
    if not np.isfinite(value):
        return UNKNOWN
    text = f"{value:,.{places}f}"
    return text.replace("-", "\N{MINUS SIGN}") if text.strip("-0.,") else text.lstrip("-")
