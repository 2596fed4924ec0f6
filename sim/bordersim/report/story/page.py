"""A story as one page: a file of HTML with SVG in it that asks nobody for anything and runs no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from bordersim.report import page as pages
from bordersim.report.catalogue import Language
from bordersim.report.page.frame import VIEW, unread
from bordersim.report.page.markup import listed, said, section, shown, tag
from bordersim.report.story.lanes import bar, lanes
from bordersim.report.story.reasons import reason, rows, rule_text, values
from bordersim.report.story.sentences import (
    counted,
    death,
    ending,
    ends,
    family,
    first_days,
    kinds,
    percent,
    picked,
    runs,
    sentences,
)
from bordersim.report.story.told import Life, Range, Story, Told

MOST_ENDINGS = 16


def page(story: Story, language: Language) -> str:
    """Return a story as HTML.

    Parameters
    ----------
    story
        The families told of, and how many are like them.
    language
        In which words.
    """
    sheets = ((pages.__name__, "style.css"), (__package__, "story.css"))
    style = "".join(files(where).joinpath(name).read_text(encoding="utf-8") for where, name in sheets)
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; img-src data:"
    head = (
        f'{VIEW}<meta http-equiv="Content-Security-Policy" content="{shown(policy)}">'
        f"<title>{shown(_title(story, language))}</title><style>{style}</style>"
    )
    body = tag("main", *_sections(story, language))
    return f'<!doctype html>\n<html lang="{language.code}"><head>{head}</head><body>{body}</body></html>\n'


def _title(story: Story, language: Language) -> str:
    """Return the title."""
    return language.say(f"story.page.{'title' if len(story.told) == 1 else 'title_many'}")


def _sections(story: Story, language: Language) -> Iterator[str]:
    """Yield the page in order."""
    yield said("p", f"{language.say('story.page.kicker')}.", class_="small")
    yield said("h1", _title(story, language))
    yield unread(language)
    for key, name, title in zip(("reference", "scenario"), story.scenarios, story.titles, strict=True):
        yield said("p", language.say(f"story.page.{key}", name=name, title=title))
    yield said("p", language.say("story.page.same_luck"))
    yield listed(language.say("page.note", note=note) for note in story.notes)
    for told in story.told:
        yield tag("section", *_family(story, told, language), class_="family")
    if len(story.told) > 1 and story.left:
        yield said("p", language.say("story.page.more_pairs", left=story.left))
    yield section(language.say("story.page.survey"), *_survey(story, language))
    yield section(language.say("story.page.how"), *_made(story, language))


def _family(story: Story, told: Told, language: Language) -> Iterator[str]:
    """Yield one family: who, why it was chosen, its lives, why they part."""
    yield said("h2", told.person)
    yield said("p", family(told, language))
    yield from (said("p", text, class_="small") for text in picked(told, language))
    if any(day for _, day in told.deaths):
        yield said("p", death(told, language))
        return
    yield lanes(story, told, language)
    one = told.lives[0]
    alike = sentences(one.moments[: told.alike], language)
    yield said("h3", language.say("story.page.in_both"))
    yield _numbered(alike) if alike else said("p", language.say("story.page.nothing_before"))
    if told.why is None:
        yield said("p", f"{language.say('story.page.same_life')} {ending(one, language)}")
        return
    yield said("h3", language.say("story.page.then"))
    titles = (language.say(f"story.page.only_{side}") for side in "ab")
    both = (_then(title, each, told.alike, language) for title, each in zip(titles, told.lives, strict=True))
    yield tag("div", *both, class_="two")
    yield from _why(told, language)


def _then(title: str, life: Life, alike: int, language: Language) -> str:
    """Return the rest of a life, from where it parts from the other."""
    rest = [*sentences(life.moments[alike:], language), ending(life, language)]
    return tag("section", said("h4", title), _numbered(rest))


def _why(told: Told, language: Language) -> Iterator[str]:
    """Yield why the lives part: the kind of difference, facts, the rule, the values it uses."""
    assert told.why
    assert told.parted
    used, parted = values(told.why, language), language.day(told.parted)
    yield said("h3", f"{language.say('story.page.why')}, {parted}: {reason(told.why, language)}")
    if facts := rows(told.why, language):
        yield _table((language.say("story.page.what"), "A", "B"), (map(_cell, row) for row in facts))
    where, rule = rule_text(told.why, language)
    yield tag("div", said("p", where, class_="small"), said("p", rule, lang="en"), class_="rule")
    if used:
        yield said("p", language.say("story.page.values"), class_="small")
        yield listed(used)
        yield said("p", language.say("story.page.more"), class_="small")


def _survey(story: Story, language: Language) -> Iterator[str]:
    """Yield how many families are like those, and what first parts lives."""
    survey, looked_at = story.survey, runs(story, language)
    most = max((each.share.high for each in survey.endings), default=0.0)
    yield said("h3", language.say("story.page.endings"))
    yield said("p", language.say("story.page.endings_note", runs=looked_at))
    shares = (
        (_cell(ends(each, language)), *_ranged(each.share, most, percent(each.share, language)))
        for each in survey.endings[:MOST_ENDINGS]
    )
    yield _table(("", "", ""), shares)
    yield said("h3", language.say("story.page.parting"))
    yield said("p", language.say("story.page.parting_note", runs=looked_at))
    named = kinds(survey, language)
    most = max(number.high for _, number in named)
    counts = ((_cell(name), *_ranged(number, most, counted(number, language))) for name, number in named)
    yield _table(("", "", ""), counts)
    if days := first_days(survey, language):
        yield said("p", days)


def _made(story: Story, language: Language) -> Iterator[str]:
    """Yield how the page was made and what it must not be used for."""
    yield said("p", language.say(f"story.exact.{story.survey.word}"))
    yield said("p", language.say("story.page.reach"))
    if story.made_by:
        yield said("p", language.say("story.page.made_by", command=story.made_by))
    yield said("p", language.say("limits_of_use"))


def _ranged(number: Range, most: float, text: str) -> tuple[str, str]:
    """Return the cells of a figure with its range: drawn, and in numbers."""
    return tag("td", bar(number, most), class_="bar"), _cell(text)


def _cell(text: str) -> str:
    """Return a cell of a table."""
    return said("td", text)


def _table(head: Sequence[str], body: Iterable[Iterable[str]]) -> str:
    """Return a table that can be pushed aside where it is too wide."""
    top = tag("thead", tag("tr", *(said("th", name, scope="col") for name in head))) if any(head) else ""
    lines = tag("tbody", *(tag("tr", *row) for row in body))
    return tag("div", tag("table", top, lines, class_="plain"), class_="wide")


def _numbered(texts: Sequence[str]) -> str:
    """Return sentences as a numbered list."""
    return tag("ol", *(said("li", text) for text in texts))
