"""The page of a comparison of histories, as one text: what is read first, and the sections in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bordersim.report.alike import same_policy
from bordersim.report.answer import answers_of, case, rests_on
from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.page.assumed import assumed, movers
from bordersim.report.page.bars import elsewhere
from bordersim.report.page.curves import by_day
from bordersim.report.page.differs import LETTERS, change_days, chips, differing
from bordersim.report.page.dots import dotplot
from bordersim.report.page.fit import fit
from bordersim.report.page.frame import framed, part
from bordersim.report.page.ledgers import difference_and_range, ledgers
from bordersim.report.page.markup import listed, said, shown, table, tag, unfolded
from bordersim.report.page.reading import reading
from bordersim.report.page.where import places_of, where
from bordersim.report.readings import own_results, readings_lines, without_readings
from bordersim.report.summary import beside_line
from bordersim.report.told import KEYS, PROTECTION, named_figure, told_values
from bordersim.report.uncertainty import runs_line
from bordersim.results.lives import attempts_by_week, evenly
from bordersim.results.store.parts import end_of
from bordersim.results.store.provenance import versions
from bordersim.validation.recorded import of_results

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from bordersim.report.how import How
    from bordersim.results.draws import Draw
    from bordersim.results.experiment import Experiment

LIVED_AGAIN = 20  # histories of each scenario, for the maps by week: they take most of the time a page takes
SHORT = 12  # characters of a digest in a quotation


def page(
    experiment: Experiment,
    how: How,
    histories: Sequence[Draw] = (),
    language: Language = ENGLISH,
    *,
    by_week: bool = True,
) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    experiment
        A comparison of histories.
    how
        The command and the notes of the run.
    histories
        The histories; some are lived again for the maps by week. Without them there are no weeks.
    language
        In which words.
    by_week
        Whether they may be lived again; without, maps show the whole period alone.
    """
    results = own_results(experiment)
    reference, *others = (result.scenario.title for result in results)
    names = language.say("page.other").join(others)
    title = language.say("page.title", scenarios=names, reference=reference)
    again = evenly(histories, LIVED_AGAIN) if by_week and not experiment.is_part else []
    return framed(title, _parts(experiment, how, histories, again, language), language)


def _parts(
    experiment: Experiment, how: How, histories: Sequence[Draw], again: Sequence[Draw], language: Language
) -> Iterator[tuple[str, str]]:
    """Yield the sections in the order of the argument, each with its name."""
    results = own_results(experiment)
    recorded = [of_results([result]) for result in results]
    happened = [each for each in recorded if each.name == how.happened]
    letters, scenarios = LETTERS[: len(results)], [result.scenario for result in results]
    weeks = [attempts_by_week(scenario, again, scenarios) for scenario in scenarios]
    there = [places_of(*each) for each in zip(results, letters, weeks, strict=True) if not experiment.is_part]
    yield part("answer", *_answer(experiment, how, language), language=language)
    yield part("differs", *_differs(experiment, language), language=language)
    yield part("sure", *_sure(experiment, language), language=language)
    yield part(
        "ledgers",
        *_ledgers(experiment, language),
        said("p", beside_line(experiment, language)),
        language=language,
    )
    days = by_day(recorded, change_days(scenarios), letters, language)
    yield part("days", said("p", language.say("days.intro")), *days, language=language)
    if there:
        yield part("where", *where(there, len(again), language), language=language)
    yield part("elsewhere", *elsewhere(recorded, there, language), language=language)
    fits = [text for each in happened for text in fit(each, language)]
    yield part("fit", *(fits or [said("p", language.say("page.nofit"))]), language=language)
    yield part("read", *reading(language), language=language)
    moving = _movers(experiment, histories, language)
    yield part("assumed", assumed(scenarios, language), *moving, language=language)
    yield part("limits", said("p", language.say("limits_of_use")), language=language)
    yield part("source", *_source(experiment, how, language), language=language)


def _answer(experiment: Experiment, how: How, language: Language) -> Iterator[str]:
    """Yield the answer for each scenario, what it rests on, notes, and the text to quote."""
    told = answers_of(experiment, language)
    rests = rests_on(experiment, how.happened, language)
    for answer in told:
        yield said("p", answer.lead, class_="lead")
        yield tag("ul", *(tag("li", _bold(line)) for line in answer.lines), class_="answer")
    yield from (said("p", line, class_="rests") for line in rests)
    notes = (language.say("page.note", note=note) for note in how.notes)
    told_first = [language.say("answer.history"), *notes, *_days_shown(experiment, language)]
    yield said("p", " ".join(told_first), class_="small")
    runs = runs_line(experiment, language)
    short = experiment.digest[:SHORT]
    source = language.say("quote.source", version=versions()["bordersim"], runs=runs, digest=short)
    yield _quote(" ".join([*(answer.lead for answer in told), *rests, source]), language)


def _days_shown(experiment: Experiment, language: Language) -> Iterator[str]:
    """Yield which days are shown, where they are not those of the whole run."""
    if experiment.is_part:
        land = experiment.results[0].land
        yield language.say("page.part", days=f"{land.start} – {end_of(land)}")


def _bold(line: str) -> str:
    """Return a line of the answer, what it is about in bold letters."""
    what, _, found = line.partition(": ")
    return f"{said('strong', what)}: {shown(found)}"


