"""The four ledgers: from the totals of each replicate to the figures that are reported and compared.

Sums over days by border and over all borders, attempts elsewhere, costs, and ratios; a ratio that misleads
alone is followed at once by those that put it in context.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.words.codes import COUNTRIES, LV, PL
from bordersim.words.metrics import DERIVED, LEDGERS, PEOPLE_METRICS, Metric
from bordersim.words.valued import DAILY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ALL = "all"
BORDERS = (*COUNTRIES, ALL)
ELSEWHERE = "LV+PL"
SHARE = "share"


class Figure(NamedTuple):
    """The key of one reported figure: a metric of a ledger at a border."""

    ledger: str
    metric: str
    country: str
    unit: str


@dataclass(frozen=True)
class Ratio(Metric):
    """A figure that is one sum of metrics divided by another; `formula` is the numerator."""

    below: tuple[str, ...] = ()
    countries: tuple[str, ...] = BORDERS


AT_OTHER_BORDERS = Metric(
    "attempts_at_other_borders", "entry", "attempts", "attempts at the Latvian and Polish borders together"
)
COST = Metric(
    "cost_eur",
    "money",
    "EUR",
    "barrier, repairs, surveillance, guards, their overtime, reception, aid and returns together",
    (
        *("barrier_eur", "repair_eur", "surveillance_eur", "guards_eur", "overtime_eur"),
        *("reception_eur", "aid_eur", "return_grants_eur"),
    ),
)
_MET = ("entry_prevented", "turned_back", "apprehended")
RATIOS: tuple[Ratio, ...] = (
    Ratio(
        "interdiction_share",
        "entry",
        "share of stopped + got away",
        "attempts stopped, over those and got away: of the detected alone, without the undetected",
        _MET,
        (*_MET, "got_away"),
    ),
    Ratio(
        "total_interdiction_share",
        "entry",
        "share of attempts",
        "attempts stopped, over all attempts: the undetected and the withdrawn are below the line too",
        _MET,
        ("attempts",),
    ),
    Ratio(
        "entered_unstopped_share",
        "entry",
        "share of people who tried",
        "people who entered unstopped at least once, over people with at least one attempt",
        ("people_entered_unstopped",),
        ("people_attempted",),
        (ALL,),
    ),
    Ratio(
        "returns_per_person",
        "entry",
        "returns/person who tried",
        "pushbacks over people with at least one attempt",
        ("unscreened_returns",),
        ("people_attempted",),
        (ALL,),
    ),
    Ratio(
        "repeat_returns_per_person",
        "protection",
        "returns after the first, per person returned",
        "pushbacks after the first, over people pushed back at least once",
        ("repeat_returns",),
        ("people_pushed_back",),
        (ALL,),
    ),
    Ratio(
        "utilisation_share",
        "guards",
        "share of hours",
        "patrol crew hours driving to and handling groups, over those on shift",
        ("patrol_busy_hours",),
        ("patrol_hours",),
    ),
    Ratio(
        "response_time_h",
        "guards",
        "h",
        "mean time from detection to the arrival of a patrol",
        ("response_hours",),
        ("responses",),
    ),
    Ratio(
        "saturated_share",
        "guards",
        "share of responses",
        "responses for which every patrol of the station was busy",
        ("saturated_responses",),
        ("responses",),
    ),
)
EXTRA: tuple[Metric, ...] = (AT_OTHER_BORDERS, COST, *RATIOS)
_PEOPLE = {metric.name for metric in PEOPLE_METRICS}
# Figures that need what is known of people over a whole run.
OF_PEOPLE = _PEOPLE | {ratio.name for ratio in RATIOS if _PEOPLE.intersection(ratio.formula + ratio.below)}


def figures(totals: Floats, people: Floats) -> dict[Figure, Floats]:
    """Return every figure with its value in each replicate, ledger by ledger.

    Parameters
    ----------
    totals
        Sums over days: replicate, country, metric.
    people
        Replicate, people metric.
    """
    values = _by_border(totals, people)
    return {figure: value for ledger in LEDGERS for figure, value in _of_ledger(ledger, values)}


def _by_border(totals: Floats, people: Floats) -> dict[str, Floats]:
    """Return each metric as replicate x border; the last border is all of them together."""
    counted = np.concatenate([totals, totals.sum(axis=1, keepdims=True)], axis=1)
    values: dict[str, Floats] = {m.name: counted[:, :, i] for i, m in enumerate(DAILY)}
    for metric in (*DERIVED, COST):
        values[metric.name] = _sum(values, metric.formula)
    for i, metric in enumerate(PEOPLE_METRICS):  # known for all borders together alone
        values[metric.name] = people[:, i : i + 1]
    return values


def _of_ledger(ledger: str, values: dict[str, Floats]) -> Iterator[tuple[Figure, Floats]]:
    """Yield the figures of one ledger: sums, attempts at other borders, people, ratios."""
    for metric in (*DAILY, *DERIVED, COST, *PEOPLE_METRICS):
        if metric.ledger == ledger:
            value = values[metric.name]
            countries = BORDERS if value.shape[1] > 1 else (ALL,)
            yield from ((_figure(metric, c), value[:, i]) for i, c in enumerate(countries))
    if ledger == AT_OTHER_BORDERS.ledger:
        yield _figure(AT_OTHER_BORDERS, ELSEWHERE), values["attempts"][:, [LV, PL]].sum(axis=1)
    for ratio in RATIOS:
        if ratio.ledger == ledger:
            yield from _ratio(ratio, values)


def _ratio(ratio: Ratio, values: dict[str, Floats]) -> Iterator[tuple[Figure, Floats]]:
    """Yield a ratio at each of its borders, a share at most 1; NaN where the denominator is 0."""
    above, below = _sum(values, ratio.formula), _sum(values, ratio.below)
    for country in ratio.countries:
        # People are known for all borders together, which is the last column of every array.
        i = -1 if country == ALL else BORDERS.index(country)
        known = np.where(below[:, i] > 0, below[:, i], np.nan)
        value = above[:, i] / known
        yield _figure(ratio, country), np.minimum(value, 1.0) if ratio.unit.startswith(SHARE) else value


def _sum(values: dict[str, Floats], names: tuple[str, ...]) -> Floats:
    """Add metrics up."""
    total: Floats = np.sum([values[name] for name in names], axis=0)
    return total


def _figure(metric: Metric, country: str) -> Figure:
    """Return the key of a metric at a border."""
    return Figure(metric.ledger, metric.name, country, metric.unit)
