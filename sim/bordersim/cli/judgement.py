"""A judgement as tables, as sentences and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from bordersim.analyses.assimilation.verdicts import (
    FEW,
    Errors,
    difference_of,
    errors_of,
    evidence_of,
)
from bordersim.report.sheets import Sheet

if TYPE_CHECKING:
    from bordersim.analyses.assimilation.sides import Side

OF_EACH = (
    *("structure", "model", "values that vary", "filters", "log evidence", "noise"),
    *("mean of logs", "noise", "effective filters"),
)
OF_PAIRS = (
    *("the first structure", "against", "difference", "noise", "mean of pairs", "noise"),
    "more probable by more than twice the noise",
)
OF_WINDOWS = (
    *("structure", "border", "windows", "ahead: error", "CRPS", "in 90 %"),
    *("left out", "their error", "CRPS", "in 90 %"),
)
SHOWN_OF_A_HASH = 8


def sheets(sides: Sequence[Side]) -> list[Sheet]:
    """Return tables: of each structure, of the first against each other one if there is one, of windows."""
    named, pairs = _told_apart(sides), "log evidence of the first less that of another"
    return [
        Sheet("how probable each makes all windows", OF_EACH, [_evidence_row(side) for side in sides]),
        *([Sheet(pairs, OF_PAIRS, list(_difference_rows(named)))] if named[1:] else []),
        Sheet("windows: predicted one ahead, and left out", OF_WINDOWS, list(_error_rows(named))),
    ]


def _told_apart(sides: Sequence[Side]) -> Sequence[Side]:
    """Return sides with the hash of their model in their names, where these are not different."""
    if len({side.name for side in sides}) == len(sides):
        return sides
    shown = ((side, side.model[:SHOWN_OF_A_HASH]) for side in sides)
    return [side.model_copy(update={"name": f"{side.name} ({model})"}) for side, model in shown]


def sentences(sides: Sequence[Side]) -> list[str]:
    """Say how the tables are to be read."""
    return [
        "Differences are of natural logarithms; a filter of one structure is compared with that of the same"
        " chance of the other. Noise: a standard error over filters.",
        f"Errors are those of the median, the median over windows of at least {FEW} events; 90 % ranges hold"
        " the stated discrepancy.",
    ]


def as_json_text(sides: Sequence[Side]) -> str:
    """Return all figures as JSON; what is not known is null."""
    found = {
        "structures": [{**evidence_of(side)._asdict(), "model": side.model} for side in sides],
        "differences": [difference_of(sides[0], other)._asdict() for other in sides[1:]],
        "windows": [
            {"name": side.name, "border": border, "ahead": _plain(ahead), "left_out": _plain(out)}
            for side in sides
            for border, ahead, out in errors_of(side)
        ],
    }
    return json.dumps(found, indent=1)


def _plain(errors: Errors | None) -> dict[str, float | None] | None:
    """Return errors as plain data."""
    if errors is None:
        return None
    return {name: each if isfinite(each) else None for name, each in errors._asdict().items()}


def _evidence_row(side: Side) -> tuple[str, ...]:
    """Return how probable one side is."""
    found = evidence_of(side)
    logs = (found.log_evidence, found.noise, found.mean, found.mean_noise, found.effective_filters)
    counts = map(str, (found.varied, found.filters))
    return side.name, side.model[:SHOWN_OF_A_HASH], *counts, *(f"{each:.2f}" for each in logs)


def _difference_rows(sides: Sequence[Side]) -> Iterator[tuple[str, ...]]:
    """Yield the first side against each other one."""
    for other in sides[1:]:
        found = difference_of(sides[0], other)
        figures = (found.difference, found.noise, found.by_pairs, found.by_pairs_noise)
        signs = ("+.2f", ".2f", "+.2f", ".2f")
        shown = (f"{each:{sign}}" for each, sign in zip(figures, signs, strict=True))
        yield found.first, found.second, *shown, found.verdict


def _error_rows(sides: Sequence[Side]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each side and border."""
    for side in sides:
        for border, ahead, out in errors_of(side):
            yield side.name, border, *_cells(ahead), *_cells(out)


def _cells(errors: Errors | None) -> tuple[str, ...]:
    """Return how far off predictions are, as cells."""
    if errors is None or not errors.windows:
        return "0", "", "", ""
    error = f"{errors.relative_error:.2f}" if isfinite(errors.relative_error) else ""
    return str(errors.windows), error, f"{errors.crps:,.0f}", str(errors.inside)
