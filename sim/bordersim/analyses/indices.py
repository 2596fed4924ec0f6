"""Which draws a sensitivity analysis needs, and its indices with half-widths; SALib does the arithmetic.

Sobol: the share of the variance of a figure that goes with one parameter, alone (`first_order`) and with
all that it does together with others (`total`). Morris: the mean size of the change of a figure when one
parameter moves by its whole range (`mean_change`), and how much that depends on the others
(`spread_of_change`), for screening many.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordersim.analyses.ranges import MOST_POINTS
from bordersim.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MORRIS, SOBOL = "morris", "sobol"
METHODS = (MORRIS, SOBOL)
LEVELS = 4  # of a parameter in a Morris design
FEWEST_SAMPLES = 2
RESAMPLES = 500  # bootstrap, for the half-widths
CONFIDENCE = 0.95
NAMES = {
    "S1": "first_order",
    "ST": "total",
    "mu_star": "mean_change",
    "mu": "mean_signed_change",
    "sigma": "spread_of_change",
}
RANKED_BY = {MORRIS: "mean_change", SOBOL: "total"}


class Index(NamedTuple):
    """One index of one parameter, with half its 95 % interval (not a number where none is known)."""

    key: str
    measure: str
    value: float
    halfwidth: float


def draws_of_sample(method: str, dimensions: int) -> int:
    """Return how many draws a base point, or a trajectory, takes."""
    return dimensions + (1 if method == MORRIS else 2)


def shares_of(method: str, dimensions: int, samples: int, seed: int) -> Floats:
    """Return the points of the unit cube, one row a draw.

    `samples` is the number of base points (Sobol: samples x (dimensions + 2) draws) or of trajectories
    (Morris: samples x (dimensions + 1) draws).
    """
    problem = _problem([str(i) for i in range(dimensions)])
    if samples < FEWEST_SAMPLES:
        raise BadInput(f"--samples {samples}: one alone tells nothing of its own error; at least 2")
    per_sample = draws_of_sample(method, dimensions)
    if samples * per_sample > MOST_POINTS:
        raise BadInput(f"--samples {samples}: would be {samples * per_sample} draws, more than {MOST_POINTS}")
    if method == MORRIS:
        from SALib.sample import morris

        points: Floats = morris.sample(problem, samples, num_levels=LEVELS, seed=seed % 2**32)
        return points
    if samples & (samples - 1):
        raise BadInput(f"--samples {samples}: Sobol's method needs a power of two, like 128, 256 or 512")
    from SALib.sample import sobol

    drawn: Floats = sobol.sample(problem, samples, calc_second_order=False, seed=seed % 2**32)
    return drawn


def indices_of(
    method: str, keys: Sequence[str], shares: Floats, figure: Floats, seed: int
) -> Iterator[Index]:
    """Yield the indices of every parameter for one figure, of which there is one value a draw."""
    if not np.isfinite(figure).all() or np.ptp(figure) == 0:
        yield from (Index(key, NAMES[name], np.nan, np.nan) for name in _names(method) for key in keys)
        return
    analyse = _morris if method == MORRIS else _sobol
    for name, (values, halfwidths) in analyse(_problem(keys), shares, figure, seed % 2**32).items():
        for key, value, halfwidth in zip(keys, values, halfwidths, strict=True):
            yield Index(key, NAMES[name], float(value), float(halfwidth))


def _names(method: str) -> tuple[str, ...]:
    return ("mu_star", "mu", "sigma") if method == MORRIS else ("ST", "S1")


def _morris(problem: dict[str, Any], shares: Floats, figure: Floats, seed: int) -> Mapping[str, Any]:
    from SALib.analyze import morris

    options = {"num_resamples": RESAMPLES, "conf_level": CONFIDENCE, "num_levels": LEVELS, "seed": seed}
    found = morris.analyze(problem, shares, figure, **options)
    unknown = np.full(len(problem["names"]), np.nan)
    known = {"mu_star": found["mu_star_conf"]}
    return {name: (found[name], known.get(name, unknown)) for name in _names(MORRIS)}


def _sobol(problem: dict[str, Any], shares: Floats, figure: Floats, seed: int) -> Mapping[str, Any]:
    from SALib.analyze import sobol

    options = {"num_resamples": RESAMPLES, "conf_level": CONFIDENCE, "seed": seed}
    found = sobol.analyze(problem, figure, calc_second_order=False, **options)
    return {name: (found[name], found[f"{name}_conf"]) for name in _names(SOBOL)}


def _problem(keys: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(keys), "names": list(keys), "bounds": [[0.0, 1.0]] * len(keys)}
