"""Which file a name means, where the working folder has files of others, other endings, other forms."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from bordersim import compare
from bordersim.analyses.exercise import KEYS
from bordersim.cli.exercises import located
from bordersim.errors import BadInput
from bordersim.inputs import list_scenarios, load_scenario
from bordersim.inputs.loading import load
from bordersim.inputs.lookup import scenario_files

OURS = "schema_version: 1\ntitle: mine\nextends: history_2021\n"
FOREIGN = {
    "parameters": "schema: 3\nagents: [1, 2]\n",
    "history": "agents: 3\n",
    "baseline": "- a\n- b\n",
    "titled": "title: [1, 2]\nagents: 3\n",
    "unlike": "schema_version: 1\napi: 3\nexpect: [x]\n",
    "older": "schema_version: 2\ntitle: t\n",
    "nested": "job:\n  schema_version: 1\n  title: t\n",
    "invalid": "a: [\n",
    "empty": "",
}


@pytest.fixture(autouse=True)
def with_scenarios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()


def own(name: str, text: str = OURS) -> None:
    """Write a file of the working folder."""
    Path("scenarios", name).write_text(text, encoding="utf-8")


def foreign_files() -> None:
    for name, text in FOREIGN.items():
        own(f"{name}.yaml", text)
    Path("scenarios/binary.yaml").write_bytes(b"\xff\xfe\0")
    Path("scenarios/large.yaml").write_bytes(b"#" * 1_000_000)
    Path("scenarios/folder.yaml").mkdir()
    os.mkfifo("scenarios/fifo.yaml")


def refusal(name: str) -> str:
    """Return the complaint about a name."""
    with pytest.raises(BadInput) as caught:
        load(name, {})
    return str(caught.value)


def test_files_of_another_project_are_neither_listed_nor_in_the_way() -> None:
    listed, history = list_scenarios(), load_scenario(["history_2021"]).digest
    foreign_files()
    assert list_scenarios() == listed
    assert load_scenario(["history_2021"]).digest == history
    assert {"parameters", "history"} <= set(scenario_files())


@pytest.mark.parametrize("name", [*sorted(set(FOREIGN) - {"parameters", "history"}), "binary", "large"])
def test_a_file_of_another_project_is_none_of_ours_when_named(name: str) -> None:
    foreign_files()
    assert refusal(name).startswith(f"no scenario '{name}'; scenarios/{name}.yaml")


def test_a_file_with_our_version_is_ours_whatever_is_wrong_with_it() -> None:
    own("broken.yaml", f"{OURS}guards: [\n")
    own("titled.yaml", "schema_version: 1\ntitle: [1]\nextends: history_2021\n")
    listed = dict(list_scenarios())
    assert listed["broken"].startswith("(scenarios/broken.yaml:5: not valid YAML")
    assert listed["titled"] == "(scenarios/titled.yaml:2: title: expects text, is a list)"
    assert refusal("broken").startswith("scenarios/broken.yaml:5: not valid YAML")


def test_what_looks_like_ours_without_a_version_is_not_passed_over_silently() -> None:
    own("history_2021.yaml", "title: my own 2021\nextends: history\n")
    assert refusal("history_2021") == (
        "scenarios/history_2021.yaml:1: lacks 'schema_version: 1',"
        " by which files of this folder are known as scenarios"
    )


def test_values_of_ones_own_replace_the_packaged_ones() -> None:
    own("parameters.yaml", "schema_version: 1\nrun: {seed: 5}\n")
    assert refusal("history_2021").startswith("scenarios/parameters.yaml:2: run.seed: expects {value, unit")


@pytest.mark.parametrize("name", ["scenarios/mine.yml", "./scenarios/mine", "mine", "scenarios/mine"])
def test_a_file_ending_yml_is_found(name: str) -> None:
    own("mine.yml")
    assert load_scenario([name]).title == "mine"
    assert ("mine", "mine") in list_scenarios()


def test_a_file_beside_may_end_yml_too() -> None:
    Path("base.yml").write_text(OURS)
    Path("child.yaml").write_text("title: c\nextends: base\n")
    assert load_scenario(["child.yaml"]).title == "c"
    assert refusal("base") == "no scenario 'base'; did you mean 'base.yml'?"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["Türkiye", "./Türkiye.yaml"])
def test_a_name_is_found_whatever_form_the_disk_has_it_in(form: str, name: str) -> None:
    for folder in (Path("scenarios"), Path()):
        (folder / f"{unicodedata.normalize(form, 'Türkiye')}.yaml").write_text(OURS)
    for typed in ("NFC", "NFD"):
        assert load(unicodedata.normalize(typed, name), {}).name == "Türkiye"
    assert ("Türkiye", "mine") in list_scenarios()


@pytest.mark.parametrize("name", ["a" * 300, "a" * 5_000, "a\0b", "..", "/", "\ud800", "/dev/zero"])
def test_what_can_be_no_file_is_no_scenario(name: str) -> None:
    for typed in (name, f"{name}.yaml", f"history_2021+{name}"):
        said = refusal(typed)
        assert said.startswith("no scenario '")
        assert len(said) < 400
        said.encode()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extends: '..'", "2: extends: no scenario '..'; allowed: "),
        ("extends: /dev/zero", "2: extends: no scenario '/dev/zero'; allowed: "),
        (f"extends: {'a' * 300}", f"2: extends: no scenario '{'a' * 50}"),
        ('extends: "a\\0b"', r"2: 'a\x00b' holds the character U+0000"),
        ("extends: ' '", "2: extends: expects text, is ' '"),
        ("extends: {a: 1}", "2: extends: expects text, is a section"),
        (f"name: {'n' * 201}", "2: name: must have at most 200 letters, is 'nnn"),
        ("name: ''", "2: name: expects text, is ''"),
        ("name: [a]", "2: name: expects text, is a list"),
        ("schema_version: true", "2: schema_version: must be 1, is True"),
        ("schema_version: 1.0", "2: schema_version: must be 1, is 1.0"),
    ],
)
def test_an_odd_header_is_refused(text: str, message: str) -> None:
    Path("x.yaml").write_text(f"title: x\n{text}\n")
    assert refusal("x.yaml").startswith(f"x.yaml:{message}")


def test_a_long_name_of_many_bytes_is_fine() -> None:
    own("long.yaml", f"name: {'ა' * 104}\n{OURS}")
    assert load_scenario(["long"]).name == "ა" * 104


def test_the_name_of_a_file_is_no_way_round() -> None:
    Path("x\x1b[31m.yaml").write_text(OURS)
    assert refusal("x\x1b[31m.yaml") == r"x\x1b[31m.yaml:1: lacks a 'name'; that of the file holds U+001B"


def test_an_exercise_of_another_project_is_not_taken_for_ours() -> None:
    Path("scenarios/exercises").mkdir()
    mine, other = Path("scenarios/exercises/mine.yml"), Path("scenarios/exercises/order_2021.yaml")
    other.write_text("fit: 3\n")
    mine.write_text("schema_version: 1\nfit: 3\n")
    assert located(Path("order_2021"), KEYS).is_absolute()
    assert located(Path("mine"), KEYS) == mine
    assert located(Path("a" * 300), KEYS) == Path("a" * 300)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_two_files_whose_names_differ_in_their_unicode_form_alone_are_refused(form: str) -> None:
    name = "été"
    for each in ("NFC", "NFD"):
        own(unicodedata.normalize(each, f"{name}.yaml"))
    with pytest.raises(BadInput, match="two files have this name, in two Unicode forms; rename one"):
        load_scenario(unicodedata.normalize(form, name))


def test_two_scenarios_of_one_name_are_told_from_one_named_twice() -> None:
    for place, officers in (("a", 700), ("b", 800)):
        Path(place).mkdir()
        Path(place, "x.yaml").write_text(
            f"{OURS}guards: {{LT: {{officers: {officers}}}}}\n", encoding="utf-8"
        )
    with pytest.raises(BadInput, match="two scenarios are named x; give one its own, with `name:`"):
        compare("a/x.yaml", "b/x.yaml", replicates=1)
    with pytest.raises(BadInput, match="x would be compared with itself"):
        compare("a/x.yaml", "a/x.yaml", replicates=1)
