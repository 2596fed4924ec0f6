"""Make the pictures that pages show: ``python -m docs.make_pictures``; with names, only these.

Each is a picture of a command, copied from its run folder. docs/img/scorecard.png comes with its page
(`docs.make_scorecards`); one-life.png is the head of a page, and needs Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

IMAGES = Path(__file__).resolve().parent / "img"
COMPARISON = "compare no_turn_back_2021 history_2021"
SENSITIVITY = "sensitivity history_2021 --method sobol --samples 64"


class Picture(NamedTuple):
    """A command, which of its pictures is kept, and what has to be done with its folder before."""

    command: str
    picture: str
    then: str = ""


PICTURES = {
    "comparison.png": Picture(COMPARISON, "plots/daily_record.png"),
    "difference.png": Picture(COMPARISON, "maps/difference_history_2021.png"),
    "months.png": Picture(COMPARISON, "maps/months.png", then="animate"),
    "sensitivity.png": Picture(SENSITIVITY, "plots/sensitivity_history_2021.png"),
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


def make(names: Collection[str]) -> None:
    """Run each command once and copy the pictures of these names."""
    if STORY in names:
        make_story()
    names = [name for name in names if name != STORY]
    for command in dict.fromkeys(PICTURES[name].command for name in names):
        with TemporaryDirectory(prefix="pictures-") as out:
            _run(*command.split(), "--out", out)
            (folder,) = Path(out).glob("*/*/*")
            for name in (name for name in names if PICTURES[name].command == command):
                if then := PICTURES[name].then:
                    _run(then, str(folder))
                shutil.copyfile(folder / PICTURES[name].picture, IMAGES / name)


def _run(*command: str) -> None:
    """Run a command."""
    subprocess.run([sys.executable, "-m", "bordersim.cli", *command], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    make(sys.argv[1:] or [*PICTURES, STORY])
