"""Places in time and in other programs: weeks that add up to the run, and who got in by stretch alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from typer.testing import CliRunner

from bordersim import load_scenario
from bordersim.api import run_experiment
from bordersim.cli import app
from bordersim.errors import BadInput, RunError
from bordersim.experiments.reading import read_run
from bordersim.experiments.settings import Settings
from bordersim.geo.border import load_border
from bordersim.geo.places import load_stretches
from bordersim.model.engine import Keys
from bordersim.results.draws import LUCK, NO_DRAW, Draw
from bordersim.results.experiment import Experiment
from bordersim.results.retraced import retraced
from bordersim.results.spans import months_of, weeks_of

UNTIL = {"period.end": "2021-06-20"}
NAMES = ("no_escorts_2021", "history_2021")
HISTORIES: tuple[Draw, ...] = tuple(
    {LUCK: str(Keys.of_replicate(1, number)), "choice.rest_days": 1.0 + number} for number in range(3)
)


def compared(out: Path | None, draws: tuple[Draw, ...], replicates: int = 3) -> Experiment:
    """Compare two scenarios for some weeks."""
    settings = Settings(replicates, out=out, workers=1, pictures=())
    return run_experiment([load_scenario(name, UNTIL) for name in NAMES], settings, UNTIL, draws)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """Compare them in three histories, in a run folder."""
    return compared(tmp_path_factory.mktemp("weeks"), HISTORIES)


def ran(*arguments: object) -> tuple[int, list[str]]:
    """Run the command line; return its exit code and the lines it said."""
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    return result.exit_code, result.output.splitlines()


@pytest.mark.parametrize("days", [1, 7, 8, 31, 245])
@pytest.mark.parametrize("spans", [weeks_of, months_of])
def test_weeks_and_months_hold_every_day_once(spans: type, days: int) -> None:
    start = date(2021, 11, 27)
    found = spans(start, days)
    assert sum(found.lengths) == days
    assert min(found.lengths) > 0
    assert found.starts[0] == start
    assert found.lasts[-1] == start + timedelta(days - 1)
    firsts = found.starts[1:]
    assert all(day.weekday() == 0 if spans is weeks_of else day.day == 1 for day in firsts)


@pytest.mark.parametrize("draws", [NO_DRAW, HISTORIES], ids=["replicates", "histories"])
def test_what_is_counted_by_week_adds_up_to_the_run(draws: tuple[Draw, ...]) -> None:
    results = compared(None, draws).results
    scenarios = [result.scenario for result in results]
    told: list[tuple[int, int]] = []
    found = retraced(results, draws, scenarios, 2, lambda *how: told.append(how))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    land = results[0].land
    for result, each in zip(results, found, strict=True):
        rows = result.stretches[result.stretches["replicate"].isin([0, 1])]
        then = rows.groupby("stretch", sort=False)["attempts"].mean()
        for spans, values in (
            (weeks_of(land.start, land.days), each.weeks),
            (months_of(land.start, land.days), each.months),
        ):
            assert np.allclose(np.array(spans.lengths) @ values, then)
        assert each.replicates == 2


def test_a_replicate_that_is_not_what_it_was_is_noticed() -> None:
    result = compared(None, NO_DRAW).results[1]
    with pytest.raises(RunError, match="number 0 is not what it was"):
        retraced([replace(result, seed=result.seed + 1)], NO_DRAW, [result.scenario], 1)


@pytest.mark.parametrize("ending", ["webp", "gif"])
def test_the_moving_picture_has_a_frame_a_week_and_its_numbers_beside_it(
    made: Experiment, ending: str
) -> None:
    code, said = ran("animate", made.folder, "--format", ending, "--again", 1)
    maps, weeks = Path(str(made.folder)) / "maps", 8
    assert (code, said[-1]) == (0, str(maps / f"weeks.{ending}"))
    with Image.open(maps / f"weeks.{ending}") as picture:
        assert picture.n_frames == weeks  # type: ignore[attr-defined]
        assert min(picture.size) > 700
    table = pd.read_csv(maps / "weeks.csv")
    assert len(table) == weeks * len(load_stretches()) * len(NAMES)
    assert list(table) == ["scenario", "from", "to", "stretch", "country", "attempts_per_day"]
    assert (maps / "months.png").exists()


def test_a_format_nobody_knows_is_refused_before_anything_is_simulated(made: Experiment) -> None:
    code, said = ran("animate", made.folder, "--format", "mp4")
    assert (code, len(said)) == (2, 1)
    assert "webp, gif" in said[0]


@pytest.mark.parametrize("command", ["animate", "export"])
def test_a_run_without_places_is_refused_in_one_line(command: str, tmp_path: Path) -> None:
    code, said = ran(command, tmp_path)
    assert (code, len(said)) == (2, 1)
    draws = ({"guards.LT.officers": 700}, {"guards.LT.officers": 900})
    settings = Settings(1, out=tmp_path, workers=1, pictures=(), keep="totals")
    sweep = run_experiment([load_scenario("history_2021", UNTIL)], settings, {}, draws)
    code, said = ran(command, sweep.folder)
    assert (code, len(said)) == (2, 1)
    assert f"holds sums over all of its days, nothing by day or by place; {command} takes a run" in said[0]
    with pytest.raises(BadInput, match="stretches: this run keeps totals and people alone"):
        _ = read_run(str(sweep.folder))[0].results[0].stretches


def test_places_are_written_for_other_programs(made: Experiment) -> None:
    code, said = ran("export", made.folder)
    assert code == 0
    stretches, segments = (json.loads(Path(path).read_text(encoding="utf-8")) for path in said[-2:])
    assert len(stretches["features"]) == len(load_stretches())
    assert "OpenStreetMap" in stretches["attribution"]
    assert "A lower count of recorded crossings" in stretches["limits_of_use"]
    names = set(segments["features"][0]["properties"])
    assert "attempts_difference_median.history_2021" in names
    assert not any("unstopped" in name for name in names)  # who got in is told by stretch alone
    own = made.results[1].stretches.query("stretch == 'Kena'")["unstopped_entries"]
    kena = next(each for each in stretches["features"] if each["properties"]["stretch"] == "Kena")
    assert kena["properties"]["unstopped_entries_q95.history_2021"] == pytest.approx(own.quantile(0.95))


def test_lines_lie_on_the_border_and_meet(made: Experiment) -> None:
    code, said = ran("export", made.folder)
    assert code == 0, said
    path = Path(str(made.folder)) / "maps" / "segments.geojson"
    lines = [
        each["geometry"]["coordinates"]
        for each in json.loads(path.read_text(encoding="utf-8"))["features"]
        if each["properties"]["country"] == "LT"
    ]
    assert all(one[-1] == other[0] for one, other in pairwise(lines))
    border = load_border("LT")
    assert np.allclose(lines[0][0], [border.lon[0], border.lat[0]], atol=1e-4)
    assert np.allclose(lines[-1][-1], [border.lon[-1], border.lat[-1]], atol=1e-4)
