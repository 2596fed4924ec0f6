"""Make the plots that pages show: ``python -m docs.make_pictures``; with names, only these.

Each is the plot of a command, copied from its run folder. docs/img/scorecard.png comes with its page
(`docs.make_scorecards`).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

IMAGES = Path(__file__).resolve().parent / "img"


class Picture(NamedTuple):
    """A command, and which of its plots is kept."""

    command: str
    plot: str


PICTURES = {
    "comparison.png": Picture("compare no_turn_back_2021 history_2021", "daily_record.png"),
    "sensitivity.png": Picture(
        "sensitivity history_2021 --method sobol --samples 128",
        "sensitivity_history_2021.png",
    ),
}


def make(name: str) -> None:
    """Run the command of a picture and copy its plot."""
    picture = PICTURES[name]
    with TemporaryDirectory(prefix="pictures-") as out:
        command = [sys.executable, "-m", "bordersim.cli", *picture.command.split(), "--out", out]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (plot,) = Path(out).glob(f"*/*/plots/{picture.plot}")
        shutil.copyfile(plot, IMAGES / name)


if __name__ == "__main__":
    for each in sys.argv[1:] or PICTURES:
        make(each)
