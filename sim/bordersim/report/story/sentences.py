"""Sentences about a family: what happened to it, one for each try, and what there is to say beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bordersim.report.story.told import Ending, Life, Moment, Range, Story, Told
from bordersim.report.story.words import WORDS, word

A_TRY = ("set_out", "alarm", "meet", "clear", "release")
PERCENT = 100
RELEASED = {"in_procedure": "rescued", "returned_home": "taken_home"}  # how a wait between the lines ends


def told_day(day: date) -> str:
    """Return a day as it is told."""
    return f"{day.day} {day:%B %Y}"


def sentences(moments: Sequence[Moment]) -> list[str]:
    """Return what happened, a sentence for each try and for each other event."""
    found = []
    for run in _runs(moments):
        clauses = [clause for moment in run for clause in _clauses(moment, moment is run[-1])]
        if clauses:
            day, part = told_day(run[0].day), WORDS["parts"][str(run[0].part)]
            found.append(_said("sentence", day=day, part=part, what="; ".join(clauses)))
    return found


def _runs(moments: Sequence[Moment]) -> list[list[Moment]]:
    """Put together what belongs to one try."""
    runs: list[list[Moment]] = []
    for moment in moments:
        goes_on = moment.event in A_TRY and not moment.tries and moment.event != "release"
        if goes_on and runs and runs[-1][-1].event in A_TRY and not moment.splits:
            runs[-1].append(moment)
        else:
            runs.append([moment])
    return runs


def _clauses(moment: Moment, is_last: bool) -> Iterator[str]:
    """Yield what is said of a moment; what follows from an alarm is said by what comes next."""
    if moment.event in ("morning", "flight"):
        yield _changed(moment)
    elif moment.event == "arrive":
        yield _said("mission" if moment.now == "in_procedure" else "arrive")
    elif moment.event == "alarm":
        if moment.turned_round or is_last:
            yield _said("turned_round" if moment.turned_round else "patrol")
    elif moment.event == "meet":
        yield from _met(moment)
    elif moment.event == "clear":
        yield _said("gets_in" if moment.now == "entered" else "turns_round")
    else:
        yield from _set_out(moment)


def _changed(moment: Moment) -> str:
    """Return what a morning brought."""
    if moment.event == "flight":
        return _said("flight")
    kind = {"in_procedure": "procedure", "entered": "stay"}.get(moment.was)
    if f"{kind}_{moment.now}" in WORDS["moments"]:
        return _said(f"{kind}_{moment.now}")
    return _said("other", was=word("states", moment.was), now=word("states", moment.now))


def _met(moment: Moment) -> Iterator[str]:
    """Yield what a meeting with guards led to."""
    yield _said("met_after" if moment.after_line else "met_before")
    if moment.now == "in_procedure":
        yield _said("taken_in")
    if moment.returned:
        yield _said("sent_back", nth=_nth(moment.returns))
    if moment.now == "captive":
        yield _said("captive")
    elif moment.now in ("returned_home", "stayed"):
        yield _said("gives_up_home" if moment.now == "returned_home" else "gives_up_stays")


def _set_out(moment: Moment) -> Iterator[str]:
    """Yield how a try, or the end of a wait between the lines, began."""
    if moment.event == "release":
        yield _said("driven" if moment.tries else RELEASED.get(moment.now, "let_back"))
        if not moment.tries:
            return
    if moment.splits:
        yield _said("splits")
        return
    yield _said("try", attempt=moment.attempt, place=moment.place, border=word("borders", moment.border))
    if moment.stopped or moment.now == "returned_home":
        yield _said("stopped" if moment.stopped else "sent_home")
    elif moment.now == "in_procedure":
        yield _said("crossing_point")
    else:
        yield _said("waits" if moment.presenting else "evades")
        if not moment.breached:
            yield _said("holds")
        yield _said("noticed" if moment.detected else "unnoticed")


def _nth(number: int) -> str:
    """Return a number in words where there is one."""
    words = WORDS["ordinals"]
    return str(words.get(str(number)) or words["more"].format(n=number))


def _said(key: str, **values: object) -> str:
    """Return a clause."""
    return str(WORDS["moments"][key].format(**values))


def ending(life: Life) -> str:
    """Return how a life stands at the end of the period."""
    return str(WORDS["page"]["end"].format(ending=word("endings", life.ending)))


def family(told: Told) -> str:
    """Return who a family is: how many, whether they would ask for protection, when and how they came."""
    words = WORDS["family"]
    who = words["one"] if told.people == 1 else words["many"].format(people=told.people)
    came = words["landed"].format(day=told_day(told.landed), origin=told.origin.replace("_", " "))
    return f"{who}{words['seeks'] if told.seeks else ''}{came}"


def picked(told: Told) -> list[str]:
    """Return by which rule a family was chosen, and how many end as it does."""
    words, pick = WORDS["picks"], told.pick
    a, b = (word("states" if each != "dead" else "endings", each) for each in pick.pair)
    how = words["same" if pick.is_same else "other"]
    share, like, of = percent(pick.share), f"{pick.like:,}", f"{pick.of:,}"
    return [
        words[pick.rule].format(of=of),
        words["share"].format(share=share, like=like, of=of, a=a, b=b, how=how),
    ]


def death(told: Told) -> str:
    """Return in one plain sentence that somebody died."""
    words, parts = WORDS["deaths"], list[str]()
    for side, life, (dead, day) in zip("AB", told.lives, told.deaths, strict=True):
        if day is None:
            parts.append(words["none"].format(side=side, ending=word("endings", life.ending)))
        else:
            many = words["one"] if dead == 1 else words["many"].format(dead=dead)
            some = {"side": side, "dead": many, "people": told.people, "day": told_day(day)}
            parts.append(words["some"].format(**some))
    return str(words["sentence"].format(parts="; ".join(parts)))


def ends(end: Ending) -> str:
    """Return how families end under A and B."""
    a, b = (word("states" if each != "dead" else "endings", each) for each in end.pair)
    return str(WORDS["page"]["both_end" if end.is_same else "ends"].format(a=a, b=b))


def percent(share: Range) -> str:
    """Return a share with its range."""
    places = 0 if share.median * PERCENT >= 1 else 1
    low, median, high = (f"{each * PERCENT:.{places}f}" for each in (share.low, share.median, share.high))
    return f"{median} % ({low} to {high} %)"


def counted(number: Range) -> str:
    """Return a number of families with its range."""
    return f"{number.median:,.0f} ({number.low:,.0f} to {number.high:,.0f})"


def runs(story: Story) -> str:
    """Return how many replicates or histories were looked at."""
    survey = story.survey
    return str(WORDS["counts"][survey.word].format(runs=survey.runs, of=survey.of))
