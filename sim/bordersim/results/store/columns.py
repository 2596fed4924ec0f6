"""The data dictionary: unit and definition of every column of every file of a run."""

from __future__ import annotations

from collections.abc import Iterable

from bordersim.results.ledgers import EXTRA
from bordersim.results.store.analysis_columns import ASSIMILATION, ATTRIBUTION, CALIBRATION
from bordersim.results.store.blocks import COLUMNS
from bordersim.results.store.described import Column
from bordersim.results.store.picture_columns import PICTURE_COLUMNS
from bordersim.words.codes import STATES
from bordersim.words.metrics import BUILT, DERIVED, PEOPLE_METRICS
from bordersim.words.valued import DAILY

_MEASURES = {
    m.name: Column(m.name, m.unit, m.definition) for m in (*DAILY, *DERIVED, *PEOPLE_METRICS, *BUILT)
}
_STATES = {s: Column(s, "people", f"people in the state {s} at the end of the day") for s in STATES}
_KEYS = {
    column.name: column
    for column in (
        Column("scenario", "", "name of the scenario"),
        Column("reference", "", "name of the scenario it is compared with"),
        Column("replicate", "", "index of the repetition, from 0; pairs the scenarios"),
        Column("date", "date", "Lithuanian day, as a timestamp at midnight without a time zone"),
        Column("country", "", "border: LT, LV or PL; LV+PL or all for sums over borders"),
        Column("segment", "", "index of the border segment, LT first, then LV, then PL, by chainage"),
        Column("stretch", "", "the segments in charge of one station, by its name"),
        Column("from_km", "km", "chainage where it begins"),
        Column("to_km", "km", "chainage where it ends"),
        Column("ledger", "", "entry, protection, guards, money; record: simulated official counts"),
        Column("metric", "", "what is measured; sum over all days of the run"),
        Column("unit", "", "unit of the metric"),
        Column("mean", "of the metric", "mean over replicates"),
        Column("low", "of the metric", "lower end of the 95 % t-interval of the mean"),
        Column("high", "of the metric", "upper end of the 95 % t-interval of the mean"),
        Column("q05", "of the metric", "5 % quantile of the replicates"),
        Column("median", "of the metric", "median of the replicates"),
        Column("q95", "of the metric", "95 % quantile of the replicates"),
        Column("replicates", "", "replicates that enter (a ratio with nothing below the line is left out)"),
        Column("missing", "", "replicates that were asked for and are not there; see failed.csv"),
        Column("draws", "", "sets of values on top of the scenarios; only with several draws"),
        Column("random_variation_share", "share", "share of the variance that is between replicates"),
        Column(
            "parameter_uncertainty_share", "share", "share of the variance that is between draws of values"
        ),
        Column("reference_mean", "of the metric", "mean of the reference over the paired replicates"),
        Column("scenario_mean", "of the metric", "mean of the scenario over the paired replicates"),
        Column("difference", "of the metric", "mean paired difference: scenario minus reference"),
    )
}
_PAIRED = {
    "low": Column("low", "of the metric", "lower end of the 95 % t-interval of the mean paired difference"),
    "high": Column("high", "of the metric", "upper end of the 95 % t-interval of the mean paired difference"),
    "reference_median": Column("reference_median", "of the metric", "median of the reference over histories"),
    "scenario_median": Column("scenario_median", "of the metric", "median of the scenario over histories"),
    "range_low": Column(
        "range_low",
        "of the metric",
        "lower end of the 90 % range: somewhat below q05, as few histories are independent, and farther where"
        " tests on borders with a known truth found such ranges too narrow",
    ),
    "range_high": Column("range_high", "of the metric", "upper end of the 90 % range: somewhat above q95"),
    "q05": Column("q05", "of the metric", "5 % quantile of the paired differences of histories"),
    "median": Column("median", "of the metric", "median of the paired differences of histories"),
    "q95": Column("q95", "of the metric", "95 % quantile of the paired differences of histories"),
    "more": Column("more", "", "histories in which the scenario has more than the reference"),
    "fewer": Column("fewer", "", "histories in which it has fewer"),
}

