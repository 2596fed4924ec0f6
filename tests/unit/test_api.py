"""The same from Python, in three lines."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fake_model import install

import bordersim
from bordersim.api import run_experiment
from bordersim.errors import BadInput, RunError
from bordersim.experiments.settings import Settings
from bordersim.results.paired import ONLY_OF_THE_MEAN
from bordersim.results.store.result import Result

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
    result = bordersim.run("first", replicates=5, set={"cross.approach_h": 0.7}, seed=8)
    assert result.scenario.config.cross.approach_h == pytest.approx(0.7)
    assert (result.seed, result.replicates) == (8, 5)
    assert set(result.daily["replicate"]) == set(range(5))
    assert not Path("results").exists()


def test_a_run_can_leave_a_folder() -> None:
    result = bordersim.run("first", replicates=5, out="results")
    assert result.folder
    assert result.folder.parent == Path("results/first/run")
    assert (result.folder / "manifest.json").exists()


def test_compare_gives_the_table_and_each_difference() -> None:
    comparison = bordersim.compare("first", "second", replicates=5)
    assert comparison.row("attempts", "LT")["difference"] == 0  # the stand-in does not read the scenario
    assert [result.name for result in comparison.scenarios] == ["second"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("attemps", "LT"), "metric: 'attemps' is not in the comparison; did you mean 'attempts'?"),
        (("attempts", "LTU"), "country: 'LTU' is not in the comparison for attempts; did you mean 'LT'?"),
        (
            ("people_entered_unstopped", "LT"),
            "country: 'LT' is not in the comparison for people_entered_unstopped; allowed: all",
        ),
        (("attempts", "LT", "secnd"), "scenario: 'secnd' is not in the comparison; did you mean 'second'?"),
        (("attempts", "LT", ""), "scenario: '' is not in the comparison; allowed: second"),
    ],
)
def test_a_difference_that_is_not_there_is_told_with_the_nearest(given: Any, words: str) -> None:
    """It was a KeyError that said no more than what was asked, and still is one."""
    comparison = bordersim.compare("first", "second", replicates=2)
    with pytest.raises(KeyError) as caught:
        comparison.row(*given)
    assert isinstance(caught.value, BadInput)
    assert str(caught.value) == words


def test_a_difference_is_asked_for_in_words() -> None:
    comparison = bordersim.compare("first", "second", replicates=2)
    for given in ((5, "LT"), ("attempts", None), ("attempts", "LT", 5)):
        with pytest.raises(BadInput, match="expects text"):
            comparison.row(*given)  # type: ignore[arg-type]


def test_results_show_themselves_in_one_short_line() -> None:
    """The table was dumped into the notebook."""
    made = bordersim.run("first", replicates=2, out="results")
    again = bordersim.expand(str(made.folder), 3)
    compared, warning = repr(bordersim.compare("first", "second", replicates=2)).splitlines()
    shown = {
        compared,
        repr(made),
        repr(again),
        repr(bordersim.reproduce(str(made.folder))),
        repr(bordersim.load_scenario("first")),
    }
    assert "<second minus first: 2 replicates, 7 days from 2021-05-01>" in shown
    assert "<experiment of first: 3 replicates, 7 days from 2021-05-01>" in shown
    for line in shown:
        assert "\n" not in line
        assert len(line) < 100
    assert warning == ONLY_OF_THE_MEAN


def test_several_names_combine() -> None:
    assert bordersim.run(["first", "second"], replicates=1).name == "first+second"
    assert bordersim.run("first+second", replicates=1).name == "first+second"


def test_a_scenario_may_be_a_path() -> None:
    """It was refused with: 'PosixPath' object is not iterable."""
    path = Path("scenarios/first.yaml")
    for named in (path, [path], path.absolute(), Path("first")):
        assert bordersim.run(named, replicates=1).name == "first"
        assert bordersim.load_scenario(named).name == "first"
    assert bordersim.run([path, "second"], replicates=1).name == "first+second"
    assert bordersim.load_scenario("first+second").name == "first+second"
    assert (
        bordersim.compare(path, Path("scenarios/second.yaml"), replicates=1).row("attempts", "LT")["missing"]
        == 0
    )


def test_numbers_of_numpy_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replicates of numpy could not be written into the manifest, after the work was done."""
    whole = {"replicates": np.int64(2), "seed": np.uint64(8), "workers": np.int8(1)}
    values = {"cross.approach_h": np.float32(0.5), "choice.month_factor": np.ones(12)}
    made = bordersim.run("first", set=values, out="results", **whole)  # type: ignore[arg-type]
    manifest = json.loads((Path(str(made.folder)) / "manifest.json").read_text())
    assert (manifest["replicates"], manifest["seed"]) == (2, 8)
    assert made.sets == {"cross.approach_h": 0.5, "choice.month_factor": [1.0] * 12, "run.seed": 8}
    assert bordersim.expand(str(made.folder), np.int64(3)).results[0].replicates == 3  # type: ignore[arg-type]
    assert len(bordersim.reproduce(str(made.folder), sample=np.int64(1)).blocks) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "values",
    [
        pd.Series({"cross.approach_h": 0.7, "period.end": "2021-05-06"}),
        {"cross.approach_h": 0.7, "period.end": pd.Timestamp("2021-05-06")},
        {"cross.approach_h": np.float64(0.7), "period.end": np.datetime64("2021-05-06T00:00", "ns")},
    ],
)
def test_values_may_come_from_pandas_and_numpy(values: Any) -> None:
    config = bordersim.run("first", replicates=1, set=values).scenario.config
    assert config == bordersim.load_scenario("first", values).config
    assert (config.cross.approach_h, config.period.end) == (0.7, date(2021, 5, 6))


