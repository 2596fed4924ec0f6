"""Two uncertainties kept apart: random variation between replicates, parameter uncertainty between draws.

Every draw of values is simulated with the same replicates, so a figure is a table of draws by replicates
and its variance has three parts: of draws d, of replicates r, and of both together dr. With the mean
squares MS of draws, of replicates and of the rest (D draws, R replicates),

    var_d = (MS_draws - MS_rest) / R    var_r = (MS_replicates - MS_rest) / D    var_dr = MS_rest

none of them below 0. Parameter uncertainty is var_d, random variation var_r + var_dr; shares sum to 1. The
variance of the mean is (MS_draws + MS_replicates - MS_rest) / (D R), with the degrees of freedom of
Satterthwaite; it is at least MS_rest / (D R).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.results.paired import INTERVAL_SHARE, QUANTILES
from bordersim.results.store.columns import COMPARISON_COLUMNS, METRICS_COLUMNS, SHARES_COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.results.ledgers import Figure

    ByFigure = tuple[Figure, NDArray[np.float64]]  # its values by scenario, draw and replicate


class Spread(NamedTuple):
    """The mean of a table of draws by replicates, its interval, and the shares of its variance."""

    mean: float
    low: float
    high: float
    random_variation_share: float
    parameter_uncertainty_share: float


UNKNOWN = Spread(*[np.nan] * 5)


def spread_of(values: NDArray[np.float64]) -> Spread:
    """Decompose the variance of a table of draws by replicates; needs two of each."""
    from scipy.special import stdtrit

    draws, replicates = values.shape
    if not values.size:
        return UNKNOWN
    mean = float(values.mean())
    if draws < 2 or replicates < 2:
        return UNKNOWN._replace(mean=mean)
    of_draws, of_replicates, rest = mean_squares(values)
    knowledge = max(of_draws - rest, 0.0) / replicates
    chance = max(of_replicates - rest, 0.0) / draws + rest
    of_mean = max(of_draws + of_replicates - rest, rest)
    freedom = np.array([draws - 1, replicates - 1, (draws - 1) * (replicates - 1)])
    squares = np.array([of_draws, of_replicates, rest]) ** 2
    weight = float((squares / freedom).sum())
    half = 0.0
    if weight > 0:
        quantile = stdtrit(max(of_mean**2 / weight, 1.0), (1 + INTERVAL_SHARE) / 2)
        half = float(quantile * np.sqrt(of_mean / values.size))
    total = chance + knowledge
    shares = (chance / total, knowledge / total) if total > 0 else (np.nan, np.nan)
    return Spread(mean, mean - half, mean + half, *shares)


def mean_squares(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the mean squares of draws, of replicates, and of the rest."""
    draws, replicates = values.shape
    by_draw = values.mean(axis=1, keepdims=True)
    by_replicate = values.mean(axis=0, keepdims=True)
    rest = values - by_draw - by_replicate + values.mean()
    freedom = (draws - 1) * (replicates - 1)
    return (
        float(replicates * by_draw.var(ddof=1)),
        float(draws * by_replicate.var(ddof=1)),
        float((rest**2).sum() / freedom),
    )


def summarise_draws(names: Sequence[str], by_figure: Iterable[ByFigure], lost: Sequence[int]) -> pd.DataFrame:
    """Return the mean, its interval, the spread and the shares of each figure of each scenario.

    `lost` says by scenario how many replicates are not there; a figure may be undefined in more of them.
    """
    import pandas as pd

    rows: list[list[tuple[Any, ...]]] = [[] for _ in names]
    for figure, values in by_figure:
        for i, name in enumerate(names):
            known = complete(values[i])
            spread = spread_of(known)
            quantiles = np.quantile(known, QUANTILES) if known.size else [np.nan] * len(QUANTILES)
            key = (name, figure.ledger, figure.metric, figure.country, figure.unit)
            rows[i].append((*key, *spread[:3], *map(float, quantiles), *_counted(known, lost[i], spread)))
    columns = [*METRICS_COLUMNS, *SHARES_COLUMNS]
    return pd.DataFrame([row for each in rows for row in each], columns=columns)


def compare_draws(names: Sequence[str], by_figure: Iterable[ByFigure], lost: Sequence[int]) -> pd.DataFrame:
    """Return the paired differences to the first scenario, draw by draw and replicate by replicate.

    `lost` says for each other scenario how many pairs of replicates are not there.
    """
    import pandas as pd

    rows: list[list[tuple[Any, ...]]] = [[] for _ in names[1:]]
    for figure, values in by_figure:
        for i, row in enumerate(_differences(values, lost)):
            key = (figure.ledger, figure.metric, figure.country, figure.unit)
            rows[i].append((names[0], names[i + 1], *key, *row))
    columns = [*COMPARISON_COLUMNS, *SHARES_COLUMNS]
    return pd.DataFrame([row for each in rows for row in each], columns=columns)


def complete(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep the replicates that have the figure in every draw."""
    return values[:, np.isfinite(values).all(axis=0)]


def _differences(values: NDArray[np.float64], lost: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Yield the means and the difference of each scenario to the first."""
    for after, missing in zip(values[1:], lost, strict=True):
        known = complete(after - values[0])
        both = np.isfinite(after - values[0]).all(axis=0)
        means = [float(each[:, both].mean()) if both.any() else np.nan for each in (values[0], after)]
        spread = spread_of(known)
        yield (*means, *spread[:3], *_counted(known, missing, spread))


def _counted(known: NDArray[np.float64], missing: int, spread: Spread) -> tuple[Any, ...]:
    """Return how many numbers there are, how many are missing, and the shares."""
    return known.size, missing, len(known), spread.random_variation_share, spread.parameter_uncertainty_share
