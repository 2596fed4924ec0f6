"""A story as one page: a file of HTML with SVG in it that asks nobody for anything and runs no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from bordersim.limits import LIMITS_OF_USE
from bordersim.report import page as pages
from bordersim.report.page.markup import listed, said, section, shown, tag
from bordersim.report.story.lanes import bar, lanes
from bordersim.report.story.reasons import reason, rows, rule_text, values
from bordersim.report.story.sentences import (
    counted,
    death,
    ending,
    ends,
    family,
    percent,
    picked,
    runs,
    sentences,
    told_day,
)
from bordersim.report.story.told import Life, Range, Story, Told
from bordersim.report.story.words import LANGUAGE, WORDS

MOST_ENDINGS = 16


def page(story: Story) -> str:
    """Return a story as HTML.

    Parameters
    ----------
    story
        The families told of, and how many are like them.
    """
    sheets = ((pages.__name__, "style.css"), (__package__, "story.css"))
    style = "".join(files(where).joinpath(name).read_text(encoding="utf-8") for where, name in sheets)
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; img-src data:"
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{shown(policy)}">'
        f"<title>{shown(_title(story))}</title><style>{style}</style>"
    )
    body = tag("main", *_sections(story))
    return f'<!doctype html>\n<html lang="{LANGUAGE}"><head>{head}</head><body>{body}</body></html>\n'


def _title(story: Story) -> str:
    """Return the title."""
    return str(WORDS["page"]["title" if len(story.told) == 1 else "title_many"])


def _sections(story: Story) -> Iterator[str]:
    """Yield the page in order."""
    words = WORDS["page"]
    yield said("p", f"{words['kicker']}.", class_="small")
    yield said("h1", _title(story))
    for key, name, title in zip(("reference", "scenario"), story.scenarios, story.titles, strict=True):
        yield said("p", words[key].format(name=name, title=title))
    yield said("p", words["same_luck"])
    yield listed(words["note"].format(note=note) for note in story.notes)
    for told in story.told:
        yield tag("section", *_family(story, told), class_="family")
    if len(story.told) > 1 and story.left:
        yield said("p", words["more_pairs"].format(left=story.left))
    yield section(words["survey"], *_survey(story))
    yield section(words["how"], *_made(story))


def _family(story: Story, told: Told) -> Iterator[str]:
    """Yield one family: who, why it was chosen, its lives, why they part."""
    words = WORDS["page"]
    yield said("h2", told.person)
    yield said("p", family(told))
    yield from (said("p", text, class_="small") for text in picked(told))
    if any(day for _, day in told.deaths):
        yield said("p", death(told))
        return
    yield lanes(story, told)
    one = told.lives[0]
    alike = sentences(one.moments[: told.alike])
    yield said("h3", words["in_both"])
    yield _numbered(alike) if alike else said("p", words["nothing_before"])
    if told.why is None:
        yield said("p", f"{words['same_life']} {ending(one)}")
        return
    yield said("h3", words["then"])
    titles = (words["only_a"], words["only_b"])
    both = (_then(title, each, told.alike) for title, each in zip(titles, told.lives, strict=True))
    yield tag("div", *both, class_="two")
    yield from _why(told)


def _then(title: str, life: Life, alike: int) -> str:
    """Return the rest of a life, from where it parts from the other."""
    return tag("section", said("h4", title), _numbered([*sentences(life.moments[alike:]), ending(life)]))


def _why(told: Told) -> Iterator[str]:
    """Yield why the lives part: the kind of difference, facts, the rule, the values it uses."""
    assert told.why
    assert told.parted
    words, used = WORDS["page"], values(told.why)
    yield said("h3", f"{words['why']}, {told_day(told.parted)}: {reason(told.why)}")
    if facts := rows(told.why):
        yield _table((words["what"], "A", "B"), (map(_cell, row) for row in facts))
    where, rule = rule_text(told.why)
    yield tag("div", said("p", where, class_="small"), said("p", rule), class_="rule")
    if used:
        yield said("p", words["values"], class_="small")
        yield listed(used)
        yield said("p", words["more"], class_="small")


def _survey(story: Story) -> Iterator[str]:
    """Yield how many families are like those, and what first parts lives."""
    words, survey = WORDS["page"], story.survey
    most = max((each.share.high for each in survey.endings), default=0.0)
    yield said("h3", words["endings"])
    yield said("p", words["endings_note"].format(runs=runs(story)))
    shares = (
        (_cell(ends(each)), *_ranged(each.share, most, percent(each.share)))
        for each in survey.endings[:MOST_ENDINGS]
    )
    yield _table(("", "", ""), shares)
    yield said("h3", words["parting"])
    yield said("p", words["parting_note"].format(runs=runs(story)))
    kinds = [(words["same_life"].removesuffix("."), survey.same)]
    kinds += [(WORDS["kinds"][kind]["words"], number) for kind, number in survey.kinds]
    most = max(number.high for _, number in kinds)
    counts = ((_cell(name), *_ranged(number, most, counted(number))) for name, number in kinds)
    yield _table(("", "", ""), counts)
    if survey.policies_part and survey.first_parted:
        yield said("p", _first_days(story))


def _first_days(story: Story) -> str:
    """Return when the policies, and the first lives, part."""
    assert story.survey.policies_part
    assert story.survey.first_parted
    policies, first = told_day(story.survey.policies_part), told_day(story.survey.first_parted)
    return str(WORDS["page"]["first_days"].format(policies=policies, first=first))


def _made(story: Story) -> Iterator[str]:
    """Yield how the page was made and what it must not be used for."""
    words = WORDS["page"]
    yield said("p", words["exact"].format(word=story.survey.word))
    yield said("p", words["reach"])
    if story.made_by:
        yield said("p", words["made_by"].format(command=story.made_by))
    yield said("p", LIMITS_OF_USE)


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
