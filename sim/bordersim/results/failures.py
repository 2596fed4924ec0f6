"""Failed replicates and their errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bordersim.results.store.folder import RunFolder

NAMED = 3  # replicates that a line names


FAILED_FILE = "failed.csv"


class Failure(NamedTuple):  # its fields are the columns of failed.csv
    """A failed replicate and its error."""

    scenario: str
    draw: int
    replicate: int
    seed: int
    error: str
    traceback: str


def one_line(error: BaseException) -> str:
    """Return an error as one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def told(failed: Sequence[Failure]) -> list[str]:
    """Return which replicates failed and why, a line for each scenario and error."""
    alike: dict[tuple[str, str], list[Failure]] = {}
    for failure in failed:
        alike.setdefault((failure.scenario, failure.error), []).append(failure)
    return [f"{name}, {_numbers(each)}: {error}" for (name, error), each in alike.items()]


def _numbers(failed: Sequence[Failure]) -> str:
    """Return replicate numbers as text; of many, the first few and their number."""
    if len(failed) == 1:
        return f"replicate {failed[0].replicate}"
    numbers = list(dict.fromkeys(failure.replicate for failure in failed))
    more = ", ..." if len(numbers) > NAMED else ""
    return f"{len(failed)} replicates ({', '.join(map(str, numbers[:NAMED]))}{more})"


def write_failed(folder: RunFolder, failed: Sequence[Failure]) -> None:
    """Write failed.csv if a replicate failed; remove an old one if none did."""
    if failed:
        folder.write_rows(FAILED_FILE, Failure._fields, failed)
    else:
        (folder.path / FAILED_FILE).unlink(missing_ok=True)
