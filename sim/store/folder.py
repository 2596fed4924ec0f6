"""The run folder, results/<experiment>/<UTC time>-<hash>/: a killed run loses the blocks in hand, no more.

Every block is a file that is there whole or not at all; its name is a hash of all that decides its
content. Workers write blocks themselves; all other files are written here. Where the folder is a URL,
they are made in a temporary folder and uploaded.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sim.errors import BadInput
from sim.escaping import cell
from sim.store import provenance
from sim.store.blocks import Span
from sim.store.columns import dictionary
from sim.store.place import Place
from sim.store.tables import TableWriter

if TYPE_CHECKING:
    from sim.store.result import Result

HASH_CHARACTERS = 8
NAME_CHARACTERS = 100
TABLES_OF_A_RUN = ("daily", "segments", "stretches")
MANIFEST = "manifest.json"
BLOCKS = "blocks"
NOTHING: Mapping[str, str] = {}


def hash_of(content: object) -> str:
    """Hash plain data."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def file_name(text: str) -> str:
    """Make a name that is safe in a path."""
    return re.sub(r"[^\w.+=,-]+", "_", text)[:NAME_CHARACTERS].strip(".") or "unnamed"


class RunFolder:
    """One run's folder and what is written into it.

    Attributes
    ----------
    place
        The folder, local or behind a URL.
    path
        Where files are made: the folder itself or, for a URL, a temporary one that is uploaded.
    """

    def __init__(self, place: Place, manifest: Mapping[str, Any]) -> None:
        self.place = place
        self.blocks = place / BLOCKS
        self.manifest: dict[str, Any] = dict(manifest)
        self._staging = None if place.is_local else TemporaryDirectory(prefix="bordersim-")
        self.path = place.path if self._staging is None else Path(self._staging.name)

    @classmethod
    def create(
        cls, out: Path | str, experiment: str, about: Mapping[str, Any], texts: Mapping[str, str] = NOTHING
    ) -> RunFolder:
        """Make results/<experiment>/<UTC time>-<hash8>/ with what workers and `resume` need.

        The manifest comes last: where there is one, the run can go on.
        """
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        name = f"{stamp}-{about['identity'][:HASH_CHARACTERS]}"
        if not str(out).strip():
            raise BadInput("--out: expects a folder or a URL, is empty")
        try:
            folder = cls(_new_folder(Place(out) / file_name(experiment), name), about)
            folder.make_blocks()
            for name_of_text, text in texts.items():
                folder.keep_text(name_of_text, text)
            folder.save_manifest(status="running", started=_now())
        except (OSError, ValueError, ImportError) as error:
            why = getattr(error, "strerror", None) or error
            raise BadInput(f"{out}: cannot write there ({why})") from error
        return folder

    @classmethod
    def open(cls, location: Path | str) -> RunFolder:
        """Open the folder of a run that was begun before."""
        place = Place(location)
        try:
            return cls(place, json.loads(place.read(MANIFEST)))
        except (OSError, ValueError, ImportError) as error:
            raise BadInput(f"{location}: no run folder (its {MANIFEST} cannot be read: {error})") from error

    def make_blocks(self) -> None:
        """Make the folder of the blocks; behind a URL it comes with the first of them."""
        if self.place.is_local:
            self.blocks.path.mkdir(exist_ok=True)

    def begin_again(self, about: Mapping[str, Any]) -> None:
        """Write down that the run goes on; how it was begun stays."""
        kept = {key: self.manifest[key] for key in ("command", "pictures", "versions", "commit")}
        try:
            self.make_blocks()
            self.save_manifest(**{**about, **kept, "status": "running"})
        except OSError as error:
            raise BadInput(f"{self.location}: cannot write there ({error.strerror})") from error

    def holds(self, name: str) -> bool:
        """Say whether a file is there."""
        return name in self.place.names()

    @property
    def location(self) -> Path | str:
        """Where a user finds it."""
        return self.path if self.place.is_local else self.place.root

    def log(self, text: str) -> None:
        """Add a line to log.txt."""
        with (self.path / "log.txt").open("a", encoding="utf-8") as file:
            file.write(f"{_now()} {text}\n")

    def write_text(self, name: str, text: str) -> Path:
        """Write a text file."""
        path = self.path / name
        path.write_text(text, encoding="utf-8")
        return path

    def keep_text(self, name: str, text: str) -> None:
        """Write a text file that workers or `resume` need: at once, whole, and where they look for it."""
        self.place.write(name, text.encode())

    def save_manifest(self, **more: Any) -> None:
        """Write manifest.json anew; a reader sees the old one or the new one, never half of one."""
        self.manifest |= more
        self.keep_text(MANIFEST, json.dumps(self.manifest, indent=2) + "\n")

    def say_stopped(self, error: BaseException) -> None:
        """Write down that the run came to no end, if there is still room to write."""
        status = "stopped" if isinstance(error, KeyboardInterrupt) else "failed"
        with suppress(OSError):
            self.log(f"{status}: {error!r}")
            self.save_manifest(status=status)
            self.publish()

    def publish(self) -> None:
        """Upload what was made here, if the folder is elsewhere."""
        if self._staging:
            self.place.upload(self.path)

    def write_tables(self, results: Iterable[Result]) -> None:
        """Derive daily, segments and stretches from the blocks, one block in memory at a time."""
        source = json.dumps(self._provenance())
        results = list(results)
        for name in TABLES_OF_A_RUN:
            with TableWriter(self.path / f"{name}.parquet", source) as writer:
                for result in results:
                    for table in result.tables(name):
                        writer.write(table)

    def write_rows(self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write a CSV file."""
        with (self.path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(map(cell, header))
            writer.writerows(map(cell, row) for row in rows)

    def write_dictionary(self) -> None:
        """Write columns.csv: unit and definition of each column of each file."""
        rows = ((name, *column) for name, column in dictionary())
        self.write_rows("columns.csv", ("file", "column", "unit", "definition"), rows)

    def _provenance(self) -> dict[str, Any]:
        """Say in every file where it comes from."""
        keys = ("seed", "replicates", "commit", "versions", "hashes", "started")
        return {key: self.manifest.get(key) for key in keys} | {"run": self.place.root.rpartition("/")[2]}


def block_key(
    scenario_digest: str,
    seed: int,
    span: Span,
    draw: Mapping[str, object] | None = None,
    tables: Sequence[str] = (),
) -> str:
    """Hash all that decides the content of a block: values, seed, replicates, sources and land."""
    decided = [scenario_digest, seed, *span, provenance.model_hash(), provenance.data_hash()]
    return hash_of([*decided, dict(draw or {}), list(tables)])


def block_name(scenario: str, draw: int | None, first: int, key: str) -> str:
    """Name the file of a block."""
    number = "" if draw is None else f"-draw{draw:06d}"
    return f"{file_name(scenario)}{number}-{first:06d}-{key[: 2 * HASH_CHARACTERS]}.parquet"


def _new_folder(parent: Place, name: str) -> Place:
    """Make a folder that was not there; a run of the same second gets a number."""
    if not parent.is_local:
        numbered = (parent / (name if i == 1 else f"{name}-{i}") for i in range(1, 1000))
        return next(place for place in numbered if not place.names())
    path, number = parent.path / name, 1
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            path.mkdir()
        except FileExistsError:
            number += 1
            path = parent.path / f"{name}-{number}"
        else:
            return Place(path)


def _now() -> str:
    """Give the time, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
