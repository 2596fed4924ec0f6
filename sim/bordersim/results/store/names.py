"""The names of the files of a run: safe in a path, different for different scenarios, known for ours."""

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
BLOCKS, PLOTS, MAPS = "blocks", "plots", "maps"
FOLDERS = (BLOCKS, PLOTS, MAPS)
TEMPORARY = ".part"

BLOCK_NAME = re.compile(r"(?P<cell>.+)-\d{6}-[0-9a-f]{16}\.parquet", re.DOTALL)
TEMPORARY_NAME = re.compile(r"(?P<name>.+)\.\d+-[0-9a-f]{8}\.part", re.DOTALL)
# Every file that a run, or what is asked of it later, leaves in its folder.
FILES = (
    *(MANIFEST, SCENARIOS, DRAWS, LOG, "summary.md", "overrides.yaml", "scenario*.resolved.yaml"),
    *("metrics.csv", "comparison.csv", "years.csv", "columns.csv", "failed.csv"),
    *("daily.parquet", "segments.parquet", "stretches.parquet", "posterior.parquet"),
    *("sweep.csv", "sweep_differences.csv", "sensitivity.csv", "identified.csv", "ruled_out.csv"),
    *("posterior_check.csv", "split.csv", "scorecard*.csv", "scorecard*.md"),
)
PICTURES = ("*.png",)


def file_name(text: str) -> str:
    """Make a name that is safe in a path."""
    return _cut(re.sub(r"[^\w.+=,-]+", "_", text), NAME_BYTES).strip(".") or "unnamed"


def file_names(names: Iterable[str], safe: Callable[[str], str] = file_name) -> dict[str, str]:
    """Make a safe name for each name of a run, different for different names on any file system.

    Names that would become one, but for the case of their letters, get a hash each.
    """
    made = {name: safe(name) for name in names}
    hashed: set[str] = set()
    while alike := _alike(made) - hashed:  # a hashed name may meet a plain one
        made |= {name: _hashed(name, safe(name)) for name in alike}
        hashed |= alike
    return made


def name_alone(text: str) -> str:
    """Make a safe name that no other text has, whatever the others are: with a hash if it had to change."""
    safe = file_name(text)
    return safe if safe == text == _folded(text) else _hashed(text, safe)


def block_name(cell: str, first: int, key: str) -> str:
    """Name the file of a block."""
    return f"{cell}-{first:06d}-{key[: 2 * HASH_CHARACTERS]}.parquet"


def cell_name(scenario: str, draw: int | None) -> str:
    """Begin the names of the blocks of a scenario with a draw; `scenario` is safe in a path."""
    return scenario if draw is None else f"{scenario}-draw{draw:06d}"


def cell_of(name: str) -> str | None:
    """Return how the name of a block begins, None if it is not that of a block."""
    found = BLOCK_NAME.fullmatch(name)
    return found["cell"] if found else None


def is_ours(name: str, folder: str = "") -> bool:
    """Return whether a file in a run folder, or in one of its folders, goes by a name that runs use."""
    if folder == BLOCKS:
        return cell_of(name) is not None
    return any(fnmatchcase(name, pattern) for pattern in (PICTURES if folder else FILES))


def is_temporary(name: str, folder: str = "") -> bool:
    """Return whether a file goes by the name that a file of ours has until it is whole."""
    found = TEMPORARY_NAME.fullmatch(name)
    return found is not None and is_ours(found["name"], folder)


def _alike(made: Mapping[str, str]) -> set[str]:
    """Return the names whose safe ones are not told apart everywhere."""
    counts = Counter(_folded(each) for each in made.values())
    return {name for name, each in made.items() if counts[_folded(each)] > 1}


def _folded(name: str) -> str:
    """Give names that a file system may take for one the same form."""
    return unicodedata.normalize("NFKC", name).casefold()


def _hashed(name: str, safe: str) -> str:
    """Tell a name from others that look like it."""
    ending = f"-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:HASH_CHARACTERS]}"
    return _cut(safe, NAME_BYTES - len(ending)) + ending


def _cut(name: str, most_bytes: int) -> str:
    """Cut a name to so many bytes, between two letters."""
    return name.encode("utf-8", "replace")[:most_bytes].decode("utf-8", "ignore")
