"""One side of a judgement: a structure, what its filters found, and the small file in which it is kept.

Two states of the code cannot run in one process. Each keeps its side in a file, and files are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bordersim.errors import BadInput
from bordersim.inputs.paths import user_path
from bordersim.results.store.files import read_plain
from bordersim.results.store.manifest import refuse
from bordersim.validation.evidence import Window

ENDING = ".json"


class _Plain(BaseModel):
    """Data that is read back as it was written, or refused."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class Heard(_Plain):
    """What one pair of filters found: one that saw all windows, and one that did not see those left out.

    Parameters
    ----------
    log_evidence
        How probable all windows are: the logarithm, but for a constant.
    ahead
        For each window what was expected before it was looked at: counts of the same weight [events].
    log_evidence_of_seen
        The same of the windows that the other filter saw; None if there is no such filter.
    unseen
        What its histories count in each window that it did not see [events].
    """

    log_evidence: float
    ahead: list[list[float]]
    log_evidence_of_seen: float | None = None
    unseen: list[list[float]] = []


class Side(_Plain):
    """A structure and all that its filters found.

    Parameters
    ----------
    name
        The scenario, and what is set in it on this side alone.
    model, data, version
        Hashes of the sources of the model and of its data, and the version of the package.
    scenario, exercise
        Digest of the scenario; name of the exercise.
    start
        The first day, from which the days of windows are counted.
    varied
        Keys of the values that vary.
    windows, is_left_out
        All windows, and which of them the second filter of each pair did not see.
    heard
        What each pair of filters found, by its key: pairs of the same key have the same chance.
    """

    name: str
    model: str
    data: str
    version: str
    scenario: str
    exercise: str
    start: str
    discrepancy: float = Field(gt=0)
    varied: list[str]
    windows: list[Window] = Field(min_length=1)
    is_left_out: list[bool]
    heard: dict[str, Heard] = Field(min_length=1)

    def text(self) -> str:
        """Return it as the content of a file."""
        return self.model_dump_json() + "\n"


def read_side(path: Path) -> Side:
    """Read the file of a side.

    Raises
    ------
    BadInput
        In one line: it is not there, or is no such file.
    """
    try:
        text = read_plain(user_path(path))
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror or error}") from None
    try:
        side = Side.model_validate_json(text)
    except ValidationError as error:
        refuse(error, f"{path}: is not what 'bordersim evidence' keeps of a structure")
    _refuse_unequal(side, path)
    return side


def _refuse_unequal(side: Side, path: Path) -> None:
    """Refuse a file in which some windows lack a figure."""
    for key, heard in side.heard.items():
        left_out = sum(side.is_left_out) if heard.log_evidence_of_seen is not None else 0
        lengths = (len(side.is_left_out), len(heard.ahead), len(heard.unseen))
        if lengths != (len(side.windows), len(side.windows), left_out):
            raise BadInput(f"{path}: heard.{key}: does not have a figure for each window")


def paired(sides: Sequence[Side]) -> list[Side]:
    """Return sides with the filters that all of them have.

    Raises
    ------
    BadInput
        If sides are of different windows, or have fewer than two filters in common.
    """
    first, *others = sides
    for other in others:
        _refuse_other_record(first, other)
    keys = [key for key in first.heard if all(key in other.heard for other in others)]
    if len(keys) < 2:
        have = " and ".join(f"{side.name} has {next(iter(side.heard))}, ..." for side in sides)
        raise BadInput(f"expects at least 2 filters of the same seed and particles on all sides: {have}")
    return [each.model_copy(update={"heard": {key: each.heard[key] for key in keys}}) for each in sides]


def _refuse_other_record(first: Side, other: Side) -> None:
    """Refuse sides that are held against different figures."""
    both = f"{first.name} and {other.name}: cannot be compared, they"
    if first.start != other.start:
        raise BadInput(f"{both} begin on {first.start} and {other.start}")
    if first.discrepancy != other.discrepancy:
        raise BadInput(f"{both} have discrepancies of {first.discrepancy:g} and {other.discrepancy:g}")
    if different := set(first.windows) ^ set(other.windows):
        one = min(different)
        told = f"{one.country} {one.series}, days {one.spans[0][0]} to {one.last}, {one.value:g} events"
        raise BadInput(f"{both} differ in {len(different)} windows, like {told}")
    if first.is_left_out != other.is_left_out:
        raise BadInput(f"{both} leave different windows out")