def _quote(text: str, language: Language) -> str:
    """Return the text to quote, with a button that a script makes work."""
    told = {"data_done": language.say("quote.done"), "data_failed": language.say("quote.failed")}
    button = said("button", language.say("quote.button"), type="button", id="copy", class_="live", **told)
    words = unfolded(language.say("quote.open"), said("p", text, id="quote"))
    return tag("div", button, said("span", "", id="copied", role="status"), words, class_="quote")


def _differs(experiment: Experiment, language: Language) -> Iterator[str]:
    """Yield the scenarios with their letters and the values that differ."""
    scenarios = [result.scenario for result in own_results(experiment)]
    yield tag("ul", *chips(scenarios, language), class_="chips")
    rows = list(differing(scenarios, language))
    yield from rows or [said("p", language.say("differs.none"))]
    if alike := same_policy(scenarios, language):
        yield said("p", alike)


def _sure(experiment: Experiment, language: Language) -> Iterator[str]:
    """Yield dots for the figures told first, scenario by scenario, the numbers, and other readings."""
    names, own = experiment.names, [result.name for result in own_results(experiment)]
    yield said("p", language.say("dots.intro"))
    single = {"data_text": language.words["dots.single"]}
    button = said("button", language.say("dots.one"), type="button", id="one", class_="live", **single)
    yield tag("div", button, said("span", "", id="which", role="status"))
    told = told_values(experiment)
    for name in own[1:]:
        yield said("h3", language.say("dots.of", scenario=name, reference=own[0]))
        differences = {key: values[names.index(name)] - values[0] for key, values in told.items()}
        titled = ((named_figure(*key, language), each) for key, each in differences.items())
        yield tag("div", *(dotplot(*each, language, singly=True) for each in titled), class_="row")
        yield unfolded(language.say("dots.table"), _numbers(experiment, name, language))
    yield listed(readings_lines(experiment, language))


def _numbers(experiment: Experiment, name: str, language: Language) -> str:
    """Return the figures told first as a table."""
    rows = experiment.differences
    rows = rows[rows["scenario"] == name]
    found = {(row.metric, row.country): row for row in rows.itertuples(index=False)}
    heads = (language.say(f"dots.{each}") for each in ("head", "median", "range", "counts"))
    return table(heads, [_line(found[key], language) for key in KEYS if key in found])


def _line(row: Any, language: Language) -> tuple[str, ...]:
    """Write one figure as a row."""
    counts = language.say("ledger.counts", more=row.more, fewer=row.fewer, count=row.replicates)
    return named_figure(row.metric, row.country, language), *difference_and_range(row, language), counts


def _ledgers(experiment: Experiment, language: Language) -> Iterator[str]:
    """Yield the tables, scenario by scenario."""
    letters = {result.name: LETTERS[i] for i, result in enumerate(own_results(experiment))}
    compared = without_readings(experiment.differences).groupby(["reference", "scenario"], sort=False)
    for (reference, scenario), rows in compared:
        pair = {"scenario": letters[str(scenario)], "reference": letters[str(reference)]}
        if len(letters) > 2:
            yield said("h3", language.say("dots.of", scenario=scenario, reference=reference))
        yield said("p", language.say("ledger.intro", **pair))
        yield said("p", language.say("ledger.picture", **pair), class_="pictured")
        own = list(rows.itertuples(index=False))
        yield from ledgers(own, pair["reference"], pair["scenario"], language)


def _movers(experiment: Experiment, histories: Sequence[Draw], language: Language) -> Iterator[str]:
    """Yield which values go most closely with the answer, scenario by scenario."""
    told, own = told_values(experiment), [result.name for result in own_results(experiment)]
    for name in own[1:]:
        figure = _first_figure(experiment, name)
        values = told.get(figure)
        if values is not None and values.shape[1] == len(histories):
            if len(own) > 2:
                yield said("h3", name)
            yield from movers(histories, values[experiment.names.index(name)] - values[0], figure, language)


def _first_figure(experiment: Experiment, name: str) -> tuple[str, str]:
    """Return the protection figure whose difference is told first: one that is not the same everywhere."""
    rows = experiment.differences
    rows = rows[rows["scenario"] == name]
    found = {(row.metric, row.country): row for row in rows.itertuples(index=False)}
    return next((key for key in PROTECTION if key in found and case(found[key]) != "same"), PROTECTION[0])


def _source(experiment: Experiment, how: How, language: Language) -> Iterator[str]:
    """Yield how the numbers were made, and how to make them again."""
    yield said("p", runs_line(experiment, language))
    if how.command:
        yield tag("p", shown(language.say("source.made")), " ", said("code", how.command), ".")
    again = said("code", f"bordersim reproduce {experiment.folder}")
    yield tag("p", shown(language.say("source.again")), " ", again)
    digests = experiment.digests.items()
    yield listed(language.say("source.digest", name=name, digest=digest) for name, digest in digests)
    yield said("p", _versions(language))
    yield said("p", language.say("source.files"))
    yield said("p", language.say("source.cite", version=versions()["bordersim"]))


def _versions(language: Language) -> str:
    """Write the versions and the commit of the installation that made the page."""
    from bordersim.results.store.provenance import commit

    told = ", ".join(f"{name} {version}" for name, version in versions().items() if version)
    made = commit() or language.say("source.unknown")
    return language.say("source.versions", versions=told, commit=made)
