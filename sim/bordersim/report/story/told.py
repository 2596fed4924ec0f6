"""What a story is made of: families, what happened to them under A and B, why their ways part.

Plain data, without any sentence; the words are in the catalogue.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

Value = (
    float | str | tuple[float, float] | None
)  # a chance or a count, a word, from where to where a draw falls


class Range(NamedTuple):
    """A figure of replicates or histories: the middle one, and the ends of what nine tenths of them have."""

    median: float
    low: float
    high: float


class Moment(NamedTuple):
    """What happened to a family at one time of one life."""

    day: date
    part: int  # of the day: 0 night, 1 morning, 2 afternoon, 3 evening
    days: float  # since the run began
    event: str
    was: str
    now: str
    place: str  # the stretch; empty where there is none
    border: str
    attempt: int
    tries: bool  # an attempt begins here
    returns: int
    returned: bool  # sent back here
    presenting: bool
    breached: bool
    detected: bool
    turned_round: bool
    captive: bool
    after_line: bool
    stopped: bool  # by the host state
    splits: bool  # the family leaves a group that is too large, and sets out at once


class Life(NamedTuple):
    """A family's life under one scenario."""

    scenario: str
    title: str
    moments: tuple[Moment, ...]
    ending: str


class Fact(NamedTuple):
    """A line of why: its key among the words, what it is about, and its value under A and B."""

    key: str
    about: str
    a: Value
    b: Value


class Source(NamedTuple):
    """Where a value comes from that the rule uses."""

    key: str
    a: str
    b: str
    confidence: str
    source: str


class Why(NamedTuple):
    """Why two lives part: the kind of difference, the rule in its own words, facts, the values it uses."""

    kind: str
    rule: str
    rule_words: str
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]


class Pick(NamedTuple):
    """By which rule a family was chosen, and how many are like it."""

    rule: str  # "typical", "each-ending", "extreme-returns", "extreme-captive" or "person"
    pair: tuple[str, str]  # endings under A and B
    is_same: bool  # among those who live the same life under both
    like: int  # families that end so
    of: int  # families in all
    share: Range


class Told(NamedTuple):
    """One family, and its life under A and B."""

    person: str
    pick: Pick
    people: int
    seeks: bool
    origin: str
    landed: date
    lives: tuple[Life, Life]
    alike: int  # moments before the lives part
    parted: date | None
    why: Why | None
    deaths: tuple[tuple[int, date | None], tuple[int, date | None]]  # how many die under A and B, and the day


class Ending(NamedTuple):
    """How many families end in some way under A and B."""

    pair: tuple[str, str]
    is_same: bool
    share: Range


class Survey(NamedTuple):
    """What there is to say of all families looked at."""

    runs: int
    of: int
    word: str  # "replicate" or "history"
    families: Range
    same: Range
    kinds: tuple[tuple[str, Range], ...]  # families whose lives first part so
    endings: tuple[Ending, ...]
    policies_part: date | None
    first_parted: date | None


class Story(NamedTuple):
    """Everything a page of lives shows."""

    scenarios: tuple[str, str]
    titles: tuple[str, str]
    days: int
    start: date
    survey: Survey
    told: tuple[Told, ...]
    left: int  # pairs of endings of which no family is told
    notes: tuple[str, ...] = ()
    made_by: str = ""
