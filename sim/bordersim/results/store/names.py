"""The names of the files of a run: safe in a path, different for different scenarios, recognisable."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase

from bordersim.inputs.arguments import MOST_REPLICATES

HASH_CHARACTERS = 8
NAME_BYTES = 100  # file systems count bytes, not letters; room is left for what is put around a name
MOST_AT_ALL = MOST_REPLICATES  # the names of blocks have six digits
MOST_BLOCKS = 150_000  # of a run that is kept: its manifest then has 50 MB, a third of a kilobyte a block
MOST_BYTES = 1 << 26  # of a text that is read as a whole
MANIFEST, SCENARIOS, DRAWS, LOG = "manifest.json", "scenarios.json", "draws.csv", "log.txt"
REPLICATES, HISTORIES = "replicates", "histories"  # what the runs of a result are called
BLOCKS, PLOTS, MAPS = "blocks", "plots", "maps"
FOLDERS = (BLOCKS, PLOTS, MAPS)
TEMPORARY = ".part"

TASK_NAME = re.compile(r"leg\d{2}-(filters|chains)\d+-\d{4}-[0-9a-f]{16}\.json")
BLOCK_NAME = re.compile(r"(?P<cell>.+)-\d{6}-[0-9a-f]{16}\.parquet", re.DOTALL)
TEMPORARY_NAME = re.compile(r"(?P<name>.+)\.\d+-[0-9a-f]{8}\.part", re.DOTALL)
# Every file that a run, or what is asked of it later, leaves in its folder.
FILES = (
    *(MANIFEST, SCENARIOS, DRAWS, LOG, "summary.md", "overrides.yaml", "scenario*.resolved.yaml"),
    *("metrics.csv", "comparison.csv", "years.csv", "columns.csv", "failed.csv"),
    *("daily.parquet", "segments.parquet", "stretches.parquet", "posterior.parquet"),
    *("sweep.csv", "sweep_differences.csv", "sensitivity.csv", "identified.csv", "ruled_out.csv"),
    *("posterior_check.csv", "split.csv", "scorecard*.csv", "scorecard*.md"),
    *("posterior-*.parquet", "evidence.csv", "values.csv", "windows.csv", "ancestors.csv", "chains.csv"),
    *("wanderings.csv", "attribution.csv", "attribution_way.csv", "report.html", "report-*.html"),
)
PICTURES = ("*.png", "*.csv", "*.geojson", "*.webp", "*.gif")  # and what is written beside them


def file_name(text: str) -> str:
    """Return a name that is safe in a path."""
    return _cut(re.sub(r"[^\w.+=,-]+", "_", text), NAME_BYTES).strip(".") or "unnamed"


def file_names(names: Iterable[str], safe: Callable[[str], str] = file_name) -> dict[str, str]:
    """Return a safe name for each name of a run, different for different names on any file system.

    Names that would differ in case only, or not at all, get a hash each.
    """
    made = {name: safe(name) for name in names}
    hashed: set[str] = set()
    while alike := _alike(made) - hashed:  # a hashed name may meet a plain one
        made |= {name: _hashed(name, safe(name)) for name in alike}
        hashed |= alike
    return made


def name_alone(text: str) -> str:
    """Return a safe name that no other text can have: with a hash if it had to change."""
    safe = file_name(text)
    return safe if safe == text == _folded(text) else _hashed(text, safe)


def block_name(cell: str, first: int, key: str) -> str:
    """Return the file name of a block."""
    return f"{cell}-{first:06d}-{key[: 2 * HASH_CHARACTERS]}.parquet"


def cell_name(scenario: str, draw: int | None) -> str:
    """Return the prefix of the names of a scenario's blocks with a draw; `scenario` is safe in a path."""
    return scenario if draw is None else f"{scenario}-draw{draw:06d}"


def cell_of(name: str) -> str | None:
    """Return the prefix of the name of a block, None if it is not one."""
    found = BLOCK_NAME.fullmatch(name)
    return found["cell"] if found else None


def is_ours(name: str, folder: str = "") -> bool:
    """Return whether a file in a run folder, or in one of its folders, has a name that runs use."""
    if folder == BLOCKS:
        return cell_of(name) is not None or TASK_NAME.fullmatch(name) is not None
    return any(fnmatchcase(name, pattern) for pattern in (PICTURES if folder else FILES))


def is_temporary(name: str, folder: str = "") -> bool:
    """Return whether a name is that of an unfinished file of ours."""
    found = TEMPORARY_NAME.fullmatch(name)
    return found is not None and is_ours(found["name"], folder)


def _alike(made: Mapping[str, str]) -> set[str]:
    """Return the names whose safe forms are not distinct on every file system."""
    counts = Counter(_folded(each) for each in made.values())
    return {name for name, each in made.items() if counts[_folded(each)] > 1}


def _folded(name: str) -> str:
    """Return the same form for names that a file system may treat as equal."""
    return unicodedata.normalize("NFKC", name).casefold()


def _hashed(name: str, safe: str) -> str:
    """Return a short hash that distinguishes a name from similar ones."""
    ending = f"-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:HASH_CHARACTERS]}"
    return _cut(safe, NAME_BYTES - len(ending)) + ending


def _cut(name: str, most_bytes: int) -> str:
    """Cut a name to a number of bytes, between two letters."""
    return name.encode("utf-8", "replace")[:most_bytes].decode("utf-8", "ignore")
