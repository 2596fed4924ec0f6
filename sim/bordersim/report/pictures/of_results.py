"""What the plot methods of results draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bordersim.report.pictures.setting import own_style

from bordersim.errors import UnknownNameError
from bordersim.inputs.arguments import text
from bordersim.inputs.nearest import did_you_mean
from bordersim.report.pictures.curves import daily_curve, load_record
from bordersim.report.pictures.differences import words
from bordersim.report.pictures.forest import difference_plot
from bordersim.report.pictures.map_differences import difference_map
from bordersim.report.pictures.maps import border_map
from bordersim.report.pictures.plots import BORDERS, joined_daily, regime_changes
from bordersim.report.pictures.stretches import stretch_plot
from bordersim.report.pictures.style import COUNTRY_NAMES, NORMAL, SMALL
from bordersim.report.pictures.titles import Said
from bordersim.results.store.for_plots import Drawn
from bordersim.words.metrics import DERIVED
from bordersim.words.valued import DAILY_NAMES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bordersim.results.paired import Comparison
    from bordersim.results.store.result import Result

BY_DAY = (*DAILY_NAMES, *(each.name for each in DERIVED))


@own_style()
def days(results: Sequence[Result], metric: str, country: str, *, axes: Axes | None) -> Axes:
    """Draw a metric day by day, with what was published of it."""
    _refuse_unknown("metric", metric, BY_DAY)
    _refuse_unknown("country", country, BORDERS)
    thin = [Drawn(result, (metric,)) for result in results]
    axes = daily_curve(
        joined_daily(thin, (metric,)),
        metric=metric,
        country=country,
        record=load_record(metric, country),
        changes=regime_changes(results)[country],
        titles=Said.of(results).titles,
        axes=axes,
    )
    axes.set_title(f"{COUNTRY_NAMES[country]}: {words(metric)}", fontsize=NORMAL, loc="left")
    axes.legend(frameon=False, fontsize=SMALL)
    return axes


@own_style()
def stretches(result: Result, *, axes: Axes | None) -> Axes:
    """Draw attempts and entries by stretch."""
    return stretch_plot(Drawn(result, ()).stretches, axes=axes)


@own_style()
def border(result: Result, *, axes: Axes | None) -> Axes:
    """Draw attempts along the borders."""
    return border_map(Drawn(result, ()), axes=axes)


@own_style()
def differences(comparison: Comparison, scenario: str | None, *, axes: Axes | None) -> Axes:
    """Draw the paired differences of one scenario."""
    table = comparison.table
    chosen = _chosen(scenario, table["scenario"].unique().tolist())
    said = Said.of([comparison.reference, *comparison.scenarios])
    return difference_plot(table[table["scenario"] == chosen], said=said, axes=axes)


@own_style()
def difference_along_border(comparison: Comparison, scenario: str | None, *, axes: Axes | None) -> Axes:
    """Draw where there are more attempts than in the reference, and where fewer."""
    chosen = _chosen(scenario, [result.name for result in comparison.scenarios])
    result = next(each for each in comparison.scenarios if each.name == chosen)
    frames = (Drawn(each, ()).segments for each in (comparison.reference, result))
    return difference_map(*frames, axes=axes)


def _chosen(scenario: str | None, names: Sequence[str]) -> str:
    """Return a scenario that is there, the first unless one is named."""
    if scenario is None:
        return names[0]
    _refuse_unknown("scenario", scenario, names)
    return scenario


def _refuse_unknown(what: str, name: str, known: Iterable[str]) -> None:
    """Raise for a name that is not known."""
    if text(what, name) not in (names := list(known)):
        raise UnknownNameError(f"{what}: '{name}' cannot be drawn{did_you_mean(name, names)}")
