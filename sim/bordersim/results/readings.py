"""Other readings of a comparison, each told by the name of the scenario it is a copy of.

Under another policy chance and the host state may be taken in several ways, and each answers another
question: the same luck, or fresh luck from the day on which the policies part; a host state that answers what
then happens, or one that steers as it did. A part of a scenario has one of its changes only, or all but one.
"""

from __future__ import annotations

from collections.abc import Iterable

FRESH_LUCK, HOST_AS_IT_WAS = "fresh luck", "host as it was"
READINGS = (FRESH_LUCK, HOST_AS_IT_WAS)
APART = ", "
ONLY, WITHOUT = "only ", "without "  # how the names of parts of a scenario go on, before that of a change


def named(scenario: str, reading: str) -> str:
    """Return the name of a reading of a scenario."""
    return f"{scenario}{APART}{reading}"


def parted(name: str) -> tuple[str, str]:
    """Return a scenario and the reading or part of it, which is empty where it is the scenario itself."""
    scenario, _, reading = name.rpartition(APART)
    return (scenario, reading) if reading in READINGS or reading.startswith((ONLY, WITHOUT)) else (name, "")


def is_part_of(name: str) -> bool:
    """Return whether a name is that of a part of a scenario: one of its changes alone, or all but one."""
    return parted(name)[1].startswith((ONLY, WITHOUT))


def own_names(names: Iterable[str]) -> list[str]:
    """Return the names of the scenarios themselves, without readings and parts of them."""
    return [name for name in names if not parted(name)[1]]


def listed(names: Iterable[str]) -> str:
    """Write names in a row; semicolons part them where a name has a comma in it."""
    each = list(names)
    return ("; " if any(APART in name for name in each) else APART).join(each)
