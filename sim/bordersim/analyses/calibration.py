"""Calibration: a design over priors, simulated like any experiment; history matching; a posterior.

Resuming the run of the design gives the same posterior: it depends on the stored days alone, and
its random numbers are keyed by the seed of the exercise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.analyses.designs import draws_at, sobol_sequence
from bordersim.analyses.exercise import Exercise
from bordersim.analyses.ranges import ROW
from bordersim.errors import BadInput
from bordersim.results.csv_tables import write_csv
from bordersim.results.store.files import new_file
from bordersim.validation.matched import counted, scaled
from bordersim.validation.posteriors import Posterior, implausibility, regression_abc, resampled, width_ratios

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.results.draws import Draw
    from bordersim.results.experiment import Experiment

    Floats = NDArray[np.float64]

CALIBRATION = "calibration"
POSTERIOR, IDENTIFIED, RULED_OUT = "posterior.parquet", "identified.csv", "ruled_out.csv"
SHARE = 0.9  # of prior and posterior whose widths are compared
NOT_IDENTIFIED = 0.8  # of the width of the prior: hardly narrower
ERROR_STREAM, RESAMPLE_STREAM = 0xE44, 0x4E5A  # keep chance of the analysis apart from all other
# With fewer draws left there is nothing to fit a line to.
FEWEST_LEFT = 20


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A posterior and the diagnostics of its fit.

    Parameters
    ----------
    posterior
        Points of the unit cube with weights.
    drawn
        Points drawn from it by weight.
    off
        Implausibility: draw, summary.
    left
        Draws that are not rejected.
    disagrees
        Whether too few draws were left, so that all were used.
    """

    exercise: Exercise
    posterior: Posterior
    drawn: Floats
    off: Floats
    left: NDArray[np.bool_]
    disagrees: bool

    @property
    def draws(self) -> list[Draw]:
        """The draws of the posterior, as every design gives them."""
        return draws_at(self.exercise.ranges, self.drawn)

    def identified(self) -> pd.DataFrame:
        """Return one row a parameter: prior, posterior, and how much narrower the latter is."""
        import pandas as pd

        levels = ((1 - SHARE) / 2, 0.5, (1 + SHARE) / 2)
        places, ratios = self.posterior.quantiles(levels).T, width_ratios(self.posterior, SHARE)
        rows = [
            (*each.row(where), float(ratio), bool(ratio <= NOT_IDENTIFIED))
            for each, where, ratio in zip(self.exercise.ranges, places, ratios, strict=True)
        ]
        return pd.DataFrame(rows, columns=[*ROW, "width_ratio", "identified"])

    def sentences(self) -> list[str]:
        """Return the outcome as text."""
        table = self.identified()
        wide = table.loc[~table["identified"], "parameter"]
        narrower = table[table["identified"]].itertuples()
        known = [f"{row.parameter} ({row.width_ratio:.2f})" for row in narrower]
        said = [
            f"{int(self.left.sum())} of {len(self.left)} draws are not rejected"
            f" (implausibility at most {self.exercise.rule_out_above:g} in all"
            f" {self.off.shape[1]} summaries).",
            f"Narrower than {NOT_IDENTIFIED:g} of the prior: {', '.join(known) or 'no parameter'}.",
            f"Not identified: {', '.join(wide) or 'none'}.",
        ]
        return [*said, *self._disagreement()]

    def _disagreement(self) -> list[str]:
        """Return the summary that fits worst, where no draw meets all of them."""
        if not self.disagrees:
            return []
        least = self.off.min(axis=0)
        worst = self.exercise.summaries[int(least.argmax())].name
        return [
            f"The model does not meet all summaries anywhere in the prior (at best {least.max():.1f} standard"
            f" deviations off in {worst}); the posterior rests on all draws and is a compromise."
        ]


def design_of(exercise: Exercise) -> list[Draw]:
    """Return the draws of an exercise: a scrambled Sobol sequence keyed by its seed."""
    return draws_at(exercise.ranges, _shares(exercise))


def calibrate(exercise: Exercise, shares: Floats, counts: Floats) -> Calibrated:
    """Return the posterior from the simulated draws of a design.

    Parameters
    ----------
    shares
        Draw, parameter: points of the unit cube.
    counts
        Draw, replicate, summary [events]; draws that lack a replicate are dropped beforehand.
    """
    observed = scaled([each.value for each in exercise.summaries])
    variance = np.array([each.variance for each in exercise.summaries])
    return matched(exercise, shares, scaled(counts), observed, variance)


def matched(
    exercise: Exercise, shares: Floats, simulated: Floats, observed: Floats, variance: Floats
) -> Calibrated:
    """Rule out implausible draws, then accept and adjust the rest; all on the scale of comparison."""
    off = implausibility(simulated, observed, variance)
    left = off.max(axis=1) <= exercise.rule_out_above
    disagrees = int(left.sum()) < FEWEST_LEFT
    chosen = np.ones_like(left) if disagrees else left
    errors = np.random.default_rng([ERROR_STREAM, exercise.seed]).normal(size=simulated.shape)
    noisy = (simulated + errors * np.sqrt(variance))[chosen]
    points = np.repeat(shares[chosen], simulated.shape[1], axis=0)
    flat = noisy.reshape(-1, noisy.shape[-1])
    posterior = regression_abc(points, flat, observed, exercise.accept_share)
    chance = np.random.default_rng([RESAMPLE_STREAM, exercise.seed])
    return Calibrated(exercise, posterior, resampled(posterior, exercise.kept, chance), off, left, disagrees)


def calibrated(exercise: Exercise, experiment: Experiment) -> Calibrated:
    """Return the posterior of the finished run of a design."""
    results = experiment.of_scenario(0)
    whole = [i for i, result in enumerate(results) if result.replicates == exercise.replicates]
    if len(whole) < FEWEST_LEFT:
        raise BadInput(f"{len(whole)} of {len(results)} draws are whole, too few for a posterior")
    counts = np.stack([counted(results[i], exercise.summaries) for i in whole])
    return calibrate(exercise, _shares(exercise)[whole], counts)


def write_calibration(folder: Path, experiment: Experiment, plain: dict[str, Any]) -> list[str]:
    """Write the posterior and what was identified; return the summary to print."""
    found = calibrated(Exercise.of_plain(plain), experiment)
    write_posterior(folder / POSTERIOR, found.draws)
    write_csv(folder / IDENTIFIED, found.identified())
    write_csv(folder / RULED_OUT, _ruled_out(found))
    return found.sentences()


def write_posterior(path: Path, draws: Sequence[Draw]) -> None:
    """Write draws as a Parquet file that every design of draws reads."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({key: [draw[key] for draw in draws] for key in draws[0]})
    with new_file(path) as file:
        pq.write_table(table, file, write_page_checksum=True)


def _shares(exercise: Exercise) -> Floats:
    """Return the points of the design."""
    return sobol_sequence(len(exercise.ranges), exercise.draws, exercise.seed)


def _ruled_out(found: Calibrated) -> pd.DataFrame:
    """Return one row per summary: the figure, the nearest draw, the draws that it alone rules out."""
    import pandas as pd

    limit = found.exercise.rule_out_above
    off = found.off
    others = [np.delete(off, i, axis=1).max(axis=1, initial=0.0) <= limit for i in range(off.shape[1])]
    rows = [
        (each.name, each.value, far.min(), float((far > limit).mean()), int((rest & (far > limit)).sum()))
        for each, far, rest in zip(found.exercise.summaries, off.T, others, strict=True)
    ]
    return pd.DataFrame(rows, columns=["summary", "published", "least", "share_ruled_out", "alone"])
