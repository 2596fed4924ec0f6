"""The name of a family: its replicate, and what its key is made of; the same under every scenario."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bordersim.errors import BadInput
from bordersim.inputs.nearest import did_you_mean
from bordersim.inputs.schema.dated import FIRST_DAY
from bordersim.model.randomness import family_key

NAME = re.compile(
    r"r(?P<run>\d{1,7})-(?P<origin>\w+)-(?P<day>\d{4}-\d{2}-\d{2})-(?P<number>\d{1,9})", re.ASCII
)
LIKE = "r0-via_istanbul-2021-08-27-4096"
DAY_BITS, NUMBER_BITS = 16, 32


def parts_of(key: int, origins: Mapping[int, str]) -> tuple[str, date, int]:
    """Return the origin, the day of landing and the number that a key is made of."""
    code, rest = divmod(key, 1 << (DAY_BITS + NUMBER_BITS))
    day, number = divmod(rest, 1 << NUMBER_BITS)
    return origins[code], FIRST_DAY + timedelta(day), number


def name_of(replicate: int, key: int, origins: Mapping[int, str]) -> str:
    """Return the name of a family."""
    origin, landed, number = parts_of(key, origins)
    return f"r{replicate}-{origin}-{landed}-{number}"


def replicate_and_key(name: str, origins: Mapping[int, str], replicates: int) -> tuple[int, int]:
    """Return the replicate and the key of a family by its name.

    Raises
    ------
    BadInput
        If it is no name, or there is no such replicate, origin or day.
    """
    found = NAME.fullmatch(name)
    if found is None:
        raise BadInput(f"--person {name}: must look like {LIKE}: replicate, route, day of landing, number")
    replicate, codes = int(found["run"]), {origin: code for code, origin in origins.items()}
    if replicate >= replicates:
        raise BadInput(f"--person {name}: r{replicate}: allowed: r0 to r{replicates - 1}")
    if found["origin"] not in codes:
        raise BadInput(f"--person {name}: no route '{found['origin']}'{did_you_mean(found['origin'], codes)}")
    return replicate, int(family_key(codes[found["origin"]], _day(name, found["day"]), int(found["number"])))


def _day(name: str, text: str) -> int:
    """Return the number of a day."""
    try:
        day = (date.fromisoformat(text) - FIRST_DAY).days
    except ValueError:
        raise BadInput(f"--person {name}: {text}: no such day") from None
    if not 0 <= day < 1 << DAY_BITS:
        raise BadInput(f"--person {name}: {text}: allowed: from {FIRST_DAY} on")
    return day
