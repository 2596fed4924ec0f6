"""What `new` writes works, line by line, and every scenario there is fits the schema that `schema` prints."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from typer.testing import CliRunner

from bordersim.cli import app
from bordersim.cli.drafted import ALL, LEVERS, drafted
from bordersim.cli.json_schema import json_schema
from bordersim.inputs import load_scenario
from bordersim.inputs.layers import leaves
from bordersim.inputs.yaml_source import MOST_BYTES

ROOT = Path(__file__).parents[2]
VALUE = re.compile(r"^( *)# (?=\S)", re.MULTILINE)
BASE = load_scenario("history_2021")
SCHEMA = Draft7Validator(json_schema())
TOP = "# yaml-language-server: $schema=bordersim.schema.json\n"


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> tuple[int, str, str]:
    """Call a command; return its code, output and complaints."""
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def digest_of(text: str) -> str:
    """Return the digest of a scenario file with this text."""
    Path("x.yaml").write_text(text, encoding="utf-8")
    return load_scenario("x.yaml").digest


def as_json(value: Any) -> Any:
    """Return what YAML reads as an editor sees it: dates are text."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(text: str) -> list[str]:
    """Return what the schema finds wrong with a file."""
    return [error.json_path for error in SCHEMA.iter_errors(as_json(YAML(typ="safe").load(text)))]


def test_it_changes_nothing_and_names_every_value() -> None:
    text = drafted(BASE, "mine", "history_2021", [ALL], "bordersim.schema.json")
    assert text.startswith(TOP)
    assert len(text.encode()) < MOST_BYTES / 2
    assert digest_of(text) == BASE.digest
    assert len(VALUE.findall(text.removeprefix(TOP))) == len(list(leaves(BASE.tree)))
    for fact in ("range 600 to 1800 people", "260 in July, osw.waw.pl", "one of admit_and_screen, turn_back"):
        assert fact in text


def test_all_its_lines_uncommented_are_the_base_and_raise_no_note() -> None:
    text = drafted(BASE, "mine", "history_2021", [ALL], "bordersim.schema.json").removeprefix(TOP)
    everything = VALUE.sub(r"\1", text)
    assert everything != text
    assert digest_of(everything) == BASE.digest
    assert load_scenario("x.yaml").notes == ()
    assert faults(everything) == []


def test_each_line_uncommented_alone_can_be_read() -> None:
    text = drafted(BASE, "mine", "history_2021", [*LEVERS, "inflow.origins", "choice"], "s.json").partition(
        "\n"
    )[2]
    places = [found.span() for found in VALUE.finditer(text)]
    assert len(places) > 70
    for start, end in places[::17]:
        assert digest_of(text[:start] + text[start:end].replace("# ", "") + text[end:]) == BASE.digest


def test_a_changed_line_changes_what_it_says() -> None:
    call("new", "mine", "--about", "guards.LT")
    text = Path("mine.yaml").read_text(encoding="utf-8")
    Path("mine.yaml").write_text(text.replace("# officers: 900", "officers: {add: 200}"), encoding="utf-8")
    assert load_scenario("mine.yaml").explain("guards.LT.officers").value == 1100


def test_new_writes_two_files_and_never_over_one() -> None:
    code, printed, _ = call("new", "Ä mine", "--from", "history_2022", "--about", "guards")
    assert (code, printed.splitlines()[-1]) == (0, "Ä mine.yaml")
    assert "bordersim compare history_2022 'Ä mine.yaml'" in printed
    assert {path.name for path in Path().iterdir()} == {"Ä mine.yaml", "bordersim.schema.json"}
    assert load_scenario("Ä mine.yaml").digest == load_scenario("history_2022").digest
    before = Path("Ä mine.yaml").read_bytes()
    code, _, said = call("new", unicodedata.normalize("NFD", "Ä mine"))
    assert (code, said) == (2, "Ä mine.yaml: is there already and is left as it is; choose another name\n")
    assert Path("Ä mine.yaml").read_bytes() == before


