"""The run folder: what is in it, whole or not at all, with unit, definition and origin inside."""

from __future__ import annotations

import csv
import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from fake_model import install, make_block, make_scenario, make_world, with_valued

from bordersim.api import run_experiment
from bordersim.errors import BadInput
from bordersim.experiments.settings import Settings
from bordersim.model.compiling import sources
from bordersim.results.experiment import Experiment
from bordersim.results.store import provenance
from bordersim.results.store.block_files import Made, block_bytes, narrowed, read_values
from bordersim.results.store.blocks import COLUMNS, BlockArrays, Columns, Span, canonical
from bordersim.results.store.columns import dictionary
from bordersim.results.store.digests import combined, replicate_digests
from bordersim.results.store.folder import RunFolder, block_key
from bordersim.results.store.place import Place
from bordersim.words.metrics import DERIVED, METRIC_NAMES
from bordersim.words.valued import DAILY_NAMES

TABLES = ("daily", "segments", "stretches")
ALL = (*COLUMNS, "totals")


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


def experiment(out: Path | None, replicates: int = 60, **settings: Any) -> Experiment:
    """Run two scenarios that differ, without plots."""
    scenarios = [make_scenario("first"), make_scenario("second", shift=2.0)]
    chosen = Settings(replicates, out=out, pictures=("maps",), **settings)
    return run_experiment(scenarios, chosen, {"a.b": 3})  # type: ignore[arg-type]


@pytest.fixture
def made(tmp_path: Path) -> Experiment:
    """A finished run of two scenarios."""
    return experiment(tmp_path)


@pytest.fixture
def folder(made: Experiment) -> Path:
    """Its folder."""
    assert made.folder
    return made.folder


def test_the_folder_holds_what_the_format_names(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        *("summary.md", "metrics.csv", "comparison.csv", "columns.csv", "blocks", "maps"),
        *(f"{table}.parquet" for table in TABLES),
        *("scenario.first.resolved.yaml", "scenario.second.resolved.yaml", "overrides.yaml"),
        *("manifest.json", "log.txt", "scenarios.json"),
    }
    assert (folder.parent.parent.name, folder.parent.name) == ("first-vs-second", "compare")


def test_one_scenario_has_the_plain_name(tmp_path: Path) -> None:
    made = run_experiment([make_scenario()], Settings(5, out=tmp_path, pictures=()))  # type: ignore[list-item]
    assert made.folder
    assert (made.folder / "scenario.resolved.yaml").exists()
    assert not (made.folder / "comparison.csv").exists()


def test_daily_has_its_keys_and_every_metric_in_order(folder: Path) -> None:
    daily = pd.read_parquet(folder / "daily.parquet")
    derived = [metric.name for metric in DERIVED]
    assert list(daily.columns) == ["scenario", "replicate", "date", "country", *DAILY_NAMES, *derived]
    assert len(daily) == 2 * 60 * 7 * 3
    keys = daily[["scenario", "replicate", "date", "country"]]
    assert not keys.duplicated().any()
    assert keys.equals(keys.sort_values(list(keys), ignore_index=True))


def test_a_day_has_one_name_and_one_type_in_files_and_in_python(folder: Path, made: Experiment) -> None:
    """A script on `result.daily` failed on daily.parquet: `day`, a column of objects, stood there."""
    written, in_python = pd.read_parquet(folder / "daily.parquet"), made.results[0].daily
    assert written["date"].dtype == in_python["date"].dtype == made.results[0].stock["date"].dtype
    assert written["date"].dtype.kind == "M"
    assert written.loc[written["scenario"] == "first"].reset_index(drop=True).equals(in_python)


def test_frames_are_the_same_from_memory_and_from_disk(made: Experiment) -> None:
    for kept, unkept in zip(made.results, experiment(None).results, strict=True):
        for name in ("daily", "stock", "segments", "stretches", "people", "totals"):
            pd.testing.assert_frame_equal(getattr(kept, name), getattr(unkept, name))


def test_a_days_numbers_stand_in_the_row_of_that_day_and_border(made: Experiment) -> None:
    arrays = make_block(make_world(), 1, 57, 1)
    daily = made.results[0].daily
    row = daily[(daily.replicate == 57) & (daily.date == "2021-05-03") & (daily.country == "LV")].iloc[0]
    assert list(row[list(METRIC_NAMES)]) == list(arrays.daily[0, 2, 1])
    assert row["unstopped_entries"] == row["got_away"] + row["undetected_entry"]


