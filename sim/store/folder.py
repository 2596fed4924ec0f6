"""The run folder, results/<experiment>/<UTC time>-<hash>/: a killed run loses one block at most.

Every block is written to a folder of its own beside its place, forced to disk and renamed: it is there
whole or not at all. Its name is a hash of all that decides its content.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import BadInput
from sim.store import provenance
from sim.store.blocks import COLUMNS, BlockArrays, Span
from sim.store.columns import dictionary
from sim.store.tables import Land, TableWriter, read_values, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.store.result import Result

HASH_CHARACTERS = 8
NAME_CHARACTERS = 100
TABLES_OF_A_RUN = ("daily", "segments", "stretches")


def hash_of(content: object) -> str:
    """Hash plain data."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def file_name(text: str) -> str:
    """Make a name that is safe in a path."""
    return re.sub(r"[^\w.+=,-]+", "_", text)[:NAME_CHARACTERS].strip(".") or "unnamed"


class RunFolder:
    """One run's folder and what is written into it."""

    def __init__(self, path: Path, about: Mapping[str, Any]) -> None:
        self.path = path
        self.manifest: dict[str, Any] = {**about, "status": "running", "started": _now()}
        self.blocks = path / "blocks"
        self.blocks.mkdir()
        self.save_manifest()

    @classmethod
    def create(cls, out: Path, experiment: str, about: Mapping[str, Any]) -> RunFolder:
        """Make results/<experiment>/<UTC time>-<hash8>/."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        name = f"{stamp}-{about['identity'][:HASH_CHARACTERS]}"
        try:
            return cls(_new_folder(out / file_name(experiment), name), about)
        except OSError as error:
            raise BadInput(f"{out}: cannot write there ({error.strerror})") from error

    def log(self, text: str) -> None:
        """Add a line to log.txt."""
        with (self.path / "log.txt").open("a", encoding="utf-8") as file:
            file.write(f"{_now()} {text}\n")

    def write_text(self, name: str, text: str) -> Path:
        """Write a text file."""
        path = self.path / name
        path.write_text(text, encoding="utf-8")
        return path

    def save_manifest(self, **more: Any) -> None:
        """Write manifest.json anew; a reader sees the old one or the new one, never half of one."""
        self.manifest |= more
        new = self.write_text("manifest.json.new", json.dumps(self.manifest, indent=2) + "\n")
        os.replace(new, self.path / "manifest.json")

    def write_block(self, scenario: str, key: str, span: Span, arrays: BlockArrays, land: Land) -> Path:
        """Write a block so that it is there whole or not at all."""
        path = self.blocks / f"{file_name(scenario)}-{span.first:06d}-{key[: 2 * HASH_CHARACTERS]}"
        new = self.blocks / f".{path.name}.{os.getpid()}"
        new.mkdir()
        source = json.dumps({"block": key, "first": span.first, "count": span.size, **self._provenance()})
        for name in COLUMNS:
            with TableWriter(new / f"{name}.parquet", source) as writer:
                writer.write(table_of(name, getattr(arrays, name), land.axes(name, span)))
        _settle(new, path)
        return path

    def write_tables(self, results: Iterable[Result]) -> None:
        """Derive daily, segments and stretches from the blocks, one block in memory at a time."""
        source = json.dumps(self._provenance())
        results = list(results)
        for name in TABLES_OF_A_RUN:
            with TableWriter(self.path / f"{name}.parquet", source) as writer:
                for result in results:
                    for table in result.tables(name):
                        writer.write(table)

    def write_dictionary(self) -> None:
        """Write columns.csv: unit and definition of each column of each file."""
        with (self.path / "columns.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("file", "column", "unit", "definition"))
            writer.writerows((name, *column) for name, column in dictionary())

    def _provenance(self) -> dict[str, Any]:
        """Say in every file where it comes from."""
        keys = ("seed", "replicates", "commit", "versions", "hashes", "started")
        return {key: self.manifest.get(key) for key in keys} | {"run": self.path.name}


def block_key(scenario_digest: str, seed: int, span: Span) -> str:
    """Hash all that decides the content of a block: values, seed, replicates, sources and land."""
    return hash_of([scenario_digest, seed, *span, provenance.model_hash(), provenance.data_hash()])


def block_reader(path: Path, count: int) -> Callable[[str], NDArray[Any]]:
    """Return a function that reads one table of a block back as the array it was."""
    return partial(_read_table, path, count)


def _read_table(path: Path, count: int, table: str) -> NDArray[Any]:
    """Read one table of a block."""
    return read_values(path / f"{table}.parquet", table, count)


def _new_folder(parent: Path, name: str) -> Path:
    """Make a folder that was not there; a run of the same second gets a number."""
    parent.mkdir(parents=True, exist_ok=True)
    path, number = parent / name, 1
    while path.exists():
        number += 1
        path = parent / f"{name}-{number}"
    path.mkdir()
    return path


def _settle(new: Path, path: Path) -> None:
    """Force a folder's files to disk and give it its name."""
    for file in new.iterdir():
        _sync(file)
    _sync(new)
    if path.exists():  # the same content under the same name
        shutil.rmtree(new)
    else:
        new.rename(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Force a file or folder to disk, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # a folder, on a system that does not open folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _now() -> str:
    """Give the time, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
