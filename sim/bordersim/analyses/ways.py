"""The way a change works: what it alone moves between the day people set out and the day they are met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.results.by_draw import Wanted
from bordersim.results.contributions import WAY_COLUMNS
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.analyses.attribution import Parts

    Floats = NDArray[np.float64]


class Step(NamedTuple):
    """One step on the way: a figure, or one over another, in words that a reader understands."""

    words: str
    unit: str
    metric: str
    over: str = ""


# In the order in which an attempt meets them.
STEPS = (
    Step("attempts", "attempts", "attempts"),
    Step("stopped by Belarus before they set out", "attempts", "stopped_by_host"),
    Step("noticed, of all attempts", "share", "detected", "attempts"),
    Step("turned round at the sight of a patrol, of all attempts", "share", "turned_round", "attempts"),
    Step("gave up without meeting guards, of all attempts", "share", "withdrawn", "attempts"),
    Step("hours from being noticed to the arrival of a patrol", "h", "response_time_h"),
    Step("groups for which every patrol was busy, of those noticed", "share", "saturated_share"),
    Step("reached in time by a patrol, of those noticed", "share", "intercepted", "detected"),
    Step("stopped before the line, of all attempts", "share", "entry_prevented", "attempts"),
    Step("sent back after the line, of all attempts", "share", "turned_back", "attempts"),
    Step("admitted to the asylum procedure at the line, of all attempts", "share", "apprehended", "attempts"),
    Step("entered unstopped, of all attempts", "share", "unstopped_entries", "attempts"),
    Step("returns of people returned before", "returns", "repeat_returns"),
)


def ways(parts: Parts) -> pd.DataFrame:
    """Return how each change alone moves every step at every border, with its range."""
    import pandas as pd

    return pd.DataFrame(list(_ways(parts)), columns=list(WAY_COLUMNS))


def _ways(parts: Parts) -> Iterator[tuple[object, ...]]:
    """Yield the rows."""
    for change in parts.changes:
        for country in COUNTRIES:
            for step in STEPS:
                values = _values(parts, step, country)
                usual, moved = values[0], values[parts.only(change)] - values[0]
                found, count = parts.spread(moved)
                yield change, country, step.words, step.unit, parts.spread(usual)[0].mean, *found, count


def _values(parts: Parts, step: Step, country: str) -> Floats:
    """Return a step by scenario and replicate; NaN where nothing is below the line."""
    above = parts.values[Wanted(step.metric, country)]
    if not step.over:
        return above
    below = parts.values[Wanted(step.over, country)]
    share: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return share
