"""A story as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bordersim.report.catalogue import Language
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
    word,
)
from bordersim.report.story.told import Life, Story, Told

WIDTH, LANE, MARGIN = 100, 72, 4
MOST_ENDINGS = 8
SIGNS = {
    "en_route": " ",
    "border_zone": "-",
    "captive": "#",
    "in_procedure": "=",
    "entered": "+",
    "admitted": "=",
    "moved_on": ">",
    "returned_home": "<",
    "stayed": "_",
}


def text(story: Story, language: Language, width: int = WIDTH) -> str:
    """Return a story as lines of text.

    Parameters
    ----------
    story
        The families told of, and how many are like them.
    language
        In which words.
    width
        Of a line, in letters; at least that of a lane.
    """
    wide = max(width, LANE + MARGIN)
    return "\n".join(wrapped for line in _lines(story, language) for wrapped in _wrapped(line, wide))


def _lines(story: Story, language: Language) -> Iterator[str]:
    """Yield it line by line."""
    yield f"{language.say('story.page.kicker')}."
    if unread := language.say("page.unread"):
        yield unread
    for key, name, title in zip(("reference", "scenario"), story.scenarios, story.titles, strict=True):
        yield language.say(f"story.page.{key}", name=name, title=title)
    yield language.say("story.page.same_luck")
    yield from (language.say("page.note", note=note) for note in story.notes)
    for told in story.told:
        yield from ("", *_told(story, told, language))
    yield from ("", *_survey(story, language), "")
    yield language.say(f"story.exact.{story.survey.word}")
    yield from (language.say("story.page.reach"), language.say("limits_of_use"))


def _told(story: Story, told: Told, language: Language) -> Iterator[str]:
    """Yield one family."""
    yield f"{told.person}: {family(told, language)}"
    yield from picked(told, language)
    if any(day for _, day in told.deaths):
        yield death(told, language)
        return
    yield from _lanes(story, told, language)
    one, other = told.lives
    nothing = [f"  {language.say('story.page.nothing_before')}"]
    yield f"{language.say('story.page.in_both')}:"
    yield from _listed(sentences(one.moments[: told.alike], language)) or nothing
    if told.why is None:
        yield f"{language.say('story.page.same_life')} {ending(one, language)}"
        return
    for side, life in (("a", one), ("b", other)):
        yield f"{language.say(f'story.page.only_{side}')}:"
        yield from _listed([*sentences(life.moments[told.alike :], language), ending(life, language)])
    yield from _why(told, language)


def _why(told: Told, language: Language) -> Iterator[str]:
    """Yield why the lives part."""
    assert told.why
    assert told.parted
    parted = language.day(told.parted)
    yield f"{language.say('story.page.why')}, {parted}: {reason(told.why, language)}."
    table = [(row.what, row.a, row.b) for row in rows(told.why, language)]
    if table:
        yield from _table([("", "A", "B"), *table])
    where, words = rule_text(told.why, language)
    yield f"  {where} {words}"
    yield from _listed(values(told.why, language))


def _survey(story: Story, language: Language) -> Iterator[str]:
    """Yield how many are like them."""
    survey, looked_at = story.survey, runs(story, language)
    endings, parting = (
        f"{language.say(f'story.page.{each}')}. {language.say(f'story.page.{each}_note', runs=looked_at)}"
        for each in ("endings", "parting")
    )
    yield endings
    shown = survey.endings[:MOST_ENDINGS]
    yield from _table([(ends(each, language), percent(each.share, language)) for each in shown])
    yield parting
    yield from _table([(name, counted(number, language)) for name, number in kinds(survey, language)])
    if days := first_days(survey, language):
        yield days


def _lanes(story: Story, told: Told, language: Language) -> Iterator[str]:
    """Yield the two lives as rows of signs, from the day they come to the end of the period."""
    starts = [life.moments[0].days for life in told.lives if life.moments]
    first = min(starts, default=0.0)
    step = (story.days - first) / LANE
    for side, life in zip("AB", told.lives, strict=True):
        yield f"  {side} {''.join(_sign(life, first + place * step, step) for place in range(LANE))}"
    shown = dict.fromkeys(moment.now for life in told.lives for moment in life.moments)
    signs = [f"{SIGNS[state]} {word('states', state, language)}" for state in shown]
    yield f"  {', '.join(signs)}, | {language.say('story.page.event')}"


def _sign(life: Life, day: float, step: float) -> str:
    """Return the sign of a state at a time, a stroke where something happens."""
    if any(day <= moment.days < day + step for moment in life.moments):
        return "|"
    past = [moment for moment in life.moments if moment.days < day]
    return SIGNS.get(past[-1].now, " ") if past else " "


def _listed(texts: list[str]) -> list[str]:
    """Return sentences as a list."""
    return [f"  - {each}" for each in texts]


def _table(table: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows with columns below one another."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  " + "  ".join(cells).rstrip()


def _wrapped(line: str, width: int) -> list[str]:
    """Return a line in pieces that fit a terminal; tables and lanes stay as they are while they fit."""
    indent = "    " if line.startswith("  - ") else "  " if line.startswith("  ") else ""
    if indent == "  " and "  " in line.strip() and len(line) <= width:
        return [line]
    return textwrap.wrap(line, width, subsequent_indent=indent) or [""]
