"""Where the command line stands: a working folder that was removed must not cost a run that needs none."""

from __future__ import annotations

import atexit
import os
from contextlib import suppress

from bordersim.errors import BadInput

_removed = False


def stand_somewhere() -> None:
    """Go to an empty folder if the working folder was removed: whatever asks for it would fail."""
    global _removed  # noqa: PLW0603 - there is one working folder in a process
    try:
        os.getcwd()
    except OSError:
        import tempfile

        _removed = True
        folder = tempfile.mkdtemp(prefix="bordersim-")
        os.chdir(folder)
        atexit.register(_leave, folder)


def refuse_lost(out: str) -> None:
    """Refuse to write results into a working folder that is no more."""
    if _removed and "://" not in out and not os.path.isabs(os.path.expanduser(out)):
        raise BadInput(f"--out {out}: the working folder was removed; give a path from the root on")


def _leave(folder: str) -> None:
    """Take the empty folder away."""
    with suppress(OSError):
        os.rmdir(folder)
