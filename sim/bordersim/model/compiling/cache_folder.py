"""Where compiled rules are kept: one folder per version of the sources, so an edited rule is never stale.

numba's own cache looks at the file of the compiled function alone and would go on using an old rule
after an edit in another file. It also refuses to import from a folder it cannot write to. So the folder
is chosen here, before anything is compiled, from a hash of the sources that compiled code is made
from.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from bordersim.model.compiling.sources import COMPILED, hash_of_meaning, sources_in

VARIABLE = "NUMBA_CACHE_DIR"
PREFIX = "bordersim-"
HASH_CHARACTERS = 16


def choose_cache_folder() -> Path | None:
    """Point numba to a writable folder for this version of the sources; None if there is none."""
    name = PREFIX + hash_of_meaning(sources_in(COMPILED))[:HASH_CHARACTERS]
    folder = next((f for f in (parent / name for parent in _parents()) if _is_writable(f)), None)
    if folder is not None:
        _tell_numba(folder)
    return folder


def _parents() -> Iterator[Path]:
    """Yield possible places of the folder, best first."""
    given = os.environ.get(VARIABLE)
    if given:
        # A process started by another of ours inherits a folder that was already chosen.
        yield Path(given).parent if Path(given).name.startswith(PREFIX) else Path(given)
    yield from _user_cache()
    yield from _own_temporary()


def _user_cache() -> Iterator[Path]:
    """Yield the user's cache folder, if there is one."""
    given = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    home = Path(os.path.expanduser("~"))
    if given:
        yield Path(given) / "bordersim"
    elif home.is_absolute():
        yield home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "bordersim"


def _own_temporary() -> Iterator[Path]:
    """Yield a temporary folder that belongs to this user alone, since code is loaded from it unchecked."""
    import tempfile

    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    folder = Path(tempfile.gettempdir()) / f"bordersim-{user}"
    try:
        folder.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    except OSError:
        return
    if not hasattr(os, "getuid") or folder.stat().st_uid == user:
        yield folder


def _is_writable(folder: Path) -> bool:
    """Make the folder and return whether files can be created in it (permission bits do not always tell)."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _tell_numba(folder: Path) -> None:
    """Set the folder for the numba to come, and for one that is already imported."""
    os.environ[VARIABLE] = str(folder)
    config = sys.modules.get("numba.core.config")
    if config is not None:
        config.__dict__["CACHE_DIR"] = str(folder)
