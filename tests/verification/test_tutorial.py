"""The tutorial runs as it stands, and every cell is one that an editor can run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.py"
CELL, TEXT = "# %%", "# %% [markdown]"


def cells() -> list[str]:
    """Return its cells, each with the line that begins it."""
    first, *others = TUTORIAL.read_text(encoding="utf-8").split(f"\n{CELL}")
    return [first, *(CELL + other for other in others)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run it with few replicates in a folder of its own; return the folder and what it printed."""
    folder = tmp_path_factory.mktemp("tutorial")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "sim"), "TUTORIAL_REPLICATES": "10"}
    done = subprocess.run(
        [sys.executable, str(TUTORIAL)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_every_cell_is_code_or_text() -> None:
    for cell in cells():
        assert cell.startswith(CELL)
        compile(cell, str(TUTORIAL), "exec")
        is_text = all(line.startswith("#") or not line.strip() for line in cell.splitlines())
        assert is_text == cell.startswith(TEXT)


def test_it_says_what_it_promises(made: tuple[Path, str]) -> None:
    _, said = made
    assert "unscreened_returns LT: +" in said
    assert "did you mean 'guards.LT.officers'?" in said
    assert "response time: -" in said
    assert "wanted higher in more_officers_2021" in said


def test_its_pictures_are_there(made: tuple[Path, str]) -> None:
    folder, _ = made
    for name in ("apprehended.png", "differences.png", "where.png", "officers.png"):
        with Image.open(folder / name) as picture:
            assert min(picture.size) > 400
    (maps,) = folder.glob("results/history_2021-vs-more_officers_2021/*/*/maps")
    assert {"stretches.geojson", "segments.geojson", "weeks.webp", "months.png"} <= {
        path.name for path in maps.iterdir()
    }