def test_totals_are_the_sums_of_the_days(made: Experiment) -> None:
    result = made.results[1]
    by_hand = result.daily.groupby(["replicate", "country"])[list(DAILY_NAMES)].sum()
    totals = result.totals.set_index(["replicate", "country"])[list(DAILY_NAMES)]
    pd.testing.assert_frame_equal(totals, by_hand, check_dtype=False)


def test_every_column_has_unit_definition_and_origin_inside(folder: Path) -> None:
    for path in folder.rglob("*.parquet"):
        schema = pq.read_schema(path)
        for field in schema:
            assert {b"unit", b"definition"} <= set(field.metadata), f"{path.name}: {field.name}"
        source = json.loads(schema.metadata[b"bordersim"])
        assert source["seed"] == 1
        assert source["hashes"]["model"] == provenance.model_hash()


def test_the_dictionary_describes_every_column_of_every_file(folder: Path) -> None:
    described = {(row["file"], row["column"]) for row in _rows(folder / "columns.csv")}
    for table in TABLES:
        for name in pq.read_schema(folder / f"{table}.parquet").names:
            assert (f"{table}.parquet", name) in described
    for path in (folder / "blocks").iterdir():
        for name in pq.read_schema(path).names:
            assert ("blocks/*.parquet", name) in described
    for name in ("metrics.csv", "comparison.csv"):
        for column in _rows(folder / name)[0]:
            assert (name, column) in described
    assert all(column.definition for _, column in dictionary())