METRICS_COLUMNS = (
    *("scenario", "ledger", "metric", "country", "unit"),
    *("mean", "low", "high", "q05", "median", "q95", "replicates", "missing"),
)
# With several draws also:
SHARES_COLUMNS = ("draws", "random_variation_share", "parameter_uncertainty_share")
COMPARISON_COLUMNS = (
    *("reference", "scenario", "ledger", "metric", "country", "unit"),
    *("reference_mean", "scenario_mean", "difference", "low", "high", "replicates", "missing"),
)
# Of histories, each of which is one replicate: what is to be quoted first, the interval of the mean last.
HISTORY_COLUMNS = (
    *("reference", "scenario", "ledger", "metric", "country", "unit"),
    *("reference_median", "scenario_median", "median", "range_low", "range_high"),
    *("q05", "q95", "more", "fewer", "replicates", "missing"),
    *("reference_mean", "scenario_mean", "difference", "low", "high"),
)
_YEARS = {
    column.name: column
    for column in (
        Column("year", "", "calendar year, covered by the run from its first day to its last"),
        Column("counted", "", "metrics of the record that are added up; all: the three borders"),
        Column("q05", "events", "5 % quantile of the replicates"),
        Column("median", "events", "median of the replicates"),
        Column("q95", "events", "95 % quantile of the replicates"),
        Column("published", "events", "published total; empty where none is; all: sum of the three"),
        Column("published_low", "events", "the lowest of the published reports"),
        Column("published_high", "events", "the highest of the published reports"),
        Column("published_counted", "", "what the published total holds, and to which day if not the last"),
        Column("sources", "", "addresses of the published figures"),
        Column("put_in", "", "what of the year had been put in; circular: the sum over the borders was"),
    )
}
YEARS_COLUMNS = (
    *("scenario", "year", "country", "counted", "q05", "median", "q95", "replicates"),
    *("published", "published_low", "published_high", "published_counted", "sources", "put_in"),
)
_DRAWN = {
    column.name: column
    for column in (
        Column("draw", "", "number of the draw, from 0: one set of values, put on every scenario alike"),
        Column("low", "of the metric", "lower end of the 95 % t-interval in this draw"),
        Column("high", "of the metric", "upper end of the 95 % t-interval in this draw"),
        Column("replicates", "", "replicates of this draw that enter"),
    )
}
_INDEX = {
    column.name: column
    for column in (
        Column("scenario", "", "scenario, or one minus the reference: the paired difference of each draw"),
        Column("rank", "", "1 for the parameter that tells most: by total (sobol) or mean_change (morris)"),
        Column("key", "", "parameter"),
        Column(
            "measure",
            "",
            "total, first_order: share of the variance that goes with the parameter, with all others or"
            " alone; mean_change, mean_signed_change, spread_of_change: of the metric when the parameter"
            " moves by its whole range",
        ),
        Column("value", "share, or of the metric", "the index"),
        Column("halfwidth", "as value", "half the 95 % interval, by resampling the draws; empty if unknown"),
    )
}
# Of a sweep and a sensitivity analysis; the values of each draw stand under their keys.
SWEEP_COLUMNS = ("scenario", "ledger", "metric", "country", "unit", "mean", "low", "high", "replicates")
SWEEP_DIFFERENCE_COLUMNS = (
    *("reference", "scenario", "ledger", "metric", "country", "unit"),
    *("reference_mean", "scenario_mean", "difference", "low", "high", "replicates"),
)
INDEX_COLUMNS = ("scenario", "metric", "country", "rank", "key", "measure", "value", "halfwidth")


# What the lists in a block run over.
LISTED = {
    "daily": "date, then country: LT, LV, PL",
    "stock": "date",
    "segments": "segment",
    "stretches": "stretch",
}
FAILED_COLUMNS = ("scenario", "draw", "replicate", "seed", "error", "traceback")
_FAILED = {
    "draw": Column("draw", "", "index of the draw, from 0; its values follow by dotted key, as JSON"),
    "seed": Column("seed", "", "random seed"),
    "error": Column("error", "", "why the replicate failed"),
    "traceback": Column("traceback", "", "traceback of the error"),
}
_SCORECARD = {
    column.name: column
    for column in (
        Column("country", "", "border: LT, LV or PL; LT+LV+PL for figures printed as the sum"),
        Column("series", "", "what was published: arrivals_detained, turned_back, attempts"),
        Column("resolution", "", "day, week (2-10 days), month (to 45), season (to 299) or year"),
        Column("window", "", "first and last day of the figures that are scored"),
        Column("in_sample", "", "True: the figures were inputs, agreement proves nothing"),
        Column("n", "", "windows scored"),
        Column("observed_total", "events", "sum of the published figures"),
        Column("predicted_median", "events", "median over replicates of the sum over the same windows"),
        Column("ard", "", "averaged relative difference: mean of |median - published| / max(published, 1)"),
        Column("mase_naive", "", "error over that of the last published value; empty if there is none"),
        Column("crps", "events", "continuous ranked probability score, mean over windows"),
        Column(
            "coverage50", "share", "share of published figures inside the 50 % interval of the replicates"
        ),
        Column("coverage90", "share", "the same for the 90 % interval"),
        Column("width50", "events", "mean width of the 50 % interval of the replicates"),
        Column("width90", "events", "the same for the 90 % interval"),
        Column("naive_width90", "events", "width of the 90 % interval of the naive forecast's own errors"),
        Column("interval_score50", "events", "width50 and 4 times what lies outside, mean over windows"),
        Column("interval_score90", "events", "width90 and 20 times what lies outside, mean over windows"),
        Column("touched90", "share", "windows whose lowest to highest report meets the 90 % interval"),
        Column("mase_seasonal", "", "error over that of the value of a year before"),
        Column("mase_trend", "", "error over that of the line through the last two values"),
        Column("mase_best", "", "the largest of the three: against the best naive forecast"),
        Column("n_naive", "", "windows with a last published value"),
        Column("weighted_ard", "", "sum of |median - published| over the sum published"),
        Column("sum_given", "", "True: the sum over the borders was an input, its split was not"),
        Column("spread_given", "", "True: how much they vary from day to day was an input"),
        Column("shift_days", "days", "shift of the day of the record, one a series: -1, 0 or 1"),
        Column("missed", "", "aims the row misses: ard, mase, coverage90, width90"),
    )
}
SCORECARD_COLUMNS = (
    *("country", "series", "resolution", "window", "in_sample", "n", "observed_total", "predicted_median"),
    *("ard", "mase_naive", "crps", "coverage50", "coverage90"),
    *("width50", "width90", "naive_width90", "interval_score50", "interval_score90", "touched90"),
    *("mase_seasonal", "mase_trend", "mase_best", "n_naive", "weighted_ard"),
    *("sum_given", "spread_given", "shift_days", "scenario", "missed"),
)
KEY_COLUMNS: dict[str, tuple[str, ...]] = {
    "daily": ("scenario", "replicate", "date", "country"),
    "stock": ("scenario", "replicate", "date"),
    "segments": ("scenario", "replicate", "segment", "country", "from_km", "to_km"),
    "stretches": ("scenario", "replicate", "stretch", "country", "from_km", "to_km"),
    "people": ("scenario", "replicate"),
}


