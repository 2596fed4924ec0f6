"""Which change did it: the changes of a scenario, each alone, all but one, and all together.

Every figure is a difference within one replicate or history, where the same people arrive with the same luck.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.errors import BadInput
from bordersim.inputs.differing import differing, with_parts_of
from bordersim.results.by_draw import Wanted, known_figures, wanted_figures
from bordersim.results.contributions import (
    ALL_CHANGES,
    ALONE,
    COLUMNS,
    INTERACTION,
    LOST,
    OTHERS,
    SUM,
    TOGETHER,
)
from bordersim.results.kept import ATTRIBUTION
from bordersim.results.paired import Interval, mean_interval
from bordersim.results.reach import reach
from bordersim.results.readings import ONLY, WITHOUT, named
from bordersim.results.tested import stretched

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario
    from bordersim.results.experiment import Experiment

    Floats = NDArray[np.float64]

PAIR = 1 + 1  # of two changes, all but one is the other alone


def attribution_of(
    reference: Scenario, scenario: Scenario, metrics: Sequence[str]
) -> tuple[list[Scenario], dict[str, Any]]:
    """Return all scenarios that tell the changes of a scenario apart, and the request as plain data.

    Raises
    ------
    BadInput
        If the scenario differs in nothing, or runs on other days; or if a change without the
        others is no valid scenario.
    """
    wanted_figures(metrics)
    for key in ("period", "run"):
        if getattr(reference.config, key) != getattr(scenario.config, key):
            raise BadInput(f"--attribute: {scenario.name} has another {key} than {reference.name}")
    paths = {".".join(path): path for path in differing(reference, scenario)}
    if not paths:
        raise BadInput(f"--attribute: {scenario.name} differs from {reference.name} in nothing")
    wanted = {ONLY: {name: [paths[name]] for name in paths}} if len(paths) > 1 else {}
    if len(paths) > PAIR:
        wanted[WITHOUT] = {name: [paths[each] for each in paths if each != name] for name in paths}
    parts = [
        _part(reference, scenario, chosen, f"{how}{name}")
        for how, by_name in wanted.items()
        for name, chosen in by_name.items()
    ]
    asked = {"kind": ATTRIBUTION, "changes": list(paths), "metrics": list(metrics), "notes": []}
    return [reference, scenario, *parts], asked


def _part(reference: Scenario, scenario: Scenario, paths: Sequence[tuple[str, ...]], name: str) -> Scenario:
    """Return the reference with some of the changes of a scenario."""
    try:
        return with_parts_of(reference, scenario, paths, named(scenario.name, name))
    except BadInput as error:
        raise BadInput(f"--attribute: {scenario.name}, {name}: {error}") from None


@dataclass(frozen=True, eq=False)
class Parts:
    """The figures of a reference, a scenario and its parts, by replicate or history.

    Parameters
    ----------
    changes
        Names of the changes.
    names
        Names of all scenarios, the reference first, the whole scenario second.
    values
        Of each figure, by scenario and replicate.
    is_given
        Whether replicates are histories.
    worth
        How many independent ones these are worth; None where that is not known.
    """

    changes: tuple[str, ...]
    names: tuple[str, ...]
    values: Mapping[Wanted, Floats]
    is_given: bool
    worth: float | None = None

    @classmethod
    def of(cls, experiment: Experiment, changes: Sequence[str]) -> Parts:
        """Read all figures of an experiment."""
        values = {Wanted(each.metric, each.country): found[:, 0] for each, found in experiment.each_figure()}
        return cls(tuple(changes), tuple(experiment.names), values, experiment.is_given, experiment.worth)

    def only(self, change: str) -> int:
        """Return which scenario has this change alone; where there is no other, the whole one."""
        if len(self.changes) == 1:
            return 1
        return self.names.index(named(self.names[1], f"{ONLY}{change}"))

    def without(self, change: str) -> int:
        """Return which scenario has all changes but this; where there is no other, the reference."""
        if len(self.changes) == 1:
            return 0
        if len(self.changes) == PAIR:
            (other,) = (each for each in self.changes if each != change)
            return self.only(other)
        return self.names.index(named(self.names[1], f"{WITHOUT}{change}"))

    def spread(self, values: Floats) -> tuple[Interval, int]:
        """Return the mean and its interval or, of histories, the median and what holds nine in ten."""
        known = values[np.isfinite(values)]
        if not self.is_given or not len(known):
            return mean_interval(known), len(known)
        low, median, high = reach(known, self.worth)
        return Interval(median, low, high), len(known)

    def reach(self, wanted: Wanted, values: Floats) -> tuple[Interval, int]:
        """Return the same of a difference in a figure, stretched as in a comparison."""
        found, count = self.spread(values)
        if not self.is_given:
            return found, count
        ends = stretched(wanted.metric, wanted.country, found.low, found.mean, found.high)
        return Interval(found.mean, *ends), count


def contributions(parts: Parts, wanted: Sequence[Wanted]) -> pd.DataFrame:
    """Return what each change contributes to some figures.

    Measures: ``alone``, the change minus the reference; ``lost when left out``, all changes minus all others;
    ``with the others``, the second less the first; of all changes ``together``, ``sum of each alone`` and
    ``interaction``, the first less the second.
    """
    import pandas as pd

    rows = [
        (*each, known_figures()[each].unit, change, measure, *found, count)
        for each in wanted
        for change, measure, values in _contrasts(parts, parts.values[each])
        for found, count in [parts.reach(each, values)]
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _contrasts(parts: Parts, values: Floats) -> Iterator[tuple[str, str, Floats]]:
    """Yield each contribution to one figure by replicate, of the replicates that all scenarios have."""
    whole = np.isfinite(values).all(axis=0)
    reference, everything = values[0, whole], values[1, whole]
    total = np.zeros(int(whole.sum()))
    for change in parts.changes:
        alone = values[parts.only(change), whole] - reference
        lost = everything - values[parts.without(change), whole]
        total += alone
        yield from ((change, ALONE, alone), (change, LOST, lost), (change, OTHERS, lost - alone))
    together = everything - reference
    yield ALL_CHANGES, TOGETHER, together
    yield ALL_CHANGES, SUM, total
    yield ALL_CHANGES, INTERACTION, together - total
