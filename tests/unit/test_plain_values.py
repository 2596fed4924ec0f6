"""Values from Python are kept as plain data: in the manifest, in overrides.yaml, in the draws."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fake_model import install
from run_folders import WEEK, experiment, folder_of, manifest_of, quietly

import bordersim
from bordersim.api import resume_run, run_experiment
from bordersim.errors import BadInput
from bordersim.experiments.reproduce import reproduce
from bordersim.experiments.settings import Settings
from bordersim.inputs import load_scenario
from bordersim.inputs.layers import leaves
from bordersim.inputs.yaml_source import parse
from bordersim.results.store.plain import plain_data

REGIME = [
    {"from": date(2020, 1, 1), "regime": "admit_and_screen"},
    {"from": "2021-05-03", "regime": "turn_back"},
]
SETS: dict[str, Mapping[str, object]] = {
    "number": {"guards.LT.officers": 900},
    "text": {"guards.LT.officers": "900"},
    "numpy": {"guards.LT.officers": np.int64(900), "cross.approach_h": np.float32(0.5)},
    "list": {"choice.month_factor": [1.0] * 12},
    "tuple": {"choice.month_factor": (1,) * 12},
    "array": {"choice.month_factor": np.ones(12)},
    "long array": {"choice.month_factor": np.linspace(0.9, 1.1, 12)},
    "series": {"choice.month_factor": pd.Series(np.ones(12))},
    "date": {"period.end": date(2021, 5, 3)},
    "numpy date": {"period.end": np.datetime64("2021-05-03")},
    "dated": {"policy.LT": REGIME},
    "dated with source": {"policy.LT": [{**entry, "source": "a law, of 2021"} for entry in REGIME]},
    "with facts": {"cross.approach_h": {"value": np.float64(0.5), "unit": "h", "source": "seen twice"}},
    "name": {"run.seed": np.uint8(4), "inflow.origins.Iraq.chance_factor": 1},
}


class Word(StrEnum):
    """A word of a program."""

    LONG = "long"


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


def known(sets: Mapping[str, object]) -> dict[str, object]:
    """Leave out keys that there are not."""
    keys = {key for key, _ in leaves(load_scenario(["history_2021"]).tree)}
    return {key: value for key, value in sets.items() if key in keys}


@pytest.mark.parametrize("name", SETS)
def test_the_manifest_alone_makes_the_run_again(tmp_path: Path, name: str) -> None:
    """An array was kept as it is printed, which is no value."""
    sets = {**WEEK, **known(SETS[name])}
    made = run_experiment(
        [load_scenario(["history_2021"], sets)], Settings(3, out=tmp_path, pictures=()), sets
    )
    alone = tmp_path / "alone.json"
    alone.write_bytes((folder_of(made) / "manifest.json").read_bytes())
    assert reproduce(alone, quietly()).is_same
    assert resume_run(folder_of(made), quietly()).digest == made.digest
    assert not any("array" in str(value) for value in manifest_of(folder_of(made))["sets"].values())


@pytest.mark.parametrize("name", SETS)
def test_what_was_set_can_be_read_from_the_overrides(tmp_path: Path, name: str) -> None:
    sets = {**WEEK, **known(SETS[name])}
    scenario = load_scenario(["history_2021"], sets)
    made = run_experiment([scenario], Settings(3, out=tmp_path, pictures=()), sets)
    root = parse((folder_of(made) / "overrides.yaml").read_text(), "overrides.yaml")
    assert root
    assert list(root.mapping()) == list(sets)
    again = load_scenario(["history_2021"], {key: _bare(node) for key, node in root.mapping().items()})
    assert again.digest == scenario.digest
    assert {k: n.facts for k, n in leaves(again.tree)} == {k: n.facts for k, n in leaves(scenario.tree)}


def _bare(node: Any) -> object:
    """Return a value read from YAML as Python has it."""
    if node.mapping():
        return {key: _bare(child) for key, child in node.mapping().items()}
    return [_bare(item) for item in node.items()] if node.items() else node.value


@pytest.mark.parametrize(
    "text", ["a: b", "[1, 2]", "- 1\n- 2", "{a: [b, 'c: d']}", "yes", "'2021-05-01'", "#"]
)
def test_any_text_that_was_typed_is_one_line_of_yaml(tmp_path: Path, text: str) -> None:
    scenario = load_scenario(["history_2021"], WEEK)
    sets = {"a.b": text, "a.an odd: name": 1}
    made = run_experiment([scenario], Settings(3, out=tmp_path, pictures=()), sets)
    root = parse((folder_of(made) / "overrides.yaml").read_text(), "overrides.yaml")
    typed = parse(text, "typed")
    assert root
    assert list(root.mapping()) == list(sets)
    assert _bare(root.mapping()["a.b"]) == (_bare(typed) if typed else None)


def test_numbers_of_numpy_are_numbers_everywhere(tmp_path: Path) -> None:
    """They could not be written as JSON, after the work was done."""
    draws = ({"guards.LT.officers": np.int64(400)}, {"guards.LT.officers": np.int64(900)})
    made = experiment(
        tmp_path,
        np.int64(5),
        draws,
        keep="totals",
        block_replicates=np.int32(50),
        own_chance=np.bool_(True),
        analysis={"kind": "sweep", "design": "list", "metrics": np.array(["attempts:LT"]), "notes": ()},
    )
    kept = manifest_of(folder_of(made))
    assert (kept["replicates"], kept["block_replicates"], kept["own_chance"]) == (5, 50, True)
    assert kept["analysis"]["metrics"] == ["attempts:LT"]
    assert (folder_of(made) / "draws.csv").read_text() == "draw,guards.LT.officers\n0,400\n1,900\n"
    assert resume_run(folder_of(made), quietly()).digest == made.digest
    plain = experiment(
        None, 5, ({"guards.LT.officers": 400}, {"guards.LT.officers": 900}), keep="totals", own_chance=True
    )
    assert plain.digest == made.digest


def test_replicates_of_numpy_from_the_api(tmp_path: Path) -> None:
    made = bordersim.run(
        "history_2021", replicates=np.int64(3), set={"period.end": "2021-05-03"}, out=tmp_path
    )
    assert made.folder
    assert bordersim.expand(made.folder, np.int64(4)).results[0].replicates == 4  # type: ignore[arg-type]
    assert type(manifest_of(Path(made.folder))["replicates"]) is int


def test_plain_data_is_what_json_gives_back() -> None:
    values = {
        "a": np.arange(3),
        1: (np.True_, None, "x"),
        "b": {"c": [np.datetime64("2021-05-01"), date(2021, 5, 1)]},
        "d": Fraction(1, 2),
        "e": Decimal("0.25"),
        "f": Word.LONG,
        "g": range(2),
    }
    plain = plain_data(values)
    assert plain == json.loads(json.dumps(plain))
    assert plain["b"]["c"] == ["2021-05-01", "2021-05-01"]
    assert (plain["d"], plain["e"], plain["f"], plain["g"]) == (0.5, 0.25, "long", [0, 1])
    assert (plain["a"], plain["1"]) == ([0, 1, 2], [True, None, "x"])


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", 1j, iter([])])
def test_what_cannot_be_kept_is_refused_before_anything_is_written(tmp_path: Path, value: object) -> None:
    scenario = load_scenario(["history_2021"], WEEK)
    with pytest.raises(BadInput, match=r"--set a\.b: expects a number, a text"):
        run_experiment([scenario], Settings(3, out=tmp_path / "out"), {"a.b": [value]})
    assert not (tmp_path / "out").exists()
