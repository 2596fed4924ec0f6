"""Designs: which draws of parameters are simulated. A draw is a mapping from dotted key to value.

A design depends on the seed of the experiment alone, so the same request gives the same draws. The
draws of a longer Sobol sequence begin with those of a shorter one.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from bordersim.analyses.ranges import MOST_POINTS, Range
from bordersim.errors import BadInput
from bordersim.results.draws import Draw

if TYPE_CHECKING:
    from numpy.typing import NDArray


GRID, LATIN_HYPERCUBE, SOBOL = "grid", "lhs", "sobol"
DESIGNS = (GRID, LATIN_HYPERCUBE, SOBOL)
GRID_POINTS = 5  # of a range without a step
SAMPLES = 64  # of a design that fills the space
# Keeps the draws of parameters apart from whatever else is drawn from the same seed.
DESIGN_STREAM = 0xD351


def draws_of(design: str, ranges: Sequence[Range], samples: int | None, seed: int) -> list[Draw]:
    """Return the draws of a design.

    Parameters
    ----------
    design
        grid: every combination of the points of the ranges; lhs: a Latin hypercube; sobol: a scrambled
        Sobol sequence.
    samples
        Of a grid the points of each range that has no step; of the others the number of draws.
    seed
        Seed of a random design.
    """
    if not ranges:
        raise BadInput("nothing to vary; name a key with --vary or give a file with --draws")
    if design == GRID:
        return _grid(ranges, samples or GRID_POINTS)
    if design not in DESIGNS:
        raise BadInput(f"--design must be {', '.join(DESIGNS[:-1])} or {DESIGNS[-1]}, is '{design}'")
    count = samples or SAMPLES
    if count > MOST_POINTS:
        raise BadInput(f"--samples {count}: more than {MOST_POINTS} draws")
    make = latin_hypercube if design == LATIN_HYPERCUBE else sobol_sequence
    return draws_at(ranges, make(len(ranges), count, seed))


def draws_at(ranges: Sequence[Range], shares: NDArray[np.float64]) -> list[Draw]:
    """Return the draws at points of the unit cube, one row a draw, one column a range."""
    return [draw_at(ranges, row) for row in shares.tolist()]


def draw_at(ranges: Sequence[Range], shares: Sequence[float]) -> dict[str, object]:
    """Return the draw at one point of the unit cube."""
    return {each.key: each.at(share) for each, share in zip(ranges, shares, strict=True)}


def latin_hypercube(dimensions: int, count: int, seed: int) -> NDArray[np.float64]:
    """Return points that have exactly one in each of `count` equal parts of every dimension."""
    from scipy.stats import qmc

    points: NDArray[np.float64] = qmc.LatinHypercube(dimensions, rng=_chance(seed)).random(count)
    return points


def sobol_sequence(dimensions: int, count: int, seed: int) -> NDArray[np.float64]:
    """Return the first `count` points of a scrambled Sobol sequence; powers of two fill the space best."""
    from scipy.stats import qmc

    whole = qmc.Sobol(dimensions, scramble=True, rng=_chance(seed)).random_base2(math.ceil(math.log2(count)))
    points: NDArray[np.float64] = whole[:count]
    return points


def _grid(ranges: Sequence[Range], points: int) -> list[Draw]:
    """Return every combination; the last key changes fastest."""
    axes = [each.points(points) for each in ranges]
    count = math.prod(map(len, axes))
    if count > MOST_POINTS:
        raise BadInput(
            f"--design grid: too many draws (more than {MOST_POINTS:,}); for more than a few keys take"
            f" --design {LATIN_HYPERCUBE}"
        )
    keys = [each.key for each in ranges]
    return [dict(zip(keys, values, strict=True)) for values in itertools.product(*axes)]


def _chance(seed: int) -> np.random.Generator:
    return np.random.default_rng([DESIGN_STREAM, seed])
