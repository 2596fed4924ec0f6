"""Forecasts from the first day of every quarter: ``make forecasts``: hours; it goes on where it was stopped.

Each is made as a user would make it, from what had been published before that day, with less effort. What
came out, and the published figures it is scored against, is kept in docs/forecasts/, with a page of scores.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

from bordersim.analyses.forecast import months_on
from bordersim.cli.forecast import WINDOWS
from bordersim.inputs.schema.dated import LAST_DAY
from bordersim.validation.evidence import RESOLUTIONS
from bordersim.validation.figures import MAIN
from docs.forecast_picture import draw
from docs.make_tables import DOCS, fill, table

if TYPE_CHECKING:
    import pandas as pd

FOLDER, PAGE, RESULTS = DOCS / "forecasts", DOCS / "forecasts.md", Path("results/forecasts")
QUARTERS, YEARS, FIRST, LAST = (3, 6, 9, 12), range(2021, 2026), date(2021, 9, 1), date(2025, 9, 1)
ORIGINS = [day for year in YEARS for quarter in QUARTERS if FIRST <= (day := date(year, quarter, 1)) <= LAST]
EFFORT = {  # less than for the histories that ship: there are seventeen of these
    "rounds": [{"filters": 4, "particles": 80}, {"filters": 12, "particles": 100}],
    "chains": {"histories": 100, "sweeps": 2, "steps": 40},
}
PICTURE = DOCS / "img/forecasts.png"
MONTHS, NAIVE = 6, "naive"  # the forecast to beat, fixed beforehand: the mean per day of the last window
HEADER = ("border", "year", "windows", "in the 90 % range", "error (CRPS)", "naive: error", "better")


def made(day: date, workers: int) -> Path:
    """Return the windows of one forecast, made if they are not there."""
    return kept_in(FOLDER / f"{day}.csv", day, months_from(day), workers, day.year)


def kept_in(kept: Path, day: date, months: int, workers: int, year: int, **other: object) -> Path:
    """Return a file with the windows of a forecast from the exercise of a year, made if it is not there."""
    if not kept.exists():
        found = made_by(lighter(year, **other), day, months, workers)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(found.read_bytes())
    return kept


def made_by(exercise: Path, day: date, months: int, workers: int) -> Path:
    """Make a forecast as a user would; return where its windows are."""
    span = ["--from", str(day), "--months", str(months), "--no-plots"]
    asked = ["forecast", str(exercise), *span, "--out", str(RESULTS), "--workers", str(workers)]
    command = [sys.executable, "-m", "bordersim.cli", *asked]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Path(said.splitlines()[-1]) / WINDOWS


def months_from(day: date) -> int:
    """Return how many months a forecast covers: six, or as many as can be simulated."""
    return next(months for months in range(MONTHS, 0, -1) if months_on(day, months) <= LAST_DAY)


def lighter(year: int, **other: object) -> Path:
    """Write the exercise of a year with less effort, and what else is to be other; return where."""
    given = Path(f"scenarios/exercises/given_{year}.yaml")
    yaml = YAML()
    asked = yaml.load(given) | EFFORT | other
    path = RESULTS / f"{asked['name']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    yaml.dump(asked, path)
    return path


def windows_in(path: Path) -> pd.DataFrame:
    """Read the weeks, months and seasons of a forecast, each with the name of its file."""
    import pandas as pd

    windows = pd.read_csv(path).assign(origin=path.stem)
    return windows[windows["resolution"].isin(RESOLUTIONS)]


def rows(windows: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Yield the scores of each border and year, those worse than the naive forecast first."""
    scored = windows[windows[NAIVE].notna()]
    scored = scored.assign(year=scored["first"].str[:4], off=(scored[NAIVE] - scored["published"]).abs())
    found = []
    for (country, series), of_border in scored.groupby(["country", "series"]):
        if (country, series) in MAIN:
            found += [_row(str(country), str(year), each) for year, each in of_border.groupby("year")]
    yield from sorted(found, key=lambda row: (row[-1] == "yes", row))


def _row(country: str, year: str, windows: pd.DataFrame) -> tuple[str, ...]:
    """Return the scores of one border and year."""
    inside, error, naive = int(windows["inside"].sum()), windows["crps"].mean(), windows["off"].mean()
    better = "yes" if error < naive else "no"
    return country, year, str(len(windows)), str(inside), f"{error:,.0f}", f"{naive:,.0f}", better


def main() -> None:
    """Make the forecasts that are not there and write the page."""
    import pandas as pd

    ask = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--origins", type=date.fromisoformat, nargs="*", default=ORIGINS)
    asked = ask.parse_args()
    for day in asked.origins:
        print(made(day, asked.workers), flush=True)
    there = sorted(FOLDER.glob("*.csv"))
    windows = pd.concat([windows_in(path) for path in there])
    draw(windows, PICTURE)
    text = table(HEADER, rows(windows))
    said = f"{len(there)} of {len(ORIGINS)} forecasts are made: {', '.join(path.stem for path in there)}."
    fill(PAGE, "forecasts", f"{said}\n\n{text}", "docs/make_forecasts.py")
    print(said, text, sep="\n\n")


if __name__ == "__main__":
    main()
