"""What is assumed: how many values, and which of those that vary between histories move the answer most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.inputs.schema.meaning import meaning_of
from bordersim.report.answer import assumed_values, by_kind, difference, spread
from bordersim.report.catalogue import Language
from bordersim.report.page.markup import said, table
from bordersim.report.told import named_figure
from bordersim.results.by_draw import Wanted
from bordersim.results.movable import can_move
from bordersim.results.paired import QUANTILES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario
    from bordersim.results.draws import Draw

    Floats = NDArray[np.float64]

MOST, PARTS = 5, 3  # values told; of the histories, those with the lowest and with the highest are compared


def assumed(scenarios: Sequence[Scenario], language: Language) -> str:
    """Return how many values of each scenario are assumed, and how many of each kind."""
    heads = (language.say(f"assumed.head.{name}") for name in ("scenario", "assumed", "all", "share"))
    rows = [row for each in scenarios for row in _counted(each, language)]
    return table(heads, rows, language.say("assumed.caption"))


def _counted(scenario: Scenario, language: Language) -> Iterator[tuple[object, ...]]:
    """Yield how many values of one scenario are assumed: of all, then of each kind."""
    of_kind = {language.say(f"assumed.kinds.{kind}"): each for kind, each in by_kind(scenario).items()}
    rows = {"": [*scenario.parameters.values()], **of_kind}
    for kind, values in rows.items():
        name, assumed = ": ".join(filter(None, (scenario.name, kind))), assumed_values(values)
        yield name, assumed, len(values), language.share(assumed / max(len(values), 1))


def movers(
    histories: Sequence[Draw], differences: Floats, figure: tuple[str, str], language: Language
) -> Iterator[str]:
    """Yield the values that the answer goes with most, with the answer where they are low and where high.

    Parameters
    ----------
    histories
        Their values by dotted key.
    differences
        The difference of the figure in each history.
    figure
        Metric and border of the answer.
    language
        In which words.
    """
    values = {key: each for key, each in varying(histories).items() if can_move(key, Wanted(*figure))}
    if not values or len(histories) < 2 * PARTS:
        return
    chosen = sorted(values, key=lambda key: -abs(_correlation(values[key], differences)))[:MOST]
    intro = language.say("movers.intro", count=len(values), figure=named_figure(*figure, language))
    heads = (language.say(f"movers.head.{name}") for name in ("value", "meaning", "low", "high"))
    rows = [(key, meaning_of(key), *_ends(values[key], differences, figure[0], language)) for key in chosen]
    yield said("p", intro)
    yield table(heads, rows, language.say("movers.caption"))


def varying(histories: Sequence[Draw]) -> Mapping[str, Floats]:
    """Return the numbers that are not the same in all histories."""
    keys = [key for key, value in histories[0].items() if isinstance(value, int | float)] if histories else []
    whole = {key: np.array([_number(each.get(key)) for each in histories]) for key in keys}
    return {key: each for key, each in whole.items() if np.isfinite(each).all() and np.ptp(each) > 0}


def _number(value: Any) -> float:
    """Return a value as a number."""
    return float(value) if isinstance(value, int | float) else np.nan


def _correlation(values: Floats, differences: Floats) -> float:
    """Return how closely two go together by rank."""
    import pandas as pd

    found = pd.DataFrame({"value": values, "difference": differences}).corr("spearman")
    closeness: Any = np.nan_to_num(found.to_numpy()[0, 1])
    return float(closeness)


def _ends(values: Floats, differences: Floats, metric: str, language: Language) -> Iterator[str]:
    """Yield the differences of the histories with the lowest and with the highest values."""
    order, third = np.argsort(values, kind="stable"), len(values) // PARTS
    for chosen in (order[:third], order[-third:]):
        low, median, high = np.quantile(differences[chosen], QUANTILES).tolist()
        middle, range_ = difference(median, metric, language), spread(low, high, metric, language)
        yield language.say("movers.cell", median=middle, range=range_)
