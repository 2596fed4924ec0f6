"""The four ledgers as tables, protection first; a row opens to the borders it is the sum of.

What is the same under all policies is one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan, log10
from typing import Any

from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.headlines import HEADLINES, headlines
from bordersim.report.page.markup import said, shown, tag, void
from bordersim.results.ledgers import ALL
from bordersim.results.tested import mark
from bordersim.words.codes import COUNTRIES

Key = tuple[str, str]

IN_ORDER = ("protection", "entry", "guards", "money")
# A small picture of multiples of the reference: none, a tenth, the same, ten times.
WIDTH, HEIGHT, MIDDLE, TENFOLD = 120.0, 16.0, 60.0, 40.0
NEAREST_TO_NONE = 0.05


def ledgers(
    rows: Sequence[Any], reference: str, scenario: str, language: Language = ENGLISH
) -> Iterator[str]:
    """Yield a table for each ledger of one comparison; the names of both scenarios head its columns."""
    found: dict[Key, Any] = {(str(row.metric), str(row.country)): row for row in rows}
    for ledger in IN_ORDER:
        own = [row for row in headlines(rows, ledger) if not _within(row, found, ledger)]
        groups = [(row, _borders(row, found, ledger)) for row in own]
        yield said("h3", language.say(f"ledger.{ledger}"))
        if bodies := [_body(*group, language) for group in groups if _differ(*group)]:
            table = tag("table", _head((reference, scenario), language), *bodies, class_="ledger")
            yield tag("div", table, class_="wide", tabindex="0")
        same = [row for row, borders in groups if not _differ(row, borders) and _has_value(row)]
        if alike := [_named(row, language) for row in same]:
            told = language.say("ledger.alike", figures=language.listed(alike))
            yield said("p", told, class_="small")


def _borders(row: Any, found: dict[Key, Any], ledger: str) -> list[Any]:
    """Return the borders that a figure opens to."""
    keys = [(row.metric, country) for country in COUNTRIES] if _opens(row.metric, ledger) else []
    return [found[key] for key in keys if key in found]


def _differ(row: Any, borders: Sequence[Any]) -> bool:
    """Return whether a figure, or one of the borders it is the sum of, differs in any history."""
    return any(each.more or each.fewer for each in (row, *borders))


def _within(row: Any, found: dict[Key, Any], ledger: str) -> bool:
    """Return whether a row is one of the borders of a sum that is shown too."""
    return row.country in COUNTRIES and _opens(row.metric, ledger) and (row.metric, ALL) in found


def _opens(metric: str, ledger: str) -> bool:
    """Return whether a figure is shown for all borders and for one: then for each of them."""
    countries = dict(HEADLINES[ledger]).get(metric, ())
    return ALL in countries and len(countries) > 1


def _head(names: Sequence[str], language: Language) -> str:
    """Return the heads of the columns."""
    own = (language.say(f"ledger.head.{each}") for each in ("difference", "times", "counts"))
    heads = (language.say("ledger.head.what"), *names, *own)
    return tag("thead", tag("tr", *(said("th", each, scope="col") for each in heads)))


def _body(row: Any, borders: Sequence[Any], language: Language) -> str:
    """Return a figure, with what it is the sum of where it opens."""
    parts = (_part(each, language) for each in borders)
    return tag("tbody", _row(row, language, opens=bool(borders)), *parts)


def _row(row: Any, language: Language, opens: bool) -> str:
    """Return one figure; where it opens, with the box that opens it."""
    name = shown(f"{language.metric(row.metric)} [{language.unit(row.metric)}]")
    place = said("small", language.place(row.country))
    if opens:
        label = language.say("ledger.open", figure=language.metric(row.metric))
        place = tag("label", void("input", type="checkbox", aria_label=label), place)
    return tag("tr", tag("th", name, place, scope="row"), *_cells(row, language))


def _part(row: Any, language: Language) -> str:
    """Return one border of a figure."""
    name = said("small", language.place(row.country))
    return tag("tr", tag("th", name, scope="row"), *_cells(row, language), class_="part")


def _cells(row: Any, language: Language) -> Iterator[str]:
    """Yield the numbers of one figure: two figures are shown, the exact value is kept beside them."""
    for value in (row.reference_median, row.scenario_median):
        yield said("td", language.amount(value, row.metric), class_="number", data_exact=f"{value:.9g}")
    middle, between = difference_and_range(row, language)
    yield tag("td", shown(middle), said("small", between), class_="number", data_exact=f"{row.median:.9g}")
    yield tag("td", _multiples(row), class_="times")
    counts = language.say("ledger.counts", more=row.more, fewer=row.fewer, count=row.replicates)
    yield said("td", counts, class_="number")


def difference_and_range(row: Any, language: Language) -> tuple[str, str]:
    """Write the median of a difference, and its range, marked where it is stretched."""
    low, middle, high = (
        language.amount(each, row.metric) for each in (row.range_low, row.median, row.range_high)
    )
    return middle, language.say("cell.between", low=low, high=high) + mark(row.metric, row.country)


def _multiples(row: Any) -> str:
    """Return the range and the median as multiples of the reference on a scale from a tenth to ten times."""
    before = float(row.reference_median)
    if not before > 0:
        return ""
    low, middle, high = (_x((before + each) / before) for each in (row.range_low, row.median, row.range_high))
    drawn = (
        tag("path", class_="zero", d=f"M{MIDDLE:g} 0V{HEIGHT:g}"),
        tag("path", class_="between", d=f"M{low:.1f} 8H{high:.1f}"),
        tag("circle", class_="middle", cx=f"{middle:.1f}", cy=8, r=3.4),
    )
    return tag("svg", *drawn, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", aria_hidden="true")


def _x(multiple: float) -> float:
    """Return where a multiple is [px]; what lies beyond the ends is drawn at the end."""
    place = MIDDLE + log10(max(multiple, NEAREST_TO_NONE)) * TENFOLD
    return min(max(place, 4.0), WIDTH - 4.0)


def _has_value(row: Any) -> bool:
    """Return whether a figure has a value; a share of what never happened has none."""
    return not isnan(row.reference_median)


def _named(row: Any, language: Language) -> str:
    """Return a figure that is the same with its value, so that the rows of a ledger add up."""
    figure, place = language.metric(row.metric), language.place(row.country)
    value, unit = language.amount(row.reference_median, row.metric), language.unit(row.metric)
    return language.say("ledger.alike_figure", figure=figure, place=place, value=value, unit=unit)
