"""Sentences about a family: what happened to it, one for each try, and what there is to say beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bordersim.report.catalogue import Language
from bordersim.report.story.told import Ending, Life, Moment, Range, Story, Survey, Told
from bordersim.words.codes import COUNTRIES

A_TRY = ("set_out", "alarm", "meet", "clear", "release")
PERCENT = 100
RELEASED = {"in_procedure": "rescued", "returned_home": "taken_home"}  # how a wait between the lines ends


def word(section: str, key: str, language: Language) -> str:
    """Return a word of a story; what has none is told by its key."""
    found = f"story.{section}.{key}"
    return language.say(found) if language.says(found) else key.replace("_", " ")


def sentences(moments: Sequence[Moment], language: Language) -> list[str]:
    """Return what happened, a sentence for each try and for each other event."""
    found = []
    for run in _runs(moments):
        clauses = [clause for moment in run for clause in _clauses(moment, moment is run[-1], language)]
        if clauses:
            when = {"day": language.day(run[0].day), "part": language.say(f"story.parts.{run[0].part}")}
            found.append(_said("sentence", language, what=language.listed(clauses), **when))
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


def _clauses(moment: Moment, is_last: bool, language: Language) -> Iterator[str]:
    """Yield what is said of a moment; what follows from an alarm is said by what comes next."""
    if moment.event in ("morning", "flight"):
        yield _changed(moment, language)
    elif moment.event == "arrive":
        yield _said("mission" if moment.now == "in_procedure" else "arrive", language)
    elif moment.event == "alarm":
        if moment.turned_round or is_last:
            yield _said("turned_round" if moment.turned_round else "patrol", language)
    elif moment.event == "meet":
        yield from _met(moment, language)
    elif moment.event == "clear":
        yield _said("gets_in" if moment.now == "entered" else "turns_round", language)
    else:
        yield from _set_out(moment, language)


def _changed(moment: Moment, language: Language) -> str:
    """Return what a morning brought."""
    if moment.event == "flight":
        return _said("flight", language)
    kind = {"in_procedure": "procedure", "entered": "stay"}.get(moment.was)
    if language.says(f"story.moments.{kind}_{moment.now}"):
        return _said(f"{kind}_{moment.now}", language)
    was, now = (word("states", each, language) for each in (moment.was, moment.now))
    return _said("other", language, was=was, now=now)


def _met(moment: Moment, language: Language) -> Iterator[str]:
    """Yield what a meeting with guards led to."""
    yield _said("met_after" if moment.after_line else "met_before", language)
    if moment.now == "in_procedure":
        yield _said("taken_in", language)
    if moment.returned:
        yield _said("sent_back", language, nth=_nth(moment.returns, language))
    if moment.now == "captive":
        yield _said("captive", language)
    elif moment.now in ("returned_home", "stayed"):
        yield _said("gives_up_home" if moment.now == "returned_home" else "gives_up_stays", language)


def _set_out(moment: Moment, language: Language) -> Iterator[str]:
    """Yield how a try, or the end of a wait between the lines, began."""
    if moment.event == "release":
        yield _said("driven" if moment.tries else RELEASED.get(moment.now, "let_back"), language)
        if not moment.tries:
            return
    if moment.splits:
        yield _said("splits", language)
        return
    border = language.place(moment.border) if moment.border in COUNTRIES else moment.border
    yield _said("try", language, attempt=moment.attempt, place=moment.place, border=border)
    if moment.stopped or moment.now == "returned_home":
        yield _said("stopped" if moment.stopped else "sent_home", language)
    elif moment.now == "in_procedure":
        yield _said("crossing_point", language)
    else:
        yield _said("waits" if moment.presenting else "evades", language)
        if not moment.breached:
            yield _said("holds", language)
        yield _said("noticed" if moment.detected else "unnoticed", language)


def _nth(number: int, language: Language) -> str:
    """Return a number in words where there is one."""
    key = f"story.ordinals.{number}"
    return language.say(key) if language.says(key) else language.say("story.ordinals.more", n=number)


def _said(key: str, language: Language, **values: object) -> str:
    """Return a clause."""
    return language.say(f"story.moments.{key}", **values)


def ending(life: Life, language: Language) -> str:
    """Return how a life stands at the end of the period."""
    return language.say("story.page.end", ending=word("endings", life.ending, language))


def family(told: Told, language: Language) -> str:
    """Return who a family is: how many, whether they would ask for protection, when and how they came."""
    who = language.say("story.family.one")
    if told.people > 1:
        who = language.say("story.family.many", people=told.people)
    origin = told.origin.replace("_", " ")
    came = language.say("story.family.landed", day=language.day(told.landed), origin=origin)
    return f"{who}{language.say('story.family.seeks') if told.seeks else ''}{came}"


def picked(told: Told, language: Language) -> list[str]:
    """Return by which rule a family was chosen, and how many end as it does."""
    pick = told.pick
    a, b = (_end(each, language) for each in pick.pair)
    how = language.say("story.picks.same" if pick.is_same else "story.picks.other")
    like, of = (language.number(each, 0) for each in (pick.like, pick.of))
    counted = {"share": percent(pick.share, language), "like": like, "of": of}
    return [
        language.say(f"story.picks.{pick.rule}", of=of),
        language.say("story.picks.share", **counted, a=a, b=b, how=how),
    ]


def death(told: Told, language: Language) -> str:
    """Return in one plain sentence that somebody died."""
    parts = list[str]()
    for side, life, (dead, day) in zip("AB", told.lives, told.deaths, strict=True):
        if day is None:
            ends = word("endings", life.ending, language)
            parts.append(language.say("story.deaths.none", side=side, ending=ends))
        else:
            many = language.say("story.deaths.one" if dead == 1 else "story.deaths.many", dead=dead)
            some = {"side": side, "dead": many, "people": told.people, "day": language.day(day)}
            parts.append(language.say("story.deaths.some", **some))
    return language.say("story.deaths.sentence", parts=language.listed(parts))


def ends(end: Ending, language: Language) -> str:
    """Return how families end under A and B."""
    a, b = (_end(each, language) for each in end.pair)
    return language.say("story.page.both_end" if end.is_same else "story.page.ends", a=a, b=b)


def _end(state: str, language: Language) -> str:
    """Return a state in which a family ends; where somebody died, that."""
    return word("states" if state != "dead" else "endings", state, language)


def percent(share: Range, language: Language) -> str:
    """Return a share with its range."""
    places = 0 if share.median * PERCENT >= 1 else 1
    ends = {name: language.number(each * PERCENT, places) for name, each in share._asdict().items()}
    return language.say("story.page.percent", **ends)


def counted(number: Range, language: Language) -> str:
    """Return a number of families with its range."""
    ends = {name: language.number(each, 0) for name, each in number._asdict().items()}
    return language.say("cell.range", **ends)


def runs(story: Story, language: Language) -> str:
    """Return how many replicates or histories were looked at."""
    survey = story.survey
    return language.say(f"story.counts.{survey.word}", runs=survey.runs, of=survey.of)


def kinds(survey: Survey, language: Language) -> list[tuple[str, Range]]:
    """Return how many families there are by what first parts their lives; those who live the same first."""
    same = language.say("story.page.same_life").removesuffix(".")
    others = ((language.say(f"story.kinds.{kind}"), number) for kind, number in survey.kinds)
    return [(same, survey.same), *others]


def first_days(survey: Survey, language: Language) -> str:
    """Return when the policies, and the first lives, part; nothing where they do not."""
    if not (survey.policies_part and survey.first_parted):
        return ""
    policies, first = language.day(survey.policies_part), language.day(survey.first_parted)
    return language.say("story.page.first_days", policies=policies, first=first)