def test_entries_by_date_may_come_from_a_table() -> None:
    table = pd.DataFrame({"from": pd.to_datetime(["2021-05-01", "2021-05-04"]), "value": [900, 300]})
    made = bordersim.load_scenario("first", {"guards.LT.officers": table.to_dict("records")})
    texts = [{"from": "2021-05-01", "value": 900}, {"from": "2021-05-04", "value": 300}]
    assert made.config == bordersim.load_scenario("first", {"guards.LT.officers": texts}).config


NO_WHOLE = [0, -1, 3.0, "3", None, True, np.True_, [3], 10**5000, float("nan"), 10**7]
WRONG: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
    "replicates": (lambda x: bordersim.run("first", replicates=x), NO_WHOLE),
    "replicates of compare": (lambda x: bordersim.compare("first", "second", replicates=x), NO_WHOLE),
    "replicates of expand": (lambda x: bordersim.expand("results", x), NO_WHOLE),
    "replicates of settings": (lambda x: Settings(replicates=x), NO_WHOLE),
    "workers": (lambda x: bordersim.run("first", workers=x), [0, -1, 1.0, "1", True, 10**7]),
    "workers of resume": (lambda x: bordersim.resume("results", workers=x), [0, -1, 1.0, "1", True]),
    "seed": (lambda x: bordersim.run("first", seed=x), [-1, 1.0, "1", True, 2**63]),
    "sample": (lambda x: bordersim.reproduce("results", sample=x), [0, -1, 1.0, "1", True]),
    "scenario": (bordersim.run, [None, 5, True, [], [None], b"first", {"first"}, "frist", "x" * 5000]),
    "reference": (lambda x: bordersim.compare(x, "second"), [None, 5, [], "frist"]),
    "others": (lambda x: bordersim.compare("first", x), [None, 5, [], "frist", "first"]),
    "names": (bordersim.load_scenario, [None, 5, [], [5], "frist", "a\0b"]),
    "set": (
        lambda x: bordersim.run("first", set=x),
        [5, "a=1", ["a"], {5: 1}, {"a": 1}, {"cross.approach_h": b"1"}],
    ),
    "sets": (
        lambda x: bordersim.load_scenario("first", x),
        [5, "a=1", pd.DataFrame({"a": [1]}), {"period.end": pd.NaT}],
    ),
    "values": (
        lambda x: bordersim.load_scenario("first").with_values(x),
        [5, {5: 1}, {"period.end": pd.NaT}],
    ),
    "key": (lambda x: bordersim.load_scenario("first").explain(x), [5, None, "cross.aproach_h"]),
    "out": (lambda x: bordersim.run("first", out=x), [5, True, b"results", ["results"], ""]),
    "folder of resume": (bordersim.resume, [None, 5, ["results"], "nowhere", Path("nowhere")]),
    "folder of expand": (
        lambda x: bordersim.expand(x, 3),
        [None, 5, ["results"], "nowhere", Path("nowhere")],
    ),
    "folder of reproduce": (bordersim.reproduce, [None, 5, ["results"], "nowhere", Path("nowhere")]),
    "executor": (lambda x: Settings(executor=x), [5, "threads"]),
    "cluster": (lambda x: Settings(cluster=x), [5, ["tcp://127.0.0.1:1"]]),
    "patience": (lambda x: Settings(patience_s=x), [0, -1.0, "1", True, float("nan")]),
    "on error": (lambda x: Settings(on_error=x), ["stopp", None, 5]),
    "kept": (lambda x: Settings(keep=x), ["totls", None, 5]),
    "blocks": (lambda x: Settings(block_replicates=x), [0, None, 2.0]),
}


