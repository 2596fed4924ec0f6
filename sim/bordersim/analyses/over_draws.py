"""A sweep on one screen: each figure over all draws, and which keys go with it more clearly than chance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.analyses.closeness import FALSE_ALARM, clearly_close
from bordersim.inputs.metadata import is_number
from bordersim.report.pictures.differences import numbers
from bordersim.report.sheets import Sheet
from bordersim.results.by_draw import Answers, Wanted, known_figures
from bordersim.results.movable import can_move

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

QUANTILES = (0.5, 0.05, 0.95)  # median, and where nine tenths of the draws lie
LOW_END, HIGH_END = 0.2, 0.8  # the lowest and the highest fifth of what was drawn of a key
KEYS_TOLD = 3  # of each figure
NAMED = ("metric", "border", "unit")
FIFTHS = (
    "What goes with a figure: its median in the fifth of the draws with a key's lowest values, and in that"
    " with its highest (90 % of those draws). Named are keys that could move it and whose rank correlation"
    f" with it is clearer than chance, {KEYS_TOLD} at most: where none matters, one is named for 1 figure in"
    f" {1 / FALSE_ALARM:.0f}, however many keys vary."
)


class _Moved(NamedTuple):
    """What a figure is at both ends of a key: up to and from which values they reach, and the means there."""

    key: str
    ends: tuple[float, float]
    low: Floats
    high: Floats

    @property
    def row(self) -> tuple[str, str, str]:
        """The key and both ends in words."""
        return self.key, _end("to", self.ends[0], self.low), _end("from", self.ends[1], self.high)


def overview_sheets(answers: Answers) -> Iterator[Sheet]:
    """Yield each figure over all draws and what it is at both ends of a key; one pair for each scenario.

    With several scenarios these are the paired differences to the first.
    """
    reference, *others = answers.names
    if not others:
        yield _alone(answers)
        yield from _ends_sheets(answers, 0, reference)
    for place, name in enumerate(others, start=1):
        yield _compared(answers, place, f"{name} minus {reference}")
        yield from _ends_sheets(answers, place, f"{name} minus {reference}")


def _alone(answers: Answers) -> Sheet:
    """Return the figures of one scenario over all draws."""
    header = (*NAMED, "median", "90 % of draws")
    rows: list[tuple[str, ...]] = [
        (*_named(each), *_spread(_means(answers, each, 0))) for each in answers.values
    ]
    return Sheet(f"{_over(answers)}: {answers.names[0]}", header, rows)


def _compared(answers: Answers, place: int, minus: str) -> Sheet:
    """Return the figures of a reference and a scenario, and their differences, over all draws."""
    names = answers.names[0], answers.names[place]
    header = (*NAMED, *names, "difference", "90 % of draws", "more / fewer")
    title = f"{_over(answers)}; differences within each draw: {minus}"
    return Sheet(title, header, [_compared_row(answers, each, place) for each in answers.values])


def _over(answers: Answers) -> str:
    """Return over what figures are told: where all draws share their chance, a range does not hold it."""
    count = next(iter(answers.values.values())).shape[-1]
    runs = "one replicate" if count == 1 else f"the mean of {count} replicates"
    return f"medians over {len(answers.draws)} draws, each {runs} with the same chance in all"


def _compared_row(answers: Answers, wanted: Wanted, place: int) -> tuple[str, ...]:
    """Write one figure of both, their difference and its sign in the draws."""
    means = answers.means(wanted)
    by_draw = _means(answers, wanted, place)
    known = by_draw[np.isfinite(by_draw)]
    medians = (np.median(_known(means[:, 0])), np.median(_known(means[:, place])))
    before, after, middle, low, high = numbers(*medians, *_quantiles(by_draw))
    signs = f"{(known > 0).sum()} / {(known < 0).sum()} of {len(known)}"
    return *_named(wanted), before, after, middle, f"{low} to {high}", signs


def _ends_sheets(answers: Answers, place: int, what: str) -> Iterator[Sheet]:
    """Yield for each figure what it is at both ends of the keys that go with it; how to read it, last."""
    header = ("key", "in its lowest fifth", "in its highest fifth")
    found = {each: _ends_rows(answers, each, place) for each in answers.values}
    told = [each for each, rows in found.items() if rows]
    for each in told:
        yield Sheet(
            f"what goes with {each}, {what}", header, found[each], (FIFTHS,) if each == told[-1] else ()
        )
    if others := [str(each) for each in found if each not in told]:
        yield Sheet(
            f"no key goes with these more clearly than chance, {what}: {', '.join(others)}", header, []
        )


def _ends_rows(answers: Answers, wanted: Wanted, place: int) -> list[tuple[str, ...]]:
    """Return a row for each of the keys that go with a figure most closely, if clearer than chance."""
    by_draw = _means(answers, wanted, place)
    keys = _varied(answers, wanted, by_draw)
    most = clearly_close(keys, _known(by_draw))[:KEYS_TOLD]
    return [_moved(key, keys[key], _known(by_draw)).row for key in most]


def _end(word: str, value: float, means: Floats) -> str:
    """Write the values at an end of a key, and the figure there."""
    middle, reach = _spread(means)
    return f"{word} {value:.4g}: {middle} ({reach})"


def _varied(answers: Answers, wanted: Wanted, by_draw: Floats) -> dict[str, Floats]:
    """Return what was drawn of each key that could move a figure, but of words and what never differs."""
    known = np.isfinite(by_draw)
    found = {}
    for key in answers.keys:
        values = [draw[key] for draw in answers.draws]
        if can_move(key, wanted) and all(map(is_number, values)):
            drawn = np.array(values, dtype=np.float64)[known]
            if drawn.size and drawn.min() < drawn.max():
                found[key] = drawn
    return found


def _moved(key: str, drawn: Floats, known: Floats) -> _Moved:
    """Return a figure at both ends of a key."""
    low, high = np.quantile(drawn, (LOW_END, HIGH_END))
    return _Moved(key, (low, high), known[drawn <= low], known[drawn >= high])


def _means(answers: Answers, wanted: Wanted, place: int) -> Floats:
    """Return by draw the mean of a figure: of the first scenario, or of the paired difference to it."""
    means = answers.means(wanted)
    return means[:, place] - means[:, 0] if place else means[:, 0]


def _named(wanted: Wanted) -> tuple[str, str, str]:
    """Return metric, border and unit."""
    return wanted.metric, wanted.country, known_figures()[wanted].unit


def _spread(values: Floats) -> tuple[str, str]:
    """Write the median of some draws, and where nine tenths of them lie."""
    middle, low, high = numbers(*_quantiles(values))
    return middle, f"{low} to {high}"


def _quantiles(values: Floats) -> Floats:
    """Return median and both ends of nine tenths; nothing known where no draw has the figure."""
    known = _known(values)
    nothing = np.full(len(QUANTILES), np.nan)
    return np.quantile(known, QUANTILES) if known.size else nothing


def _known(values: Floats) -> Floats:
    """Return those that are known."""
    return values[np.isfinite(values)]
