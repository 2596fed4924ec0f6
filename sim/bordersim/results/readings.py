"""Other readings of a comparison, each told by the name of the scenario it is a copy of.

Under another policy chance and the host state may be taken in several ways, and each answers another
question: the same luck, or fresh luck from the day on which the policies part; a host state that answers what
then happens, or one that steers as it did. A part of a scenario has one of its changes only, or all but one.
"""

from __future__ import annotations

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