@pytest.mark.parametrize("argument", WRONG)
def test_a_wrong_argument_is_refused_in_one_line_before_anything_is_run(
    argument: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most of these ended in an IndexError, TypeError or ValueError from inside."""
    install(monkeypatch, lambda *_: pytest.fail("was run"))
    call, values = WRONG[argument]
    for value in values:
        with pytest.raises(BadInput) as caught:
            call(value)
        assert "\n" not in str(caught.value)
    assert not Path("results").exists()


def test_no_replicates_are_refused_where_settings_are_made_by_hand() -> None:
    with pytest.raises(BadInput, match=r"^replicates: must be between 1 and 1000000, is 0$"):
        run_experiment([bordersim.load_scenario("first")], Settings(0))


@pytest.fixture
def result() -> Result:
    return bordersim.run("first", replicates=3)


def test_a_result_refuses_what_it_does_not_hold(result: Result) -> None:
    with pytest.raises(BadInput, match="did you mean 'daily'"):
        next(result.tables("dayly"))
    for first in (-1, 4, 1.0, "1"):
        with pytest.raises(BadInput, match="first: "):
            result.digest(first)  # type: ignore[arg-type]
    experiment = run_experiment([bordersim.load_scenario("first")], Settings(2))
    for asked in ((1,), (-1,), (0, 1), ("first",)):
        with pytest.raises(BadInput, match=r"scenario: |draw: "):
            experiment.result(*asked)  # type: ignore[arg-type]


def test_a_working_folder_that_is_gone_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes with the package needs none; it ended in a FileNotFoundError."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert bordersim.run("history_2021", replicates=1).name == "history_2021"
    with pytest.raises(BadInput, match="cannot write there"):
        bordersim.run("history_2021", replicates=1, out="results")


def test_a_path_with_a_plus_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "a+b").mkdir()
    path = tmp_path / "a+b" / "own.yaml"
    path.write_text(WEEK.format(name="own"))
    assert bordersim.run(str(path), replicates=1).name == "own"


def test_a_reference_alone_is_bad_input() -> None:
    with pytest.raises(BadInput, match="at least one scenario"):
        bordersim.compare("first")


def test_a_script_does_not_go_on_with_part_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no luck")

    install(monkeypatch, fail)
    with pytest.raises(RunError, match="no luck"):
        bordersim.run("first", replicates=5)


def test_the_package_stays_light_until_something_is_used() -> None:
    heavy = "{'numpy', 'pandas', 'numba'} & set(sys.modules)"
    code = f"import sys, bordersim; assert not {heavy}; bordersim.Result; bordersim.Comparison"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_package_names_what_it_offers() -> None:
    functions = {"run", "compare", "resume", "expand", "reproduce", "story", "value", "load_scenario"}
    returned, errors = {"Result", "Comparison"}, {"BordersimError", "BadInput", "RunError"}
    assert set(bordersim.__all__) == functions | returned | errors
    assert isinstance(bordersim.run("first", replicates=1), bordersim.Result)
    assert isinstance(bordersim.compare("first", "second", replicates=2), bordersim.Comparison)
    assert all(getattr(bordersim, name).__doc__ for name in bordersim.__all__)
    assert not isinstance(bordersim.compare, ModuleType)
    with pytest.raises(AttributeError, match="nothing_like_it"):
        bordersim.nothing_like_it  # noqa: B018
