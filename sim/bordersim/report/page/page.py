"""The page of a comparison of histories, as one text."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

from bordersim.limits import LIMITS_OF_USE
from bordersim.report.given import READING, answers
from bordersim.report.page.days import panels
from bordersim.report.page.dots import dotplot
from bordersim.report.page.fit import fit
from bordersim.report.page.ledgers import ledgers
from bordersim.report.page.markup import listed, picture, said, section, shown, tag
from bordersim.report.pictures.style import ATTRIBUTION, SCENARIO_COLOURS
from bordersim.report.readings import own_results, readings_lines, without_readings
from bordersim.report.summary import assumed_line, beside_line
from bordersim.report.told import named_figure, told_values
from bordersim.report.uncertainty import runs_line
from bordersim.results.store.parts import LEFT_OUT, end_of
from bordersim.validation.recorded import of_results

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bordersim.report.how import How
    from bordersim.results.experiment import Experiment
    from bordersim.results.store.result import Result

KICKER = "A model with synthetic people, not a record of what happened"
EACH_DOT = (
    "Each dot is one history in twenty: the difference that the other policy makes in it. Zero is marked."
)
BANDS = (
    "Lines: medians of histories; bands: half and nine tenths of them. Circles: published days; bars:"
    " published periods, as a mean a day. Histories were chosen to come close to these figures."
)
MAP_WIDTH, COLOURS = 900, 64  # px; of a map within the page


def page(experiment: Experiment, how: How, maps: Sequence[Path] = ()) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    experiment
        A comparison of histories.
    how
        The command and the notes of the run.
    maps
        Pictures of maps, one for each scenario.
    """
    style = files(__package__).joinpath("style.css").read_text(encoding="utf-8")
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; img-src data:"
    results = own_results(experiment)
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{shown(policy)}">'
        f"<title>{shown(' and '.join(result.name for result in results))}</title><style>{style}</style>"
    )
    body = tag("main", *_sections(experiment, results, how, maps))
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'


def _sections(
    experiment: Experiment, results: Sequence[Result], how: How, maps: Sequence[Path]
) -> Iterator[str]:
    """Yield the sections in the order of the argument."""
    reference, *others = (result.scenario.title for result in results)
    yield said("p", KICKER, class_="small")
    yield said("h1", f"{'; '.join(others)}: what is different from {reference}?")
    yield listed(_days_shown(experiment))
    told = map(_told, answers(experiment.differences))
    yield tag("ul", *(tag("li", text) for text in told), class_="answer")
    yield listed(readings_lines(experiment))
    yield listed(f"Note: {note}." for note in how.notes)
    yield tag("p", *_key(results), class_="key")
    yield section("How sure", said("p", EACH_DOT), *_dots(experiment))
    yield section("Who is harmed, who gets in, who pays", *_ledgers(experiment))
    shown_days = tag("div", *panels([of_results([result]) for result in results]), class_="row")
    yield section("Day by day", said("p", BANDS), shown_days)
    if maps:
        yield section("Where", *_maps(results, maps))
    there = [of_results([result]) for result in results if result.name == how.happened]
    yield section("How well it fits the record", *(text for each in there for text in fit(each)))
    yield section("How to read this", said("p", READING))
    yield section("What is assumed", listed(assumed_line(result.scenario) for result in results))
    beside = filter(None, [beside_line(experiment)])
    yield section("Limits of use", said("p", LIMITS_OF_USE), *(said("p", line) for line in beside))
    yield section("Where this comes from", *_provenance(experiment, how))


def _days_shown(experiment: Experiment) -> Iterator[str]:
    """Yield which days are shown, where they are not those of the whole run."""
    if experiment.is_part:
        land = experiment.results[0].land
        yield f"Days shown: {land.start} to {end_of(land)}, part of the run."
        yield LEFT_OUT


def _told(answer: str) -> str:
    """Return a sentence of the answer, what it is about in bold letters."""
    what, _, found = answer.partition(": ")
    return f"{said('strong', what)}: {shown(found)}"


def _key(results: Sequence[Result]) -> Iterator[str]:
    """Yield the colour of each scenario."""
    for i, result in enumerate(results):
        dashes = {"stroke_dasharray": "5 2"} if i else {}
        colour = SCENARIO_COLOURS[i % len(SCENARIO_COLOURS)]
        sample = tag("path", class_="median", stroke=colour, d="M0 6H34", **dashes)
        yield tag(
            "span", picture(34, 12, "line of", sample), shown(f"{result.name}: {result.scenario.title}")
        )


def _dots(experiment: Experiment) -> Iterator[str]:
    """Yield dots for the figures told first, scenario by scenario."""
    names, own = experiment.names, [result.name for result in own_results(experiment)]
    told = told_values(experiment)
    for name in own[1:]:
        if len(own) > 2:
            yield said("h3", name)
        at = names.index(name)
        drawn = (dotplot(named_figure(*key), values[at] - values[0]) for key, values in told.items())
        yield tag("div", *drawn, class_="row")


def _ledgers(experiment: Experiment) -> Iterator[str]:
    """Yield the tables, scenario by scenario."""
    compared = without_readings(experiment.differences).groupby(["reference", "scenario"], sort=False)
    for (reference, scenario), rows in compared:
        yield said(
            "p", f"Medians of histories; differences are within each history: {scenario} minus {reference}."
        )
        yield from ledgers(rows, str(reference), str(scenario))


def _maps(results: Sequence[Result], maps: Sequence[Path]) -> Iterator[str]:
    """Yield the maps, where they were drawn."""
    drawn = [(result.name, path) for result, path in zip(results, maps, strict=False) if path.exists()]
    if drawn:
        yield tag("div", *(_map(name, path) for name, path in drawn), class_="two")
        yield said("p", f"Border and waters: {ATTRIBUTION}.", class_="small")


def _map(name: str, path: Path) -> str:
    """Return a map small enough to travel within the page."""
    from PIL import Image

    with Image.open(path) as image:
        small = image.convert("RGB").resize((MAP_WIDTH, round(image.height * MAP_WIDTH / image.width)))
    file = io.BytesIO()
    small.quantize(COLOURS).save(file, "PNG", optimize=True)
    data = base64.b64encode(file.getvalue()).decode()
    text = f"Map of attempts along the borders, {name}; the table of stretches is stretches.parquet"
    return tag(
        "figure", said("figcaption", name), f'<img alt="{shown(text)}" src="data:image/png;base64,{data}">'
    )


def _provenance(experiment: Experiment, how: How) -> Iterator[str]:
    """Yield how the numbers were made."""
    yield said("p", runs_line(experiment))
    if how.command:
        yield tag("p", "Made by ", said("code", how.command), ".")
    yield listed(f"digest of {name}: {digest}" for name, digest in experiment.digests.items())
    yield said(
        "p",
        "All figures with their definitions: metrics.csv, comparison.csv, columns.csv in the same folder.",
    )
