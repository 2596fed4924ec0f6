"""The stopping rule: add replicates until the interval of every watched figure is narrow enough.

An interval that one keeps looking at until it is narrow covers the truth a little less often than it says,
since a sample that happens to vary little stops early. What keeps that small: nobody looks before 100
replicates, only at whole blocks of 50, and each look asks for as many replicates as the variance seen so far
says are needed and a tenth more, so that there are few looks. A test holds how often such an interval covers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bordersim.errors import BadInput
from bordersim.results.by_draw import Answers, Wanted
from bordersim.results.paired import mean_interval
from bordersim.results.store.blocks import BLOCK_REPLICATES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from bordersim.experiments.settings import Settings
    from bordersim.results.experiment import Experiment

    Run = Callable[[Settings], Experiment]
    Expand = Callable[[Path | str, int, Settings], Experiment]

UNTIL = "--until-halfwidth"
FIRST_LOOK = 100
MARGIN = 1.1
MOST = 2000


@dataclass(frozen=True)
class Rule:
    """A stopping rule.

    Parameters
    ----------
    target
        Half-width of the 95 % interval as a share of the mean of the reference [share].
    most
        Replicates at most.
    watched
        Figures that must all be that narrow.
    """

    target: float
    most: int
    watched: tuple[Wanted, ...]


@dataclass(frozen=True)
class Width:
    """How wide the interval of a figure is; of a difference, relative to the mean of the reference."""

    wanted: Wanted
    scenario: str
    relative: float


def parse_share(text: str) -> float:
    """Read 5% or 0.05."""
    number = text.strip()
    try:
        share = float(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
    except ValueError:
        share = math.nan
    if not 0 < share < 1:
        raise BadInput(f"{UNTIL} {text}: must be a share between 0 and 1, like 5% or 0.05")
    return share


def rule_of(until: str, most: int, watched: Sequence[Wanted]) -> Rule:
    """Read the stopping rule."""
    if most < FIRST_LOOK:
        raise BadInput(f"--max-replicates {most}: {UNTIL} does not look before {FIRST_LOOK} replicates")
    return Rule(parse_share(until), most, tuple(watched))


def widths(answers: Answers) -> list[Width]:
    """Return how wide each interval is: of the mean, or of each paired difference where there are several."""
    found = []
    for wanted, values in answers.values.items():
        reference = values[0, 0]
        for name, each in zip(answers.names[1:], values[0, 1:], strict=True):
            found.append(Width(wanted, name, _relative(each - reference, reference)))
        if len(answers.names) == 1:
            found.append(Width(wanted, answers.names[0], _relative(reference, reference)))
    return found


def wanted_replicates(rule: Rule, replicates: int, widest: float) -> int:
    """Return how many replicates to go on to: `replicates` itself when it is time to stop."""
    if widest <= rule.target or replicates >= rule.most:
        return replicates
    if not math.isfinite(widest):
        return rule.most
    needed = MARGIN * replicates * (widest / rule.target) ** 2
    blocks = max(math.ceil(needed / BLOCK_REPLICATES), replicates // BLOCK_REPLICATES + 1)
    return min(blocks * BLOCK_REPLICATES, rule.most)


def narrowed(run: Run, expand: Expand, settings: Settings, rule: Rule) -> tuple[Experiment, str]:
    """Run, look, and continue until the rule is met; also return whether it was."""

    experiment = run(replace(settings, replicates=FIRST_LOOK))
    have = FIRST_LOOK
    while True:
        found = widths(Answers.of(experiment, rule.watched))
        go_to = wanted_replicates(rule, have, max(width.relative for width in found))
        if go_to == have or experiment.folder is None:
            break
        if settings.tell:
            settings.tell(f"{have} replicates: {_words(found)}; continuing to {go_to}")
        experiment, have = expand(experiment.folder, go_to, replace(settings, pictures=())), go_to
    return experiment, verdict(rule, have, found)


def verdict(rule: Rule, replicates: int, found: Sequence[Width]) -> str:
    """Return whether the intervals are as narrow as requested, and if not which is the widest."""
    if all(width.relative <= rule.target for width in found):
        return f"stopped at {replicates} replicates: {_words(found)}, at most {rule.target:.3g} was requested"
    return f"gave up at {replicates} replicates: {_words(found)}, at most {rule.target:.3g} was requested"


def _words(found: Sequence[Width]) -> str:
    widest = max(found, key=lambda width: width.relative)
    return f"widest half-width {widest.relative:.3g} of the mean ({widest.wanted}, {widest.scenario})"


def _relative(values: NDArray[np.float64], reference: NDArray[np.float64]) -> float:
    """Return the half-width of the interval over the mean of the reference; 0 if nothing varies."""
    known = np.isfinite(values)
    interval = mean_interval(values[known])
    half = (interval.high - interval.low) / 2
    if not np.isfinite(half):
        return math.inf
    mean = abs(float(reference[known].mean()))
    return half / mean if mean > 0 else (math.inf if half > 0 else 0.0)
