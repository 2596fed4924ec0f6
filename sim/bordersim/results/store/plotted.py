"""How results draw themselves: by functions that are handed to them, since drawing stands above results."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HANDED: dict[str, str] = {}


def hand_over(module: str) -> None:
    """Name the module that draws; it is imported with the first picture."""
    _HANDED["module"] = module


def _draw(name: str, *given: Any, axes: Axes | None) -> Axes:
    """Call a function of the module that draws."""
    drawn: Axes = getattr(import_module(_HANDED["module"]), name)(*given, axes=axes)
    return drawn


class PlottedResult:
    """The pictures of a result. Each takes axes to draw on, or makes some, and returns them."""

    def plot_days(self, metric: str = "attempts", country: str = "LT", *, axes: Axes | None = None) -> Axes:
        """Draw a metric day by day: median with bands of 50 and 90 %, and what was published.

        Parameters
        ----------
        metric
            Any column of `daily` that is counted or derived, in its unit (`docs/metrics.md`).
        country
            "LT", "LV" or "PL".
        axes
            Where to draw; None for axes in a new figure.

        Returns
        -------
        matplotlib.axes.Axes
            The axes; `axes.figure.savefig` saves them.

        Raises
        ------
        UnknownNameError
            If there is no such metric or country.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> result.plot_days("record_apprehended", "LT").get_ylabel()
        'events a day'
        """
        return _draw("days", [self], metric, country, axes=axes)

    def plot_stretches(self, *, axes: Axes | None = None) -> Axes:
        """Draw attempts and unstopped entries by stretch, from north to south, with their 90 % range.

        Parameters
        ----------
        axes
            Where to draw; None for axes in a new figure.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> len(result.plot_stretches().patches)  # two bars for each of 24 stretches
        48
        """
        return _draw("stretches", self, axes=axes)

    def plot_map(self, *, axes: Axes | None = None) -> Axes:
        """Draw attempts along the three borders, with the barrier, stations and crossing points.

        Whoever shows the map elsewhere owes its attribution: © OpenStreetMap contributors (ODbL).

        Parameters
        ----------
        axes
            Where to draw; None for axes in a new figure.

        Returns
        -------
        matplotlib.axes.Axes
            The axes, in km from the middle of the map.

        Examples
        --------
        >>> from bordersim import run
        >>> result = run("history_2021", replicates=2, set={"period.end": "2021-05-07"})
        >>> float(result.plot_map().get_aspect())
        1.0
        """
        return _draw("border", self, axes=axes)


class PlottedComparison:
    """The pictures of a comparison. Each takes axes to draw on, or makes some, and returns them."""

    def plot_days(self, metric: str = "attempts", country: str = "LT", *, axes: Axes | None = None) -> Axes:
        """Draw a metric day by day in all scenarios; as `Result.plot_days`.

        Examples
        --------
        >>> from bordersim import compare
        >>> until = {"period.end": "2021-08-05"}
        >>> made = compare("history_2021", "no_turn_back_2021", replicates=2, set=until)
        >>> made.plot_days("attempts", "PL").get_ylabel()
        'attempts a day'
        """
        return _draw("days", _all(self), metric, country, axes=axes)

    def plot_differences(self, scenario: str | None = None, *, axes: Axes | None = None) -> Axes:
        """Draw the paired differences of a scenario to the reference, with their ranges, ledger by ledger.

        Parameters
        ----------
        scenario
            Name of the scenario in the table; None for the first.
        axes
            Where to draw; None for axes in a new figure that has room for all rows.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.

        Raises
        ------
        UnknownNameError
            If there is no such scenario.

        Examples
        --------
        >>> from bordersim import compare
        >>> until = {"period.end": "2021-08-05"}
        >>> made = compare("history_2021", "no_turn_back_2021", replicates=2, set=until)
        >>> axes = made.plot_differences()
        """
        return _draw("differences", self, scenario, axes=axes)

    def plot_map(self, scenario: str | None = None, *, axes: Axes | None = None) -> Axes:
        """Draw where there are more attempts than in the reference, and where fewer.

        Parameters
        ----------
        scenario
            Name of the scenario; None for the first.
        axes
            Where to draw; None for axes in a new figure.

        Returns
        -------
        matplotlib.axes.Axes
            The axes, in km from the middle of the map.

        Raises
        ------
        UnknownNameError
            If there is no such scenario.

        Examples
        --------
        >>> from bordersim import compare
        >>> until = {"period.end": "2021-08-05"}
        >>> made = compare("history_2021", "no_turn_back_2021", replicates=2, set=until)
        >>> float(made.plot_map("no_turn_back_2021").get_aspect())
        1.0
        """
        return _draw("difference_along_border", self, scenario, axes=axes)


def _all(comparison: Any) -> list[Any]:
    """Return the results of a comparison, the reference first."""
    return [comparison.reference, *comparison.scenarios]
