"""Replicates that there are not, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bordersim.results.store.folder import RunFolder

NAMED = 3  # replicates that a line names


FAILED_FILE = "failed.csv"


class Failure(NamedTuple):  # its fields are the columns of failed.csv
    """A replicate that there is not, and why."""

    scenario: str
    draw: int
    replicate: int
    seed: int
    error: str
    traceback: str


def one_line(error: BaseException) -> str:
    """Say an error in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def told(failed: Sequence[Failure]) -> list[str]:
    """Say which replicates failed and why, a line for each scenario and error."""
    alike: dict[tuple[str, str], list[Failure]] = {}
    for failure in failed:
        alike.setdefault((failure.scenario, failure.error), []).append(failure)
    return [f"{name}, {_numbers(each)}: {error}" for (name, error), each in alike.items()]


def _numbers(failed: Sequence[Failure]) -> str:
    """Name replicates; of many the first few and how many there are."""
    if len(failed) == 1:
        return f"replicate {failed[0].replicate}"
    numbers = list(dict.fromkeys(failure.replicate for failure in failed))
    more = ", ..." if len(numbers) > NAMED else ""
    return f"{len(failed)} replicates ({', '.join(map(str, numbers[:NAMED]))}{more})"


def write_failed(folder: RunFolder, failed: Sequence[Failure]) -> None:
    """Write failed.csv if a replicate failed; take an old one away if none did."""
    if failed:
        folder.write_rows(FAILED_FILE, Failure._fields, failed)
    else:
        (folder.path / FAILED_FILE).unlink(missing_ok=True)