def _rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_manifest_lets_the_run_be_made_again(made: Experiment, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["status"] == "complete"
    assert (manifest["seed"], manifest["replicates"], manifest["sets"]) == (1, 60, {"a.b": 3})
    assert set(manifest["hashes"]) == {"config", "draws", "code", "model", "valuation", "results", "data"}
    assert manifest["digest"] == made.digest
    for result in made.results:
        written = manifest["results"][result.name]
        assert written["digest"] == combined(result.replicate_digests) == result.digest()
        assert (written["replicates"], written["missing"]) == (60, 0)
        for block in written["blocks"]:
            numbers = slice(block["first"], block["first"] + block["count"])
            assert block["digest"] == combined(result.replicate_digests[numbers])
            assert (folder / "blocks" / block["file"]).is_file()


def test_the_commit_is_known_in_a_checkout() -> None:
    """It was looked for in the wrong folder and so never written down."""
    asked = ["git", "-C", str(Path(__file__).parent), "rev-parse", "HEAD"]
    inside = subprocess.run(asked, capture_output=True, text=True, check=False)
    if inside.returncode:
        pytest.skip("not a checkout")
    assert str(provenance.commit()).startswith(inside.stdout.strip())


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_CEILING_DIRECTORIES"])
def test_the_commit_is_that_of_the_sources_whatever_a_hook_says(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a hook, or a command of another work tree, git was led elsewhere and the commit was lost."""
    here = provenance.commit.__wrapped__()
    if here is None:
        pytest.skip("not a checkout")
    value = str(sources.PACKAGE) if name == "GIT_CEILING_DIRECTORIES" else str(tmp_path / "elsewhere")
    monkeypatch.setenv(name, value)
    assert provenance.commit.__wrapped__() == here


def test_summary_has_four_ledgers_the_limits_and_the_assumed_share(folder: Path) -> None:
    text = (folder / "summary.md").read_text()
    for ledger in ("Entry", "Protection", "Guards", "Money"):
        assert f"## {ledger} ledger" in text
    assert "not by itself a better outcome" in " ".join(text.split())
    assert "1 of 2 values (50 %) are assumed, neither published nor fitted: 1 of 2 parameters" in text


def test_block_names_change_with_all_that_decides_their_content(monkeypatch: pytest.MonkeyPatch) -> None:
    key = block_key("values", 1, Span(0, 50))
    others = [block_key("other values", 1, Span(0, 50)), block_key("values", 2, Span(0, 50))]
    others += [block_key("values", 1, Span(50, 50)), block_key("values", 1, Span(0, 49))]
    monkeypatch.setattr(provenance, "model_hash", lambda: "another rule")
    others.append(block_key("values", 1, Span(0, 50)))
    assert len({key, *others}) == len(others) + 1
    monkeypatch.undo()
    assert block_key("values", 1, Span(0, 50)) == key


def test_a_killed_run_leaves_no_half_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies while the block is forced to disk."""
    monkeypatch.setattr(os, "fsync", _die)
    data = block_bytes(made_of(make_block(make_world(), 1, 0, 5)), {}, ALL)
    with pytest.raises(KeyboardInterrupt):
        Place(tmp_path).write("block.parquet", data)
    assert Place(tmp_path).names() == set()


def _die(*_: Any) -> None:
    raise KeyboardInterrupt


def test_a_run_that_is_stopped_says_so_and_keeps_its_blocks(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        experiment(tmp_path, replicates=120, workers=1, progress=stop)
    (folder,) = (tmp_path / "first-vs-second/compare").iterdir()
    assert json.loads((folder / "manifest.json").read_text())["status"] == "stopped"
    assert len(list((folder / "blocks").iterdir())) >= 4


def test_a_picture_that_fails_does_not_lose_the_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("no ink")

    monkeypatch.setitem(sys.modules["bordersim.report.pictures.map_differences"].__dict__, "save_maps", fail)
    made = experiment(tmp_path, replicates=5)
    assert made.folder
    assert (made.folder / "comparison.csv").exists()
    assert made.failures == ["pictures: ValueError('no ink')"]
    assert json.loads((made.folder / "manifest.json").read_text())["status"] == "partial"


def test_a_place_that_cannot_be_written_to_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="cannot write"):
        experiment(tmp_path / "file", replicates=5)


@pytest.mark.parametrize("fails_at", [0, 1, 2])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_run_that_cannot_be_begun_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, fails_at: int
) -> None:
    """With a full disk an empty run folder stayed."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old/notes.txt").write_text("mine")
    calls = iter(range(9))
    usual = Place.write

    def failing(place: Place, name: str, data: bytes) -> None:
        if next(calls) == fails_at:
            raise error
        usual(place, name, data)

    monkeypatch.setattr(Place, "write", failing)
    texts = {"scenarios.json": "[]", "draws.csv": "draw"}
    for out in (tmp_path / "new/er", tmp_path / "old"):
        with pytest.raises((BadInput, KeyboardInterrupt)):
            RunFolder.create(out, "experiment", {"identity": "0" * 8}, texts, "begun")
        calls = iter(range(9))
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["old", "old/notes.txt"]


def test_runs_of_the_same_second_have_folders_of_their_own(tmp_path: Path) -> None:
    folders = [RunFolder.create(tmp_path, "experiment", {"identity": "0" * 8}).path for _ in range(3)]
    assert len(set(folders)) == 3


def test_digests_do_not_depend_on_the_type_or_layout_of_the_numbers() -> None:
    arrays = make_block(make_world(), 1, 0, 3)
    wide = arrays._replace(stock=arrays.stock.astype(np.int64), daily=np.asfortranarray(arrays.daily))
    negative = arrays._replace(stretches=np.where(arrays.stretches == 0, -0.0, arrays.stretches))
    assert replicate_digests(arrays, 0) == replicate_digests(wide, 0) == replicate_digests(negative, 0)
    assert replicate_digests(arrays, 0) != replicate_digests(arrays, 1)


def test_a_block_of_eight_months_is_read_as_it_was_written(tmp_path: Path) -> None:
    block = _many_counts(make_world(date(2021, 5, 1), 245))
    place = Place(tmp_path)
    place.write("a", block_bytes(made_of(block), {}, ALL))
    for table in COLUMNS:
        counted = getattr(block, table)
        read = read_values(place, "a", table)[..., : counted.shape[-1]]
        np.testing.assert_array_equal(read, counted)
    totals = read_values(place, "a", "totals")
    np.testing.assert_array_equal(totals, read_values(place, "a", "daily").sum(axis=1))


def made_of(block: BlockArrays) -> Made:
    """Make the replicates of a block from the engine's arrays."""
    columns = narrowed([valued_columns(block, i) for i in range(len(block.daily))], ALL)
    return Made(tuple(range(len(block.daily))), replicate_digests(block, 0), columns)


def valued_columns(block: BlockArrays, index: int) -> Columns:
    """Return the tables of a replicate with what its counts come to."""
    counted = canonical(block, index)
    return {**counted, "daily": with_valued(counted["daily"], None)}


def _many_counts(world: SimpleNamespace) -> BlockArrays:
    """Make a block of 50 from one replicate, shifted."""
    one = make_block(world, 1, 0, 1)
    return BlockArrays(*(np.repeat(array, 50, axis=0) for array in one))


def test_a_run_without_a_folder_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = experiment(None, replicates=5)
    assert made.folder is None
    assert list(tmp_path.iterdir()) == []
    assert replace(made.results[0], sets={"a": 1}).label == "first [a=1]"
