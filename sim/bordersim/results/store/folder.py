"""The run folder, results/<experiment>/<kind>/<UTC time>-<hash>/: a killed run loses only unfinished blocks.

Every block is a file that is there whole or not at all; its name is a hash of everything that decides its
content. Workers write blocks themselves; all other files are written here. If the folder is a URL,
they are made in a temporary folder and uploaded.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bordersim.errors import BadInput
from bordersim.inputs.paths import user_path
from bordersim.results.store import provenance
from bordersim.results.store.blocks import Span
from bordersim.results.store.columns import dictionary
from bordersim.results.store.files import open_to_append, own_folder, refuse_odd_in, save_text, tidy
from bordersim.results.store.manifest import COMPLETE, manifest_of
from bordersim.results.store.names import BLOCKS, HASH_CHARACTERS, LOG, MANIFEST, MOST_BYTES, file_name
from bordersim.results.store.place import Place
from bordersim.results.store.plain import plain_data
from bordersim.results.store.runs import analysis_of, kind_of
from bordersim.results.store.tables import TableWriter
from bordersim.words.escaping import cell
from bordersim.words.text import shortened

if TYPE_CHECKING:
    from bordersim.results.store.result import Result

TABLES_OF_A_RUN = ("daily", "segments", "stretches")
MOST_LETTERS = 240  # of a place in a complaint
NOTHING: Mapping[str, str] = {}


def hash_of(content: object) -> str:
    """Hash plain data."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def is_manifest(named: str) -> bool:
    """Return whether a path is that of the manifest in a run folder."""
    return named.rpartition("/")[2] == MANIFEST


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
        cls,
        out: Path | str,
        experiment: str,
        about: Mapping[str, Any],
        texts: Mapping[str, str] = NOTHING,
        said: str = "",
    ) -> RunFolder:
        """Make results/<experiment>/<kind>/<UTC time>-<hash8>/ with the files that workers and `resume` need.

        The manifest comes last: with one, the run can be resumed. `said` is the first line of the log.
        """
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        name = f"{stamp}-{about['identity'][:HASH_CHARACTERS]}"
        if not str(out).strip():
            raise BadInput("--out: expects a folder or a URL, is empty")
        try:
            parent = Place(user_path(out)) / file_name(experiment) / kind_of(about)
            with _new_folder(parent, name) as place:
                folder = cls(place, about)
                folder.make_blocks()
                if said:
                    folder.log(said)
                for name_of_text, text in texts.items():
                    folder.keep_text(name_of_text, text)
                folder.save_manifest(status="running", started=_now())
        except (OSError, ValueError, ImportError) as error:
            why = getattr(error, "strerror", None) or error
            raise BadInput(f"{out}: cannot write there ({why})") from error
        return folder

    @classmethod
    def open(cls, location: Path | str) -> RunFolder:
        """Open the folder of an existing run, given by its path or by that of its manifest.

        Raises
        ------
        BadInput
            If there is none, if its manifest is invalid, or if something in it is not a plain file.
        """
        named = str(user_path(location))
        place = Place((named.removesuffix(MANIFEST) or ".") if is_manifest(named) else named)
        try:
            text = place.read(MANIFEST)
        except (OSError, ValueError, ImportError) as error:
            why = getattr(error, "strerror", None) or error
            raise BadInput(
                f"{shortened(str(location), MOST_LETTERS)}: no run folder (its {MANIFEST} cannot be read:"
                f" {why}); 'bordersim runs' lists those there are"
            ) from error
        if place.is_local:
            refuse_odd_in(place.path)
        return cls(place, manifest_of(text, f"{place}/{MANIFEST}"))

    def make_blocks(self) -> None:
        """Make the folder of the blocks; behind a URL it comes with the first of them."""
        if self.place.is_local:
            own_folder(self.blocks.path)

    def begin_again(self, about: Mapping[str, Any]) -> None:
        """Record that the run continues; how it was started stays."""
        kept = {key: self.manifest[key] for key in ("command", "pictures", "versions", "commit")}
        try:
            self.make_blocks()
            self.save_manifest(**{**about, **kept, "status": "running"})
        except OSError as error:
            raise BadInput(f"{self.location}: cannot write there ({error.strerror or error})") from error

    def tidy(self) -> None:
        """Remove the half-written files of a killed process."""
        if self.place.is_local:
            tidy(self.path)

    def holds(self, name: str) -> bool:
        """Return whether a file is there."""
        return name in self.place.names()

    @property
    def location(self) -> Path | str:
        """The path or URL for users."""
        return self.place.shown

    def refuse_unended(
        self, location: Path | str, ended: Collection[str] = (COMPLETE,), asked: str = ""
    ) -> None:
        """Refuse a run that has not ended; `location` is as the user gave it, `asked` what for."""
        if self.manifest["status"] not in ended:
            told = f"{asked}{location}: has not ended"
            raise BadInput(f"{told}; go on with it: bordersim resume {location}")

    @property
    def kind(self) -> str | None:
        """The kind of analysis it holds; None for a plain run."""
        return analysis_of(self.manifest)

    def log(self, text: str) -> None:
        """Add a line to log.txt."""
        with open_to_append(self.path / LOG) as file:
            file.write(f"{_now()} {text}\n".encode("utf-8", "backslashreplace"))

    def write_text(self, name: str, text: str) -> Path:
        """Write a text file."""
        return save_text(self.path / name, text)

    def keep_text(self, name: str, text: str) -> None:
        """Write a text file that workers or `resume` need: at once, whole, to its final place."""
        data = text.encode()
        if len(data) > MOST_BYTES:
            raise BadInput(f"{name}: would have {len(data):,} bytes, {MOST_BYTES:,} can be read again")
        self.place.write(name, data)

    def save_manifest(self, **more: Any) -> None:
        """Rewrite manifest.json; a reader sees the old one or the new one, never half of one."""
        self.manifest = plain_data(self.manifest | more)
        self.keep_text(MANIFEST, json.dumps(self.manifest, indent=2) + "\n")

    def say_stopped(self, error: BaseException) -> None:
        """Record that the run did not finish, if there is still space to write."""
        status = "stopped" if isinstance(error, KeyboardInterrupt) else "failed"
        with suppress(OSError):
            self.log(f"{status}: {error!r}")
            self.save_manifest(status=status)
            self.publish()

    def publish(self) -> None:
        """Upload the files made here, if the folder is a URL."""
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
        save_text(self.path / name, _csv_text(header, rows))

    def write_dictionary(self) -> None:
        """Write columns.csv: unit and definition of each column of each file."""
        save_text(self.path / "columns.csv", _dictionary_text())

    def _provenance(self) -> dict[str, Any]:
        """Return the provenance stored in every file."""
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
    sources = provenance.model_hash(), provenance.data_hash(), provenance.valuation_hash()
    return hash_of([scenario_digest, seed, *span, *sources, dict(draw or {}), list(tables)])


