"""`bordersim value`: the same counts under other prices, in a folder of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from bordersim import BadInput, load_scenario, resume, value
from bordersim.analyses.value import value_run
from bordersim.api import run_experiment
from bordersim.cli import app
from bordersim.experiments.settings import Settings

NAMES = ("history_2021", "full_surveillance_2021")
DAYS: dict[str, object] = {"period.start": "2021-08-01", "period.end": "2021-08-06"}
FEW = "cost.LT.repair_eur"  # nobody makes a hole so early
PRICES = {"cost.LT.reception_eur_per_day": 40, "law.LT.force_probability": 0.5}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a short comparison."""
    out = tmp_path_factory.mktemp("made")
    return made_with(DAYS, out)


def made_with(sets: dict[str, object], out: Path) -> Path:
    """Simulate both scenarios and write everything but pictures."""
    settings = Settings(3, out=out, pictures=())
    made = run_experiment([load_scenario(name, sets) for name in NAMES], settings, sets)
    return Path(str(made.folder))


def valued_with(folder: Path, out: Path) -> Path:
    """Value a run anew and write everything but pictures."""
    return Path(str(value_run(folder, PRICES, Settings(out=out, pictures=())).folder))


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def call(*arguments: str) -> Result:
    """Call the command line in this process."""
    return CliRunner().invoke(app, ["value", *arguments])


def test_it_is_what_a_run_with_these_prices_would_be_to_the_bit(folder: Path, tmp_path: Path) -> None:
    before = files(folder)
    again, anew = valued_with(folder, tmp_path), made_with({**DAYS, **PRICES}, tmp_path)
    assert files(again / "blocks") == files(anew / "blocks")
    for name in ("metrics.csv", "comparison.csv"):
        assert (again / name).read_bytes() == (anew / name).read_bytes() != (folder / name).read_bytes()
    assert pd.read_parquet(again / "daily.parquet").equals(pd.read_parquet(anew / "daily.parquet"))
    assert files(folder) == before


def test_other_prices_leave_what_happened_and_its_digest_as_they_were(folder: Path) -> None:
    then, now = value(folder, set={FEW: 0}), value(folder, set={**PRICES, FEW: 0})
    assert now.folder is None
    assert now.digest == then.digest
    for one, other in zip(then.results, now.results, strict=True):
        changed = (one.totals != other.totals).any()
        assert set(changed[changed].index) == {"reception_eur", "force_incidents"}
        assert other.scenario.explain("cost.LT.reception_eur_per_day").value == 40


def test_what_was_valued_anew_can_be_resumed_and_valued_again(folder: Path, tmp_path: Path) -> None:
    again = valued_with(folder, tmp_path)
    manifest = json.loads((again / "manifest.json").read_text())
    assert manifest["sets"] == {**DAYS, **PRICES}
    assert manifest["notes"][-1].startswith(
        f"not simulated again, but worked out from the counts of {folder.name}"
    )
    assert {"model", "valuation"} <= manifest["hashes"].keys()
    before = files(again / "blocks")
    assert (
        resume(again).digest
        == manifest["digest"]
        == json.loads((folder / "manifest.json").read_text())["digest"]
    )
    assert files(again / "blocks") == before
    back = value(again, set={key: load_scenario(NAMES[0]).explain(key).value for key in PRICES})
    daily = pd.concat([result.daily for result in back.results], ignore_index=True)
    pd.testing.assert_frame_equal(daily, pd.read_parquet(folder / "daily.parquet"))


def test_the_command_prints_the_tables_and_its_folder(folder: Path, tmp_path: Path) -> None:
    done = call(
        str(folder), "--set", "cost.LT.reception_eur_per_day=40", "--out", str(tmp_path), "--no-plots"
    )
    assert done.exit_code == 0, done.output
    (made,) = tmp_path.glob("*/*/*")
    assert str(made) in done.output
    assert "reception_eur" in done.output
    assert (made / "summary.md").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "--set: give a price or a rate"),
        (("--set", "guards.LT.officers=900"), "--set guards.LT.officers: decides what happens"),
        (("--set", "cost.LT.recepton_eur_per_day=9"), "did you mean 'cost.LT.reception_eur_per_day'?"),
        (
            ("--set", "cost.LT.repair_eur=-1"),
            "--set cost.LT.repair_eur: must be between 0 and 1",
        ),
        (("--set", "law.LT.force_probability=2"), "law.LT.force_probability"),
    ],
)
def test_anything_else_is_refused_in_one_line(
    given: tuple[str, ...], said: str, folder: Path, tmp_path: Path
) -> None:
    done = call(str(folder), *given, "--out", str(tmp_path))
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_run_of_another_kind_or_that_has_not_ended_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for changed, said in (
        ({"status": "stopped"}, "finish it first: bordersim resume"),
        (
            {"keep": "totals"},
            "holds sums over all of its days, nothing by day or by place; value takes a run or a comparison",
        ),
        ({"analysis": {"kind": "sweep"}}, "holds a sweep; value takes a run or a comparison"),
    ):
        shutil.copytree(folder, copy)
        manifest = json.loads((copy / "manifest.json").read_text())
        (copy / "manifest.json").write_text(json.dumps({**manifest, **changed}))
        with pytest.raises(BadInput, match=said):
            value(copy, set=PRICES)
        shutil.rmtree(copy)


def test_a_price_that_each_draw_has_for_itself_cannot_be_set(tmp_path: Path) -> None:
    key = "cost.LT.repair_eur"
    settings = Settings(2, out=tmp_path, pictures=())
    loaded = [load_scenario("history_2021", DAYS)]
    made = run_experiment(loaded, settings, DAYS, [{key: 1.0}, {key: 2.0}])
    with pytest.raises(BadInput, match="each draw of this run has its own"):
        value(str(made.folder), set={key: 3})
    other = value(str(made.folder), set={"cost.LT.officer_eur_per_day": 3})
    assert len(other.draws) == 2
    assert other.digest == made.digest


def test_explain_says_of_which_kind_a_value_is() -> None:
    keys = ("harm.wet_factor", "cross.clear_h", "guards.LT.officers")
    price, parameter, data = (CliRunner().invoke(app, ["explain", key]).stdout for key in keys)
    assert "kind        price or rate, applied to the counts of a run, after it" in price
    assert "kind        parameter, an unknown constant of a rule" in parameter
    assert "kind        input data: what stood, was ordered, flown or measured" in data
