"""A lever as the page shows it, and a setting of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Lever(NamedTuple):
    """One value that can be set on the page.

    Attributes
    ----------
    key
        Its dotted key.
    label, section, meaning
        What it is called, under which heading it stands, and what it means.
    unit
        Its unit; nothing for regimes.
    low, high, step
        The ends and the steps of its slider, in its unit.
    value
        The value it has without being set: on the first day, where it changes by date.
    words
        The values it may take, where they are words.
    recorded
        Its values by date without being set, as text.
    varies
        Whether it differs between histories.
    """

    key: str
    label: str
    section: str
    meaning: str
    unit: str
    low: float
    high: float
    step: float
    value: object
    words: tuple[str, ...]
    recorded: str
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
