"""The manifest of a run, manifest.json, checked once when it is read.

A manifest may have been edited, or come from somebody else: after this check every field has the type and the
range that its users rely on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NoReturn, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ValidationError,
    model_validator,
)

from bordersim.errors import BadInput
from bordersim.results.store.names import MOST_AT_ALL

MANIFEST_VERSION = 3
MADE_BY = {"1": "0.1", "2": "0.1"}  # manifests of other versions
READABLE = COMPLETE, PARTIAL = "complete", "partial"
MOST_VALUES = 2_000_000  # of a text of JSON
SHOWN_CHARACTERS, MOST_CHARACTERS = 40, 200


def _printable(text: str) -> str:
    """Refuse control characters."""
    if not text.isprintable():
        raise ValueError("has a character that cannot be printed")
    return text


Printable = Annotated[str, Field(max_length=MOST_CHARACTERS), AfterValidator(_printable)]
Count = Annotated[int, Field(ge=0, le=MOST_AT_ALL)]
Some = Annotated[int, Field(ge=1, le=MOST_AT_ALL)]
Names = Annotated[list[str], Field(min_length=1)]


class _Part(BaseModel):
    """Plain data of exactly these types; other fields are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _Block(_Part):
    """A block of a finished run."""

    file: str
    draw: Count
    first: Count
    count: Some
    replicates: Count
    digest: Printable


class _Result(_Part):
    """A scenario of a finished run."""

    blocks: list[_Block]


class _Hashes(_Part):
    """Hashes of everything that decides numbers."""

    config: dict[str, Printable]
    draws: Printable
    code: Printable
    model: Printable
    data: Printable
    valuation: Printable = ""


class _Finished(_Part):
    """The fields needed to read the tables of a run; the same in every version."""

    status: Printable
    scenarios: Names


class _Manifest(_Finished):
    """The fields needed to resume or reproduce a run."""

    status: Literal["running", "stopped", "failed", "complete", "partial"]
    identity: Printable
    command: str
    sets: dict[Printable, JsonValue]
    draws: Some
    seed: int
    replicates: Some
    hashes: _Hashes
    block_replicates: Some
    keep: Literal["all", "totals", "days"]
    own_chance: bool = False
    pictures: list[Literal["plots", "maps"]]
    analysis: dict[str, JsonValue] | None = None
    notes: list[Printable] = []
    happened: Printable = ""
    worth: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    versions: dict[Printable, Printable | None]
    commit: Printable | None
    results: dict[str, _Result] = {}

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        """Refuse blocks that cannot be those of the run."""
        named = {*self.scenarios}
        if len(named) < len(self.scenarios) or named != self.hashes.config.keys():
            raise ValueError("scenarios and hashes.config must have the same names, each once")
        if self.status in READABLE and self.results.keys() != named:
            raise ValueError("results must hold every scenario")
        for block in (block for result in self.results.values() for block in result.blocks):
            if block.draw >= self.draws or block.first + block.count > self.replicates:
                raise ValueError(f"results: block {block.first} of draw {block.draw} is not one of the run")
        return self


def plain_json(text: bytes, where: str) -> Any:
    """Read JSON strictly: no NaN, no lone surrogate, not too deep or large."""
    if sum(map(text.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise BadInput(f"{where}: holds more than {MOST_VALUES:,} values")
    try:
        found = json.loads(text, parse_constant=_no_number)
        if b"\\ud" in text.lower():
            json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        raise BadInput(f"{where}: is nested too deeply") from None
    except UnicodeError:
        raise BadInput(f"{where}: is not UTF-8 text") from None
    except ValueError as error:
        raise BadInput(f"{where}: is not JSON: {error}") from None
    return found


def manifest_of(text: bytes, where: str) -> dict[str, Any]:
    """Read the manifest of a run that is to be resumed or reproduced.

    Raises
    ------
    BadInput
        With the first invalid field and what is allowed.
    """
    found = _mapping(text, where)
    if found.get("manifest_version", MANIFEST_VERSION) != MANIFEST_VERSION:
        made_by = MADE_BY.get(str(found.get("manifest_version")), "another version")
        raise BadInput(f"{where}: made by {made_by} of bordersim; it can be read, but not resumed")
    return checked(_Manifest, found, where)


def finished_of(text: bytes, where: str) -> list[str]:
    """Read the manifest of a finished run, of any version: return the names of its scenarios."""
    found = checked(_Finished, _mapping(text, where), where)
    if found["status"] not in READABLE:
        raise BadInput(f"{where}: the run is {found['status']}, not complete; resume it or run it again")
    names: list[str] = found["scenarios"]
    return names


def checked(kind: type[BaseModel], found: dict[str, Any], where: str) -> dict[str, Any]:
    """Return plain data of a kind; raise on the first error in it in one line."""
    try:
        kind.model_validate(found)
    except ValidationError as error:
        refuse(error, where)
    return found


def refuse(error: ValidationError, where: str) -> NoReturn:
    """Raise on the first error in plain data in one line."""
    first: Mapping[str, Any] = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])[:SHOWN_CHARACTERS]
    said = first["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    is_told = first["type"] in ("missing", "value_error") or not first["loc"]
    value = "" if is_told else f", is {json.dumps(first['input'], default=repr)[:SHOWN_CHARACTERS]}"
    raise BadInput(f"{where}: {f'{key}: ' if key else ''}{said}{value}") from None


def _mapping(text: bytes, where: str) -> dict[str, Any]:
    """Read a JSON object."""
    found = plain_json(text, where)
    if not isinstance(found, dict):
        raise BadInput(f"{where}: is no manifest of a run")
    return found


def _no_number(word: str) -> NoReturn:
    """Refuse NaN and infinity."""
    raise ValueError(f"{word} is no number")
