"""The working folder of the command line: if it was removed, a command that needs none still runs."""

from __future__ import annotations

import atexit
import os
from contextlib import suppress

from bordersim.errors import BadInput

_removed = False


def stand_somewhere() -> None:
    """Change to an empty folder if the working folder was removed, since asking for it would fail."""
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
    """Refuse to write results into a working folder that was removed."""
    if _removed and "://" not in out and not os.path.isabs(os.path.expanduser(out)):
        raise BadInput(f"--out {out}: the working folder was removed; give a path from the root on")


def _leave(folder: str) -> None:
    """Remove the empty folder."""
    with suppress(OSError):
        os.rmdir(folder)
