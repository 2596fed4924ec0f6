"""The data dictionary of analyses: the columns of what a calibration and an assimilation leave."""

from __future__ import annotations

from bordersim.results.store.described import Column
from bordersim.words.codes import COUNTRIES


def _percentiles(unit: str, of: str) -> tuple[Column, ...]:
    """Return the columns of a 90 % interval."""
    return (
        Column("low", unit, f"5th percentile of {of}"),
        Column("median", unit, f"median of {of}"),
        Column("high", unit, f"95th percentile of {of}"),
    )


def _parameter(of: str) -> tuple[Column, ...]:
    """Return the columns with which a row about a varied parameter begins."""
    return (
        Column("parameter", "", "key that was drawn"),
        Column("unit", "", "unit of the parameter"),
        Column("prior_low", "of the parameter", "lower end of the uniform prior"),
        Column("prior_high", "of the parameter", "upper end of the prior"),
        *_percentiles("of the parameter", of),
    )


# Of a calibration and of the prediction from it.
CALIBRATION = {
    "identified.csv": (
        *_parameter("the posterior"),
        Column("width_ratio", "", "width of the 90 % interval: posterior over prior"),
        Column("identified", "", "True: at most 0.8 of the prior wide"),
    ),
    "ruled_out.csv": (
        Column("summary", "", "border, series and days of a fitted figure"),
        Column("published", "events", "the figure"),
        Column("least", "", "implausibility of the draw that comes nearest [standard deviations]"),
        Column("share_ruled_out", "share", "draws that this figure rejects"),
        Column("alone", "", "draws that no other figure rejects"),
    ),
    "posterior_check.csv": (
        Column("summary", "", "border, series and days of a fitted figure"),
        Column("published", "events", "the figure"),
        *_percentiles("events", "what the posterior gives"),
        Column("share_below", "share", "simulations below the figure, those equal to it counted half"),
    ),
    "split.csv": (
        Column("year", "", "calendar year with a published total of each border"),
        Column("country", "", "border; LT+LV+PL: their sum"),
        Column("in_sample", "", "True: the year was fitted"),
        Column(
            "published", "share, sum: events", "share of the published sum over the borders; the sum itself"
        ),
        *_percentiles("share, sum: events", "what the posterior gives"),
    ),
    "posterior.parquet": (
        Column("<key>", "of the key", "the value of the key in this draw of the posterior"),
    ),
}
_ENDS = {"low": "5th percentile", "median": "median", "high": "95th percentile"}
# Of an assimilation.
ASSIMILATION = {
    "evidence.csv": (
        Column("leg", "", "number of the leg, from 0"),
        Column("round", "", "number of the round of filters of the leg, from 0"),
        Column("filters", "", "filters of the round"),
        Column("log_evidence", "", "logarithm of how probable its windows are, but for a constant"),
        Column("sd", "", "standard deviation of that over filters: their noise"),
        Column("effective_filters", "", "1 over the sum of the squares of their weights by evidence"),
        Column("roots_of_a_filter", "", "first particles that have offspring at the end, on average"),
        Column("sets", "", "sets of values in the pool"),
    ),
    "values.csv": (
        *_parameter("the histories"),
        Column("width_ratio", "", "width of the 90 % interval: histories over prior"),
        Column("correlation_with_half_way", "", "of the ends of the chains with their middles"),
    ),
    "windows.csv": (
        *(Column(name, "", "of the published figure") for name in ("country", "series", "resolution")),
        Column("spans", "", "how many pieces the window has; shorter ones of its series are cut out"),
        Column("value", "events", "published count, less that of shorter windows in it"),
        Column("low", "events", "the lowest of the reports"),
        Column("high", "events", "the highest of the reports"),
        Column("first", "date", "first day"),
        Column("last", "date", "last day"),
        Column("used", "", "False: left out, seen by no filter and no chain"),
        Column("modelled_low", "events", "5th percentile of what might be published given the histories"),
        Column("modelled_median", "events", "median of the counts of the histories"),
        Column("modelled_high", "events", "95th percentile of what might be published given the histories"),
        Column("modelled_inside", "", "True: the published count lies between them"),
        Column("expected_low", "events", "5th percentile of what was expected before the window was seen"),
        Column("expected_median", "events", "median of the counts that were expected"),
        Column("expected_high", "events", "95th percentile of what was expected before it was seen"),
        Column("expected_inside", "", "True: the published count lies between them"),
    ),
    "ancestors.csv": (
        Column("month", "", "month"),
        Column("ancestors", "", "different keys that the histories draw from in its middle"),
        Column("effective", "", "1 over the sum of the squares of their shares"),
    ),
    "independence.csv": (
        Column("histories", "", "histories of the posterior"),
        Column("sets", "", "sets of values that differ by more than 5 % of some range"),
        Column("worth", "", "how many independent histories say as much"),
        Column("correlation_with_half_way", "", "of all values at the ends of the chains with their middles"),
    ),
    "wanderings.csv": (
        Column("date", "date", "Lithuanian day"),
        *(
            Column(f"mind_{country}_{end}", "", f"{of} of log(steering to it / answer to success)")
            for country in COUNTRIES
            for end, of in _ENDS.items()
        ),
        *(
            Column(f"inflow_factor_{end}", "", f"{of} of how many come over the plan")
            for end, of in _ENDS.items()
        ),
    ),
    "chains.csv": (
        Column("leg", "", "number of the leg, from 0"),
        Column("change", "", "of one value, of all values, of the luck of some days"),
        Column("tried", "", "changes tried by all chains"),
        Column("taken", "", "changes taken"),
        Column("share_taken", "share", "taken over tried"),
    ),
}
_SPREAD = (
    Column(
        "low", "of the figure", "lower end of the 95 % interval of the mean; of histories: 5th percentile"
    ),
    Column("high", "of the figure", "upper end of the 95 % interval; of histories: 95th percentile"),
    Column("replicates", "", "replicates or histories that all scenarios have"),
)
_CHANGE = Column(
    "change", "", "part of the scenario that differs from the reference; all changes: all of them"
)
# Of a comparison with --attribute.
ATTRIBUTION = {
    "attribution.csv": (
        *(Column(name, "", "of the figure") for name in ("metric", "country", "unit")),
        _CHANGE,
        Column(
            "measure",
            "",
            "alone: the change alone minus the reference; lost when left out: all changes minus all but this;"
            " with the others: the second less the first; together: all changes minus the reference; sum of"
            " each alone; interaction: together less that sum",
        ),
        Column("value", "of the figure", "mean over replicates; of histories: median"),
        *_SPREAD,
    ),
    "attribution_way.csv": (
        _CHANGE,
        Column("country", "", "border"),
        Column("step", "", "what an attempt meets, in order"),
        Column("unit", "", "unit of the step"),
        Column("reference", "of the step", "mean or median under the reference"),
        Column("value", "of the step", "mean or median difference: the change alone minus the reference"),
        *_SPREAD,
    ),
}
