"""Make the plots that pages show: ``python -m docs.make_pictures``; with names, only these.

Each is the plot of a command, copied from its run folder. docs/img/scorecard.png comes with its page
(`docs.make_scorecards`); one-life.png is the head of a page, and needs Chromium.
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


STORY = "one-life.png"
STORY_SIZE, COLOURS = (900, 1750), 64  # px of the page
CHROMIUM = ("chromium", "--headless=new", "--no-sandbox", "--hide-scrollbars")


def make_story() -> None:
    """Write the page of a story and keep a picture of its head."""
    from PIL import Image

    with TemporaryDirectory(prefix="pictures-") as out:
        page, shot = Path(out) / "story.html", Path(out) / "story.png"
        names = ("no_turn_back_2021", "history_2021")
        command = [sys.executable, "-m", "bordersim.cli", "story", *names, "--page", str(page)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        size = "--window-size={},{}".format(*STORY_SIZE)
        subprocess.run([*CHROMIUM, size, f"--screenshot={shot}", page.as_uri()], check=True)
        with Image.open(shot) as image:
            image.convert("RGB").quantize(COLOURS).save(IMAGES / STORY, "PNG", optimize=True)


def make(name: str) -> None:
    """Run the command of a picture and copy its plot."""
    if name == STORY:
        make_story()
        return
    picture = PICTURES[name]
    with TemporaryDirectory(prefix="pictures-") as out:
        command = [sys.executable, "-m", "bordersim.cli", *picture.command.split(), "--out", out]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (plot,) = Path(out).glob(f"*/*/plots/{picture.plot}")
        shutil.copyfile(plot, IMAGES / name)


if __name__ == "__main__":
    for each in sys.argv[1:] or [*PICTURES, STORY]:
        make(each)
