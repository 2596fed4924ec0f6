"""A story as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bordersim.limits import LIMITS_OF_USE
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
from bordersim.report.story.told import Life, Story, Told
from bordersim.report.story.words import WORDS, word

WIDTH, LANE = 100, 72
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


def text(story: Story) -> str:
    """Return a story as lines of text.

    Parameters
    ----------
    story
        The families told of, and how many are like them.
    """
    page = WORDS["page"]
    lines = [page["kicker"] + "."]
    for key, name, title in zip(("reference", "scenario"), story.scenarios, story.titles, strict=True):
        lines.append(page[key].format(name=name, title=title))
    lines += [page["same_luck"], *(page["note"].format(note=note) for note in story.notes)]
    for told in story.told:
        lines += ["", *_told(story, told)]
    exact = page["exact"].format(word=story.survey.word)
    lines += ["", *_survey(story), "", exact, page["reach"], LIMITS_OF_USE]
    return "\n".join(wrapped for line in lines for wrapped in _wrapped(line))


def _told(story: Story, told: Told) -> Iterator[str]:
    """Yield one family."""
    page = WORDS["page"]
    yield f"{told.person}: {family(told)}"
    yield from picked(told)
    if any(day for _, day in told.deaths):
        yield death(told)
        return
    yield from _lanes(story, told)
    one, other = told.lives
    yield page["in_both"] + ":"
    yield from _listed(sentences(one.moments[: told.alike])) or [f"  {page['nothing_before']}"]
    if told.why is None:
        yield f"{page['same_life']} {ending(one)}"
        return
    for side, life in ((page["only_a"], one), (page["only_b"], other)):
        yield f"{side}:"
        yield from _listed([*sentences(life.moments[told.alike :]), ending(life)])
    yield from _why(told)


def _why(told: Told) -> Iterator[str]:
    """Yield why the lives part."""
    assert told.why
    assert told.parted
    page = WORDS["page"]
    yield f"{page['why']}, {told_day(told.parted)}: {reason(told.why)}."
    table = [(row.what, row.a, row.b) for row in rows(told.why)]
    if table:
        yield from _table([("", "A", "B"), *table])
    where, words = rule_text(told.why)
    yield f"  {where} {words}"
    yield from _listed(values(told.why))


def _survey(story: Story) -> Iterator[str]:
    """Yield how many are like them."""
    page, survey = WORDS["page"], story.survey
    yield f"{page['endings']}. {page['endings_note'].format(runs=runs(story))}"
    yield from _table([(ends(each), percent(each.share)) for each in survey.endings[:MOST_ENDINGS]])
    yield f"{page['parting']}. {page['parting_note'].format(runs=runs(story))}"
    same = (page["same_life"].removesuffix("."), counted(survey.same))
    yield from _table([same, *((WORDS["kinds"][kind]["words"], counted(n)) for kind, n in survey.kinds)])
    if survey.policies_part and survey.first_parted:
        days = map(told_day, (survey.policies_part, survey.first_parted))
        yield page["first_days"].format(**dict(zip(("policies", "first"), days, strict=True)))


def _lanes(story: Story, told: Told) -> Iterator[str]:
    """Yield the two lives as rows of signs, from the day they come to the end of the period."""
    starts = [life.moments[0].days for life in told.lives if life.moments]
    first = min(starts, default=0.0)
    step = (story.days - first) / LANE
    for side, life in zip("AB", told.lives, strict=True):
        yield f"  {side} {''.join(_sign(life, first + place * step, step) for place in range(LANE))}"
    shown = dict.fromkeys(moment.now for life in told.lives for moment in life.moments)
    yield "  " + ", ".join(f"{SIGNS[state]} {word('states', state)}" for state in shown) + ", | an event"


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


def _wrapped(line: str) -> list[str]:
    """Return a line in pieces that fit a terminal; tables and lanes stay as they are."""
    indent = "    " if line.startswith("  - ") else "  " if line.startswith("  ") else ""
    if indent == "  " and "  " in line.strip():
        return [line]
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent) or [""]
