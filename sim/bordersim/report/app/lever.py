"""A lever as the page shows it, and a setting of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Held(NamedTuple):
    """A value as a user types it, and the day from which on it holds."""

    day: date
    value: str


class Lever(NamedTuple):
    """One value that can be set on the page; its words are in the catalogue, by its key.

    Attributes
    ----------
    key
        Its dotted key.
    section, meaning
        The heading under which it stands, as a key of the catalogue, and what it means, in English.
    unit
        Its unit; nothing for regimes.
    low, high, step
        The ends and the steps of its slider, in its unit.
    value
        The value it has without being set: on the first day, where it changes by date.
    words
        The values it may take, where they are words.
    recorded
        Its values by date without being set; nothing where they differ between histories.
    varies
        Whether it differs between histories.
    """

    key: str
    section: str
    meaning: str
    unit: str
    low: float
    high: float
    step: float
    value: object
    words: tuple[str, ...]
    recorded: tuple[Held, ...]
    varies: bool


class Change(NamedTuple):
    """A policy: the value of a lever on the days from first to last, both included."""

    key: str
    first: date
    last: date
    value: object


class Choices(NamedTuple):
    """The levers that can be set, by key and in order: those of a policy, and assumptions."""

    policy: dict[str, Lever]
    assumption: dict[str, Lever]
