"""The scorecard as a table for the terminal and for a page; rows that miss an aim come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bordersim.report.pictures.differences import number
from bordersim.report.sheets import Sheet, markdown_table
from bordersim.validation.aims import ARD_BAR, FEWEST_FOR_MASE
from bordersim.words.escaping import markdown as escaped

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.validation.scorecard import Card

HEADER = (
    *("border", "series", "windows", "from", "to", "input", "published", "model", "misses"),
    *("ARD", "weighted ARD", "MASE", "CRPS", "50 %", "90 %", "width", "naive width"),
)
SERIES_WORDS = {"arrivals_detained": "detained", "turned_back": "turned back", "attempts": "attempts"}
IN_SAMPLE, SUM_GIVEN, SPREAD_GIVEN = "in sample", "sum only", "spread only"
NOTHING = ""


def sheet_of(card: Card) -> Sheet:
    """Return a scorecard as a table, rows that miss an aim first."""
    rows = [_cells(row) for row in failures_first(card.rows).itertuples(index=False)]
    return Sheet(f"scorecard: {card.scenario}", HEADER, rows)


def failures_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort by number of aims missed, then by error; in-sample rows after the others."""
    misses = rows["missed"].map(lambda names: len(str(names).split()))
    keys = rows.assign(misses=misses, clean=misses == 0)
    order = keys.sort_values(
        ["clean", "in_sample", "misses", "ard"], ascending=[True, True, False, False], kind="stable"
    )
    return order.drop(columns=["misses", "clean"])


def verdict(card: Card) -> str:
    """Return in a sentence how many out-of-sample rows miss an aim."""
    outside = card.rows[~card.rows["in_sample"]]
    failed = int((outside["missed"] != "").sum())
    return f"{card.scenario}: {failed} of {len(outside)} out-of-sample rows miss an aim."


def reading(card: Card) -> str:
    """Return how to read the table, and what was left out."""
    skipped = "; ".join(f"{each.figures} {each.why}" for each in card.skipped)
    lines = (
        f"Aims: ARD at most {ARD_BAR:g} (usual in the literature), MASE below 1, a 90 % interval with"
        " coverage compatible with 90 % and not wider than the naive one (around the last published value).",
        "ARD: mean of |median - published| / published, where a published 0 counts as 1; weighted ARD: sum of"
        " the errors divided by the sum published. 50 %, 90 %: share of figures inside that interval.",
        f"MASE is against the best of three naive forecasts, for at least {FEWEST_FOR_MASE} windows; they"
        " know everything published before, which the model does not. Intervals include"
        f" {card.intervals_hold}. Width: mean width of the 90 % interval in events.",
        f"Input: '{IN_SAMPLE}', the figures were inputs and agreement proves nothing; '{SUM_GIVEN}',"
        " the sum over the borders was an input, its split was not;"
        f" '{SPREAD_GIVEN}', how much days vary was an input, their level was not.",
        f"Published: {card.rests_on}; a slip there is repeated." if card.rests_on else "",
        f"Figures left out: {skipped}." if skipped else "",
    )
    return "\n".join(filter(None, lines))


def markdown(card: Card) -> str:
    """Return the scorecard as Markdown."""
    table = markdown_table(sheet_of(card)).partition("\n\n")[2]
    return f"{escaped(verdict(card))}\n\n{table}"


def summary_text(card: Card) -> str:
    """Write scorecard.md."""
    from bordersim.limits import LIMITS_OF_USE

    about = "\n".join(map(escaped, reading(card).splitlines()))
    title = f"# Scorecard: {escaped(card.scenario)}"
    return "\n\n".join([title, LIMITS_OF_USE, markdown(card).rstrip(), about]) + "\n"


def _cells(row: Any) -> tuple[str, ...]:
    """Write one row."""
    start, _, end = row.window.partition("..")
    mase = row.mase_best if row.n_naive >= FEWEST_FOR_MASE else float("nan")
    return (
        row.country,
        SERIES_WORDS[row.series],
        f"{row.n} {row.resolution}{'s' if row.n > 1 else ''}",
        start,
        end,
        _put_in(row),
        number(row.observed_total, 0),
        number(row.predicted_median, 0),
        row.missed.replace("coverage90", "coverage").replace("width90", "width") or "-",
        *(_number(value, 2) for value in (row.ard, row.weighted_ard, mase)),
        _number(row.crps, 0 if row.crps >= 1 else 1),
        *(f"{value:.0%}" for value in (row.coverage50, row.coverage90)),
        *(_number(value, 0) for value in (row.width90, row.naive_width90)),
    )


def _put_in(row: Any) -> str:
    """Return what of the windows was an input."""
    if row.in_sample:
        return IN_SAMPLE
    given = {SUM_GIVEN: row.sum_given, SPREAD_GIVEN: row.spread_given}
    return ", ".join(name for name, is_given in given.items() if is_given)


def _number(value: float, places: int) -> str:
    """Write a number, nothing for an unknown one."""
    return number(value, places) if value == value else NOTHING
