"""The four ledgers as tables, for the terminal and for summary.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bordersim.limits import LIMITS_OF_USE
from bordersim.report.answer import (
    answers_of,
    assumed_line,
    before_quoting,
    rests_on,
    words_of,
)
from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.given import given_sheets
from bordersim.report.headlines import HEADLINES, headlines
from bordersim.report.pictures.differences import SAME, UNITS, decimals, number, numbers, same_in_both
from bordersim.report.readings import own_results, readings_lines, readings_sheets, without_readings
from bordersim.report.sheets import NOTHING, Sheet, markdown_table
from bordersim.report.shifts import shifts_line
from bordersim.report.uncertainty import (
    FORMULA,
    missing_part,
    runs_line,
    runs_of,
    share_names,
    shares,
    undefined_notes,
)
from bordersim.results.paired import POWER, smallest_detectable
from bordersim.results.store.names import REPLICATES
from bordersim.validation.yearly import circular_years, years_beside_record, years_of
from bordersim.words.escaping import code, item, markdown

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.report.how import How
    from bordersim.results.experiment import Experiment

PUBLISHED_IS = "published is"
YEARS_HEADER = ("published", "range", PUBLISHED_IS, "series", "input")
OF_THE_MEAN = "95 % interval of the mean"
DETECTABLE = "smallest detectable"
ABOVE, BELOW = "ABOVE", "BELOW"
MILLION = 1e6


def sheets_of(experiment: Experiment) -> list[Sheet]:
    """Return an experiment as tables: differences if there are any, otherwise the figures."""
    return [*readings_sheets(experiment), *_figures_of(experiment), *years_sheets(experiment)]


def _figures_of(experiment: Experiment) -> Iterator[Sheet]:
    """Return differences, or figures where nothing is compared."""
    if experiment.comparison is None:
        return metric_sheets(experiment)
    make = given_sheets if experiment.is_given else comparison_sheets
    return make(experiment.comparison)


def spread_of(experiment: Experiment) -> str:
    """Return what a range is of."""
    return f"90 % of {runs_of(experiment)}"


def comparison_sheets(comparison: pd.DataFrame) -> Iterator[Sheet]:
    """Yield the paired differences as tables, one sheet per scenario and ledger."""
    own = without_readings(comparison)
    for (reference, scenario), rows in own.groupby(["reference", "scenario"], sort=False):
        means = ("metric", "border", "unit", str(reference), str(scenario))
        header = (*means, "difference", OF_THE_MEAN, DETECTABLE, *share_names(rows))
        each = list(rows.itertuples(index=False))
        for ledger in HEADLINES:
            title = f"{ledger} ledger: {scenario} minus {reference}{missing_part(rows)}"
            shown = list(headlines(each, ledger))
            lines = [(*_difference_row(row), *shares(row)) for row in shown]
            notes = undefined_notes(shown, each, REPLICATES)
            yield _without_empty(Sheet(title, header, lines, notes), DETECTABLE)


def _without_empty(sheet: Sheet, name: str) -> Sheet:
    """Return a table without a column in which no row has anything."""
    i = sheet.header.index(name)
    if any(row[i] for row in sheet.rows):
        return sheet
    rows = [(*row[:i], *row[i + 1 :]) for row in sheet.rows]
    return sheet._replace(header=(*sheet.header[:i], *sheet.header[i + 1 :]), rows=rows)


def metric_sheets(experiment: Experiment) -> Iterator[Sheet]:
    """Yield the figures of each scenario as tables, one sheet per scenario and ledger."""
    header = ("metric", "border", "unit", "mean", OF_THE_MEAN, spread_of(experiment))
    for scenario, rows in experiment.metrics.groupby("scenario", sort=False):
        each = list(rows.itertuples(index=False))
        for ledger in HEADLINES:
            title = f"{ledger} ledger: {scenario}{missing_part(rows)}"
            shown = list(headlines(each, ledger))
            lines = [(*_metric_row(row), *shares(row)) for row in shown]
            notes = undefined_notes(shown, each, experiment.results[0].repetitions)
            yield Sheet(title, (*header, *share_names(rows)), lines, notes)


def years_sheets(experiment: Experiment) -> Iterator[Sheet]:
    """Yield the whole years of the first scenario beside the published ones, if there are any."""
    years = years_beside_record(experiment.results[:1])
    if len(years):
        title = f"years beside the record: {experiment.results[0].name}"
        header = ("year", "border", "median", spread_of(experiment), *YEARS_HEADER)
        rows = [_year_row(row) for row in years.itertuples(index=False)]
        yield Sheet(title, header, rows, tuple(_misses(rows, header.index(PUBLISHED_IS))))


def _misses(rows: Sequence[Sequence[str]], where: int) -> Iterator[str]:
    """Yield which published figures the model misses, if it misses any."""
    missed = [
        f"{year} {border} ({row[where].lower()})"
        for row in rows
        for year, border in [row[:2]]
        if row[where] in (ABOVE, BELOW)
    ]
    if missed:
        yield f"Published figures outside what the model gives: {', '.join(missed)}."


def beside_line(experiment: Experiment, language: Language = ENGLISH) -> str:
    """Return the amounts not in the money ledger: a party's claim and a programme for other purposes.

    Nothing for part of a run: both amounts are of years.
    """
    if experiment.is_part:
        return ""
    last = own_results(experiment)[-1]
    scenario, rows = last.scenario, experiment.metrics
    cost = scenario.config.cost
    own = rows[(rows.scenario == scenario.name) & (rows.metric == "cost_eur") & (rows.country == "LT")]
    typical = own["median" if experiment.is_given else "mean"].iloc[0]
    claim, army = (
        language.number(each / MILLION, 0) for each in (cost.claimed_damage_eur, cost.counter_mobility_eur)
    )
    times = language.number(cost.claimed_damage_eur / typical, 1)
    days = language.number(last.land.days, 0)
    return language.say("beside", claim=claim, times=times, days=days, name=scenario.name, army=army)


def answer_lines(experiment: Experiment, how: How) -> Iterator[str]:
    """Yield the answer as paragraphs of Markdown, the same as on the page."""
    for answer in answers_of(experiment):
        yield markdown(answer.lead)
        yield "\n".join(map(item, answer.lines))
    yield markdown(" ".join(rests_on(experiment, how.happened, ENGLISH)))


def summary_text(experiment: Experiment, how: How, found: str = "") -> str:
    """Return summary.md; `found` is the outcome of a sweep or a sensitivity analysis."""
    results = own_results(experiment)
    is_designed = "question" in (how.analysis or {})  # draws were placed for indices, and are no sample
    answered = list(answer_lines(experiment, how)) if experiment.is_given and not found else []
    head = [
        f"# {markdown(' and '.join(result.name for result in results))}",
        *answered,
        "\n".join(item(f"note: {note}") for note in how.notes),
        "\n".join(map(item, readings_lines(experiment))),
        "\n".join(map(item, before_quoting(experiment.comparison is not None)))
        if experiment.is_given
        else "",
        LIMITS_OF_USE,
        "\n".join(item(f"{result.name}: {result.scenario.title}") for result in results),
        runs_line(experiment),
        FORMULA if len(experiment.draws) > 1 and not is_designed else "",
        f"Made by {code(how.command)}." if how.command else "",
        "\n".join(item(assumed_line(result.scenario)) for result in results),
        "\n".join(item(f"failed: {failure}") for failure in experiment.failures),
        "" if experiment.is_given else reading(len(results) > 1, len(experiment.draws) > 1),
        markdown(beside_line(experiment)),
        markdown(shifts_line(experiment)),
        years_line(experiment),
        found,
    ]
    digests = "\n".join(f"{item(name)}: `{digest}`" for name, digest in experiment.digests.items())
    tables = [] if is_designed else [markdown_table(sheet) for sheet in sheets_of(experiment)]
    words = [_words()] if experiment.is_given else []
    return "\n\n".join([*filter(None, head), *tables, *words, f"## Digests\n\n{digests}\n"])


def _words() -> str:
    """Return what the words in the tables of histories mean."""
    return "## Words in the tables\n\n" + "\n".join(map(item, [*words_of(), ENGLISH.say("reading.files")]))


def years_line(experiment: Experiment) -> str:
    """Return how to read the years beside the record; nothing where there are none."""
    first = experiment.results[0]
    if not years_of(first):
        return ""
    given = ", ".join(map(str, circular_years(first)))
    text = (
        "Years beside the record: simulated official counts, turned back and detained (LT, LV) and attempts"
        " (PL), next to published ones; sources: years.csv."
    )
    if experiment.is_given:
        return f"{text} Histories were chosen to come close to the record: that these agree proves nothing."
    if not given:
        return f"{text} No year's sum over the borders was an input."
    return (
        f"{text} For {given} the published sum over the borders was an input: agreement of 'all' is circular"
        " and proves nothing; the split over the borders is the model's."
    )


EVENTS = "Attempts, returns and claims are events: one person can have several."
ONLY_CHANCE = "The intervals show random variation only, not the uncertainty of parameter values."


def reading(compared: bool, drawn: bool) -> str:
    """Return how to read the tables of replicates of one set of values, or of several draws of them.

    What intervals of several draws include is said by `FORMULA`.
    """
    holds, paired = ("", "draw and replicate") if drawn else (f" {ONLY_CHANCE}", "replicate")
    if not compared:
        return (
            f"{EVENTS}{holds} All metrics at all borders and the simulated official counts:"
            " metrics.csv. Definitions: columns.csv."
        )
    return (
        f"{EVENTS} Differences are paired by {paired}; the interval is that of their mean, not of what one"
        f" run could give. '{NOTHING}': the interval includes 0. '{SAME}': no replicate differs. The smallest"
        f" detectable difference is the one that as many runs would detect in {POWER:.0%} of cases.{holds}"
        " Even if two policies are identical, about 1 row in 20 shows a difference by chance. All metrics at"
        " all borders, and the simulated official counts: comparison.csv. Definitions: columns.csv."
    )


def _difference_row(row: Any) -> tuple[str, ...]:
    """Write one paired difference."""
    means = numbers(row.reference_mean, row.scenario_mean)
    difference, low, high = numbers(row.difference, row.low, row.high)
    interval = _interval(row, f"{low} to {high}")
    return (row.metric, row.country, UNITS[row.metric], *means, difference, interval, _detectable(row))


def _interval(row: Any, written: str) -> str:
    """Return the interval of a difference as text."""
    if row.low != row.low:
        return "unknown"
    if same_in_both(row.low, row.high):
        return SAME
    found = not row.low <= 0 <= row.high
    return written if found else f"{NOTHING} with n = {_count(row)} ({written})"


def _count(row: Any) -> str:
    """Return how many replicates a difference comes from; with several draws those of each."""
    draws = getattr(row, "draws", 1)
    return f"{draws} draws x {row.replicates // draws}" if draws > 1 else str(row.replicates)


def _detectable(row: Any) -> str:
    """Return the smallest detectable difference, where none was found."""
    if same_in_both(row.low, row.high) or not row.low <= 0 <= row.high:
        return ""
    least = smallest_detectable(row.low, row.high, row.replicates)
    return f"about {number(least, decimals(least))}"


def _metric_row(row: Any) -> tuple[str, ...]:
    """Write one figure."""
    mean, low, high, q05, q95 = numbers(row.mean, row.low, row.high, row.q05, row.q95)
    interval = f"{low} to {high}" if row.low == row.low else "unknown"
    return row.metric, row.country, UNITS[row.metric], mean, interval, f"{q05} to {q95}"


def _year_row(row: Any) -> tuple[str, ...]:
    """Write one year at one border."""
    median, q05, q95 = (number(value, 0) for value in (row.median, row.q05, row.q95))
    model = str(row.year), row.country, median, f"{q05} to {q95}"
    if row.published != row.published:
        return (*model, "not published", "", "", "", row.put_in)
    value, low, high = (number(each, 0) for each in (row.published, row.published_low, row.published_high))
    spread = f"{low} to {high}" if low != high else ""
    return (*model, value, spread, _beside(row), row.published_counted, row.put_in)


def _beside(row: Any) -> str:
    """Return where what was published lies; a range that touches the model's is inside."""
    if row.published_low > row.q95:
        return ABOVE
    return BELOW if row.published_high < row.q05 else "inside"
