"""Names of files: different for different scenarios on any file system, short in bytes, known as ours."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fake_model import install
from hypothesis import given
from hypothesis import strategies as st
from run_folders import experiment, folder_of, manifest_of, quietly

from bordersim.api import resume_run
from bordersim.results.store.names import NAME_BYTES, file_name, file_names, is_ours, is_temporary, name_alone

ALIKE = (
    ("fence 2", "fence_2", "Fence_2", "fence?2"),
    ("x" * 99 + "abc", "x" * 99 + "abd", "X" * 99 + "abc"),
    ("ა" * 104, "ა" * 103, "ა" * 33 + "ბ"),
    ("Türkiye", unicodedata.normalize("NFD", "Türkiye"), "türkiye"),
    ("straße", "STRASSE", "strasse"),
    (".", "..", "...", "unnamed", "/", "_"),
    ("a+b", "a b", "a  b", "a/b", "a\\b", "a\nb"),
)


def folded(name: str) -> str:
    """Return a name as a file system without cases may take it."""
    return unicodedata.normalize("NFKC", name).casefold()


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: names[0][:10])
def test_names_that_look_alike_are_told_apart(names: tuple[str, ...]) -> None:
    """One scenario's map and values were written over those of the other."""
    made = file_names(names)
    assert list(made) == list(names)
    assert len({folded(each) for each in made.values()}) == len(names)
    assert made == {name: file_names(reversed(names))[name] for name in names}  # in any order


@given(st.lists(st.text(max_size=150), unique=True, max_size=8))
def test_any_names_are_told_apart_and_safe(names: list[str]) -> None:
    made = file_names(names).values()
    assert len({folded(each) for each in made}) == len(names)
    for each in made:
        assert 0 < len(each.encode()) <= NAME_BYTES
        assert "/" not in each
        assert each.strip(".") == each


def test_a_hash_that_meets_another_name_is_hashed_as_well() -> None:
    names = ["fence 2", "fence_2"]
    unlucky = [*names, file_names(names)["fence 2"].upper()]
    assert len({folded(each) for each in file_names(unlucky).values()}) == 3


def test_a_name_that_is_like_no_other_stays_as_it_is() -> None:
    names = ("history_2021", "history_2021+mine", "Mine", "no fence")
    assert list(file_names(names).values()) == ["history_2021", "history_2021+mine", "Mine", "no_fence"]


def test_names_are_cut_by_bytes_between_letters() -> None:
    """104 Georgian letters are 312 bytes, more than a file system takes."""
    assert file_name("ა" * 104) == "ა" * 33
    assert file_name("x" * 104) == "x" * 100


def test_a_file_of_figures_has_a_name_of_its_own_whatever_came_before() -> None:
    assert name_alone("seen") == "seen"
    names = ("seen", "Seen", "SEEN", "se en", "se_en", "se?en", "s" * 120, "s" * 121, "")
    assert len({folded(name_alone(name)) for name in names}) == len(names)


def test_what_is_ours_and_what_is_not() -> None:
    block = "history_2021-draw000001-000050-0123456789abcdef.parquet"
    assert is_ours(block, "blocks")
    assert is_temporary(f"{block}.17-0123abcd.part", "blocks")
    assert is_temporary("metrics.csv.17-0123abcd.part")
    for name in (
        "README.txt",
        "thesis.parquet",
        "a-1-0123.parquet",
        "other.part",
        f"{block}.part",
        "x.17.part",
    ):
        assert not is_ours(name, "blocks")
        assert not is_temporary(name, "blocks")
    assert not is_temporary("thesis.csv.17-0123abcd.part")


def test_scenarios_that_look_alike_keep_a_file_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)
    names = ("fence 2", "fence_2", "Fence_2")
    made = experiment(tmp_path, 60, names=names, pictures=("plots", "maps"))
    folder = folder_of(made)
    counts = {"maps": 3 + 2, "blocks": 6}  # and two differences
    assert {each: len(list((folder / each).iterdir())) for each in counts} == counts
    assert len(list((folder / "plots").glob("differences_*.png"))) == 2
    assert len(list((folder / "plots").glob("countries_*.png"))) == 2
    resolved = [path.read_text() for path in folder.glob("scenario.*.resolved.yaml")]
    assert sorted(text.partition("name: ")[2].partition("\n")[0] for text in resolved) == [
        *('"fence 2"', "Fence_2", "fence_2"),
    ]
    maps = {folded(path.name) for path in (folder / "maps").iterdir()}
    assert len(maps) == 5
    assert resume_run(folder, quietly()).digest == made.digest


def test_a_scenario_with_the_name_of_a_difference_keeps_its_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    made = experiment(tmp_path, 5, names=("a", "b", "difference_b"), pictures=("maps",))
    written = sorted(path.read_text() for path in (folder_of(made) / "maps").iterdir())
    assert written == ["a", "b", "b", "difference_b", "difference_b"]


def test_a_long_name_in_many_bytes_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)
    name = "საზღვარი" * 13
    folder = folder_of(experiment(tmp_path, 5, names=(name,), pictures=("maps",)))
    assert manifest_of(folder)["scenarios"] == [name]
    assert max(len(path.name.encode()) for path in tmp_path.rglob("*")) < 200
