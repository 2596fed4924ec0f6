"""What lies in a folder of results: every run in it, and names by which a run can be called.

Nothing is followed that is a link: a run is where it was made, and a name cannot lead out of the folder.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bordersim.errors import BadInput
from bordersim.inputs.paths import URL, user_path
from bordersim.results.draws import LUCK
from bordersim.results.store.manifest import READABLE, plain_json
from bordersim.results.store.names import (
    BLOCKS,
    DRAWS,
    HASH_CHARACTERS,
    HISTORIES,
    MANIFEST,
    MAPS,
    PLOTS,
    REPLICATES,
)

RESULTS, LATEST = "results", "latest"
DEEPEST = 4  # folders within which runs are looked for
CALLED = re.compile(rf"([0-9T]*Z-)?[0-9a-f]{{{HASH_CHARACTERS}}}(-\d+)?")  # the end of a folder's name
RUN, COMPARE = "run", "compare"
MOST_NAMED = 4  # of runs that end alike, the newest
UNREADABLE = "unreadable"


class Run(NamedTuple):
    """One run, as a list shows it."""

    path: Path
    started: str
    kind: str
    status: str
    scenarios: tuple[str, ...]
    size: str

    @property
    def called(self) -> str:
        """The last part of the folder's name, by which the run can be called."""
        return called_by(self.path)


def analysis_of(about: Mapping[str, Any]) -> str | None:
    """Return the kind of analysis that a manifest names; None for a plain run."""
    return (about.get("analysis") or {}).get("kind")


def kind_of(about: Mapping[str, Any]) -> str:
    """Return the kind of a run: that of its analysis, or whether scenarios were compared."""
    return analysis_of(about) or (COMPARE if len(about.get("scenarios", ())) > 1 else RUN)


def called_by(path: Path) -> str:
    """Return the last part of a folder's name: the hash, with its number if there are several."""
    return path.name.partition("-")[2]


def calls(paths: Sequence[Path]) -> list[str]:
    """Return by which name each run can be called: the shortest end of its folder's name that no other has.

    The hash; with the time of day before it where the same was run twice; the whole name; or the path.
    """
    ends = [(called_by(path), path.name.rpartition("T")[2], path.name, str(path)) for path in paths]
    counts = Counter(name for each in ends for name in set(each))
    return [next((name for name in each if counts[name] == 1), each[-1]) for each in ends]


def runs_in(out: Path) -> list[Run]:
    """Return the runs in a folder of results, the newest last; one whose manifest is damaged is there too."""
    return [_read(path) for path in sorted(_folders(out, DEEPEST), key=_order)]


def located(name: str, out: str = RESULTS) -> str:
    """Return the folder of a run: as given or, where nothing has this name, by its hash or as the latest.

    `name` may be "latest", or a folder of results followed by it, or the end of the name of a run folder, of
    eight characters or more.

    Raises
    ------
    BadInput
        There is no run to be the latest, or the names of several end so.
    """
    path = Path(user_path(name))
    if URL in name or os.path.lexists(path):
        return name
    folder, last = (path.parent, path.name) if path.name != name else (Path(user_path(out)), name)
    if last == LATEST:
        return str(_latest(folder))
    return _called(folder, last) if CALLED.fullmatch(last) else name


def _latest(folder: Path) -> Path:
    """Return the newest run."""
    found = sorted(_folders(folder, DEEPEST), key=_order)
    if not found:
        raise BadInput(f"{LATEST}: there is no run in {folder}")
    return found[-1]


def _called(folder: Path, called: str) -> str:
    """Return the run whose folder ends with these characters; the name itself if there is none."""
    every = sorted(_folders(folder, DEEPEST), key=_order)
    named = zip(every, calls(every), strict=True)
    found = {path: name for path, name in named if f"-{path.name}".endswith((f"-{called}", f"T{called}"))}
    if len(found) > 1:
        newest = ", ".join([*found.values()][-MOST_NAMED:])
        raise BadInput(f"{called}: {len(found)} runs in {folder} end so; name one of them: {newest}")
    return str(next(iter(found), called))


def _folders(folder: Path, deepest: int) -> Iterator[Path]:
    """Yield the run folders in a folder; no link is followed."""
    try:
        inner = sorted(os.scandir(folder), key=lambda each: each.name)
    except OSError:
        return
    for each in inner:
        if each.is_dir(follow_symlinks=False) and each.name not in (BLOCKS, PLOTS, MAPS):
            path = folder / each.name
            if (path / MANIFEST).is_file() and not (path / MANIFEST).is_symlink():
                yield path
            elif deepest > 1:
                yield from _folders(path, deepest - 1)


def _read(path: Path) -> Run:
    """Read what is listed of a run."""
    try:
        about = plain_json((path / MANIFEST).read_bytes(), str(path))
        names = tuple(map(str, about["scenarios"]))
        size = f"{_draws(about)}{about['replicates']} {HISTORIES if _has_luck(path) else REPLICATES}"
        return Run(path, str(about.get("started", "")), kind_of(about), str(about["status"]), names, size)
    except (BadInput, OSError, KeyError, TypeError, AttributeError):
        return Run(path, "", "", UNREADABLE, (), "")


def _draws(about: Mapping[str, Any]) -> str:
    """Return how many draws the blocks of a run that has ended are of, where there are several."""
    blocks = (block for made in about.get("results", {}).values() for block in made["blocks"])
    last = max((block["draw"] for block in blocks), default=0)
    return f"{last + 1} x " if last and about["status"] in READABLE else ""


def _has_luck(path: Path) -> bool:
    """Return whether the draws of a run are histories."""
    try:
        with open(path / DRAWS, encoding="utf-8") as file:
            return LUCK in file.readline()
    except (OSError, UnicodeError):
        return False


def _order(path: Path) -> tuple[str, int]:
    """Return when a run began, as its folder's name has it; of one second, which was last written into."""
    return path.name.partition("-")[0], path.stat().st_mtime_ns