def column(name: str) -> Column:
    """Describe a column of the tables of replicates."""
    return _KEYS.get(name) or _MEASURES.get(name) or _STATES[name]


def derived_of(table: str) -> tuple[str, ...]:
    """Return the derived columns of a table."""
    return tuple(metric.name for metric in DERIVED) if table == "daily" else ()


def _of_blocks() -> Iterable[Column]:
    """Describe a block: a row for each replicate, a list in each column of more than one number."""
    yield column("replicate")
    yield Column("digest", "", "sha256 of the numbers of the replicate, 32 bytes")
    for table in COLUMNS:
        shape = f" (by {LISTED[table]})" if table in LISTED else ""
        for name in COLUMNS[table]:
            about = column(name)
            yield Column(f"{table}.{name}", about.unit, f"{about.definition}{shape}")
    for name in COLUMNS["daily"]:
        yield Column(f"totals.{name}", column(name).unit, "sum over days (by country: LT, LV, PL)")


def dictionary() -> Iterable[tuple[str, Column]]:
    """Yield every file with each of its columns, then every metric that is a row and not a column."""
    for table in ("daily", "segments", "stretches"):
        names = (*KEY_COLUMNS[table], *COLUMNS[table], *derived_of(table))
        yield from ((f"{table}.parquet", column(name)) for name in names)
    yield from (("blocks/*.parquet", each) for each in _of_blocks())
    yield from (("failed.csv", _FAILED.get(name) or column(name)) for name in FAILED_COLUMNS)
    yield ("draws.csv", _FAILED["draw"])
    yield from (("metrics.csv", column(name)) for name in (*METRICS_COLUMNS, *SHARES_COLUMNS))
    yield from (
        ("comparison.csv", _PAIRED.get(name) or column(name)) for name in (*HISTORY_COLUMNS, *SHARES_COLUMNS)
    )
    yield from (("years.csv", _YEARS.get(name) or column(name)) for name in YEARS_COLUMNS)
    yield from _dictionary_of_draws()
    yield from ((file, each) for file, columns in PICTURE_COLUMNS.items() for each in columns)
    yield from (("scorecard.csv", _SCORECARD.get(name) or column(name)) for name in SCORECARD_COLUMNS)
    yield from (
        ("metrics.csv, comparison.csv", Column(f"metric = {m.name}", m.unit, m.definition)) for m in EXTRA
    )


def _dictionary_of_draws() -> Iterable[tuple[str, Column]]:
    """Yield the files of sweeps and sensitivity analyses with each of their columns."""
    files = {
        "sweep.csv": ("draw", *SWEEP_COLUMNS),
        "sweep_differences.csv": ("draw", *SWEEP_DIFFERENCE_COLUMNS),
    }
    for file, names in files.items():
        yield from ((file, _DRAWN.get(name) or column(name)) for name in names)
        yield file, Column("<key>", "of the key", "the value of the key of that name in this draw")
    analyses = {**CALIBRATION, **ASSIMILATION, **ATTRIBUTION}
    yield from ((file, each) for file, columns in analyses.items() for each in columns)
    yield from (("sensitivity.csv", _INDEX.get(name) or column(name)) for name in INDEX_COLUMNS)