def test_new_in_another_folder_finds_its_base_again() -> None:
    call("new", "one")
    code, _, said = call("new", "two", "--from", "one.yaml", "--out", "a/b")
    assert (code, said) == (0, "")
    assert load_scenario("a/b/two.yaml").digest == BASE.digest


def test_an_old_schema_is_kept_and_told_of() -> None:
    Path("bordersim.schema.json").write_text("{}", encoding="utf-8")
    code, _, said = call("new", "mine")
    assert (code, Path("bordersim.schema.json").read_text(encoding="utf-8")) == (0, "{}")
    assert "to renew it: bordersim schema > bordersim.schema.json" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["history_2021"], "history_2021: is the name of a scenario there is; choose another"),
        (["a/b"], "NAME 'a/b': expects a name without / : + or spaces around it; --out names a folder"),
        ([" "], "NAME ' ': expects a name without"),
        (["m", "--about", "gards"], "--about gards: unknown key; did you mean 'guards'?"),
        (["m", "--from", "histori_2021"], "no scenario 'histori_2021'; did you mean 'history_2021'?"),
        (["m", "--from", "history_2021+no_loan_2023"], "a scenario extends one other, as it is; name one"),
        (["m", "--from", "history_2021:run.seed=1"], "a scenario extends one other, as it is; name one"),
    ],
)
def test_a_slip_is_one_line_and_writes_nothing(words: list[str], message: str) -> None:
    code, printed, said = call("new", *words)
    assert (code, printed, said.count("\n")) == (2, "", 1)
    assert message in said
    assert not list(Path().iterdir())


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scenario_fits_the_schema(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


def test_a_resolved_scenario_fits_too() -> None:
    assert faults(BASE.resolved_yaml()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "gaurds: {LT: {officers: 3}}",
        "guards: {LT: {oficers: 3}}",
        "guards: {EE: {officers: 3}}",
        "guards: {LT: {officers: -1}}",
        "guards: {LT: {officers: 1.5}}",
        "guards: {LT: {officers: many}}",
        "guards: {LT: {officers: {add: 1, value: 2}}}",
        "guards: {LT: {officers: {add: 1, sorce: x}}}",
        "guards: {LT: {officers: [{value: 3}]}}",
        "guards: {LT: {officers: [{from: August, value: 3}]}}",
        "guards: {LT: {officers: [{from: 2021-08-03, km: 3}]}}",
        "policy: {LT: turn_bak}",
        "policy: {LT: {add: 1}}",
        "inflow: {vulnerable_share: 1.1}",
        "inflow: {origins: {moon: {seats: 3}}}",
        "choice: {attraction_factor: {Nowhere: 2}}",
        "choice: {hour_factor: [1, 2]}",
        "record: {day_starts_h: 24}",
        "schema_version: 2",
        "expect: [{metric: atempts, country: LT, date: 2021-08-03, between: [1, 2], source: s}]",
    ],
)
def test_what_the_loader_refuses_the_schema_marks(wrong: str) -> None:
    assert faults(wrong) != []


def test_what_the_loader_takes_the_schema_takes() -> None:
    right = (
        "guards: {LT: {officers: {add: -200, source: s}, soldiers: [{from: 2021-08-03, times: 2}]}, PL: }\n"
        "policy: {LT: turn_back}\ninflow: {origins: {moon: {people_per_day: 3}}}\n"
        "build: {LT: {fence_km: [{from: 2021-08-03, add: 5}, {from: 2021-09-03, km: 50}]}}\n"
    )
    assert faults(right) == []


def test_the_schema_says_what_a_value_is() -> None:
    code, printed, _ = call("schema")
    words = json_schema()["properties"]["guards"]["properties"]["LT"]["properties"]["officers"]["description"]
    assert code == 0
    assert "Range 600 to 1800 people" in words
    assert words in printed
    assert "60 at one station" in words