def _csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(cell, header))
    writer.writerows(map(cell, row) for row in rows)
    return text.getvalue()


@cache
def _dictionary_text() -> str:
    """Return the data dictionary as CSV; it is the same for every run."""
    rows = ((name, *column) for name, column in dictionary())
    return _csv_text(("file", "column", "unit", "definition"), rows)


@contextmanager
def _new_folder(parent: Place, name: str) -> Iterator[Place]:
    """Make a new folder; if the run cannot be started in it, it is removed."""
    if not parent.is_local:
        yield next(place for place in _numbered(parent, name) if not place.names())
        return
    missing = [each for each in (parent.path, *parent.path.parents) if not each.exists()]
    place: Place | None = None
    try:
        parent.path.mkdir(parents=True, exist_ok=True)
        place = next(each for each in _numbered(parent, name) if _is_made(each.path))
        yield place
    except BaseException:
        if place:
            shutil.rmtree(place.path, ignore_errors=True)
        with suppress(OSError):  # somebody else may have begun there
            for each in missing:
                each.rmdir()
        raise


def _numbered(parent: Place, name: str) -> Iterator[Place]:
    """Yield names for a folder; a second run in the same second gets a number."""
    yield parent / name
    for number in count(2):
        yield parent / f"{name}-{number}"


def _is_made(path: Path) -> bool:
    """Make a folder; return whether it is new."""
    try:
        path.mkdir()
    except FileExistsError:
        return False
    return True


def _now() -> str:
    """Return the time, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
