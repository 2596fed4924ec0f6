"""The same from Python, in three lines."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from fake_model import install

import sim
from sim.errors import BadInput, RunError

WEEK = "schema_version: 1\nname: {name}\ntitle: a week\nperiod: {{start: 2021-05-01, end: 2021-05-07}}\n"


@pytest.fixture(autouse=True)
def _two_weeks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two scenarios in the working folder, and the stand-in for the engine."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    for name in ("first", "second"):
        Path(f"scenarios/{name}.yaml").write_text(WEEK.format(name=name))


def test_a_value_is_tuned_in_one_line_and_nothing_is_written() -> None:
    result = sim.run("first", replicates=5, set={"cross.approach_h": 0.7}, seed=8)
    assert result.scenario.config.cross.approach_h == pytest.approx(0.7)
    assert (result.seed, result.replicates) == (8, 5)
    assert set(result.daily["replicate"]) == set(range(5))
    assert not Path("results").exists()


def test_a_run_can_leave_a_folder() -> None:
    result = sim.run("first", replicates=5, out="results")
    assert result.folder
    assert result.folder.parent == Path("results/first")
    assert (result.folder / "manifest.json").exists()


def test_compare_gives_the_table_and_each_difference() -> None:
    comparison = sim.compare("first", "second", replicates=5)
    assert comparison.row("attempts", "LT")["difference"] == 0  # the stand-in does not read the scenario
    assert [result.name for result in comparison.scenarios] == ["second"]
    with pytest.raises(KeyError, match="attemps"):
        comparison.row("attemps", "LT")


def test_several_names_combine() -> None:
    assert sim.run(["first", "second"], replicates=1).name == "first+second"
    assert sim.run("first+second", replicates=1).name == "first+second"


def test_a_path_with_a_plus_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "a+b").mkdir()
    path = tmp_path / "a+b" / "own.yaml"
    path.write_text(WEEK.format(name="own"))
    assert sim.run(str(path), replicates=1).name == "own"


def test_a_reference_alone_is_bad_input() -> None:
    with pytest.raises(BadInput, match="at least one scenario"):
        sim.compare("first")


def test_a_script_does_not_go_on_with_part_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no luck")

    install(monkeypatch, fail)
    with pytest.raises(RunError, match="no luck"):
        sim.run("first", replicates=5)


def test_the_package_names_what_it_offers() -> None:
    assert set(sim.__all__) == {"run", "compare", "resume", "expand", "reproduce", "load_scenario"}
    assert not isinstance(sim.compare, ModuleType)
    with pytest.raises(AttributeError, match="nothing_like_it"):
        sim.nothing_like_it  # noqa: B018
