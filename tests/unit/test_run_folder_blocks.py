"""A block holds the replicates of its span, each once, in the columns of the run; else it is made again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fake_model import install, make_world
from run_folders import DRAWN, experiment, folder_of, manifest_of, quietly

from bordersim.api import resume_run
from bordersim.results.store.block_files import ABOUT, DamagedError, opened
from bordersim.results.store.block_layout import ROOM_BYTES, Layout
from bordersim.results.store.place import Place
from bordersim.results.store.tables import Land
from bordersim.words.codes import STATES

Edit = Callable[[pa.Table, dict[str, Any]], pa.Table]


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A finished run of 20 replicates."""
    return Path(shutil.copytree(finished, tmp_path / "run"))


def edited(path: Path, edit: Edit) -> None:
    """Edit a block and write it as a whole file again."""
    table = pq.read_table(path)
    about = json.loads(table.schema.metadata[ABOUT])
    changed = edit(table, about)
    pq.write_table(changed.replace_schema_metadata({ABOUT: json.dumps(about).encode()}), path)


def column(name: str, make: Callable[[int, pa.DataType], pa.Array]) -> Edit:
    """Put another column in the place of one."""

    def edit(table: pa.Table, _: Mapping[str, Any]) -> pa.Table:
        index = table.column_names.index(name)
        return table.set_column(index, name, make(len(table), table.column(index).type))

    return edit


def said(**words: Any) -> Edit:
    """Let a block say something else of itself."""

    def edit(table: pa.Table, about: dict[str, Any]) -> pa.Table:
        about |= words
        return table

    return edit


def lacking(word: str) -> Edit:
    """Let a block say less of itself."""

    def edit(table: pa.Table, about: dict[str, Any]) -> pa.Table:
        del about[word]
        return table

    return edit


def with_gap(count: int, kind: pa.DataType) -> pa.Array:
    """Make a column in which one number of a list is not there."""
    values = [[1] * kind.list_size for _ in range(count)]
    values[3][2] = None  # type: ignore[call-overload]
    return pa.array(values, pa.list_(kind.value_type, kind.list_size))


def twice(table: pa.Table, _: Mapping[str, Any]) -> pa.Table:
    """Hold every replicate twice."""
    return pa.concat_tables([table, table])


EDITS: dict[str, Edit] = {
    "rows twice": twice,
    "one row twice": lambda table, _: pa.concat_tables([table.slice(0, 19), table.slice(18, 1)]),
    "a row less": lambda table, _: table.slice(0, 19),
    "no row": lambda table, _: table.slice(0, 0),
    "rows turned round": lambda table, _: table.take(list(range(19, -1, -1))),
    "other replicates": column("replicate", lambda n, kind: pa.array(range(1, n + 1), kind)),
    "no replicates": column("replicate", pa.nulls),
    "words for replicates": column("replicate", lambda n, _: pa.array(["x"] * n)),
    "other digests": column("digest", lambda n, kind: pa.array([b"x" * 32] * n, kind)),
    "no digests": column("digest", pa.nulls),
    "short digests": column("digest", lambda n, _: pa.array([b"x" * 8] * n, pa.binary(8))),
    "lists of another length": column(
        "daily.attempts", lambda n, _: pa.array([[1, 2]] * n, pa.list_(pa.int32(), 2))
    ),
    "lists of any length": column(f"stock.{STATES[0]}", lambda n, _: pa.array([[1, 2]] * n)),
    "a very long list": column(
        "totals.attempts", lambda n, _: pa.array([[1] * 99_999] * n, pa.list_(pa.int32(), 99_999))
    ),
    "plain numbers for lists": column("segments.attempts", lambda n, _: pa.array([1.5] * n)),
    "words": column("daily.attempts", lambda n, _: pa.array(["x"] * n)),
    "nothing": column("daily.attempts", pa.nulls),
    "a gap": column("daily.attempts", with_gap),
    "other sums": column("totals.attempts", lambda n, _: pa.array([[7] * 3] * n, pa.list_(pa.int32(), 3))),
    "a column is gone": lambda table, _: table.drop_columns(["daily.attempts"]),
    "tables: null": said(tables=None),
    "tables: a number": said(tables=5),
    "tables: none": said(tables=[]),
    "tables: a list of lists": said(tables=[["daily"]]),
    "tables: unknown": said(tables=["daily", "x"]),
    "tables: fewer": said(tables=["totals", "people"]),
    "tables: gone": lacking("tables"),
    "block: gone": lacking("block"),
    "block: another": said(block="x"),
    "block: none": said(block=None),
    "block: a list": said(block=[1]),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_block_that_was_edited_is_made_again(folder: Path, edit: str) -> None:
    """With its rows twice a block was kept, and the run had twice the replicates it was asked for."""
    before, told = manifest_of(folder), list[str]()
    path = min((folder / "blocks").iterdir())
    edited(path, EDITS[edit])
    again = resume_run(folder, quietly(tell=told.append))
    assert len(told) == 1
    assert told[0].startswith(f"damaged, will be simulated again: {path.name}: ")
    assert manifest_of(folder)["results"] == before["results"]
    assert (again.missing, again.results[0].numbers) == (0, list(range(20)))


@pytest.mark.parametrize("about", [b"", b"[]", b"null", b"\xff", b"5", b"[" * 100_000, b'{"block": "x"}'])
def test_a_block_that_says_nothing_of_itself_is_made_again(folder: Path, about: bytes) -> None:
    path = min((folder / "blocks").iterdir())
    pq.write_table(pq.read_table(path).replace_schema_metadata({ABOUT: about}), path)
    told = list[str]()
    assert resume_run(folder, quietly(tell=told.append)).missing == 0
    assert len(told) == 1


def test_a_block_without_days_is_looked_at_as_closely(tmp_path: Path) -> None:
    made = experiment(tmp_path, 20, DRAWN, keep="totals")
    folder = folder_of(made)
    for edit in ("rows twice", "a very long list", "tables: none", "no row", "other digests"):
        edited(min((folder / "blocks").iterdir()), EDITS[edit])
        told = list[str]()
        again = resume_run(folder, quietly(tell=told.append))
        assert (len(told), again.digest, again.missing) == (1, made.digest, 0)


def test_a_huge_block_is_not_read(folder: Path) -> None:
    path = min((folder / "blocks").iterdir())
    with path.open("r+b") as file:
        file.truncate(1 << 40)
    told = list[str]()
    assert resume_run(folder, quietly(tell=told.append)).missing == 0
    assert "has 1,099,511,627,776 bytes, at most" in told[0]
    assert path.stat().st_size < 1 << 20


def test_the_largest_block_there_can_be_is_read(tmp_path: Path) -> None:
    """Numbers that no compression makes smaller, and tracebacks beside them."""
    layout = Layout.of(Land.of(make_world()), ("daily", "totals"))
    cells = sum(layout.lengths.values())
    (tmp_path / "block").write_bytes(b"x" * (8 * 50 * cells + ROOM_BYTES))
    layout.check_size(Place(tmp_path), "block", 50)
    (tmp_path / "block").write_bytes(b"x" * (3 * 8 * 50 * cells + ROOM_BYTES))
    with pytest.raises(DamagedError, match="bytes, at most"):
        layout.check_size(Place(tmp_path), "block", 50)


def test_a_layout_has_as_many_numbers_as_blocks_hold(folder: Path) -> None:
    path = min((folder / "blocks").iterdir())
    layout = Layout.of(Land.of(make_world()), ("daily", "stock", "segments", "stretches", "people", "totals"))
    with opened(Place(path.parent), path.name) as file:
        layout.check(file, path.name)
        made = file.whole()
        tables = file.about()["tables"]
    for table in layout.tables:
        values = made.values(table)
        assert {layout.lengths[each] for each in layout.lengths if each.startswith(f"{table}.")} == {
            int(np.prod(values.shape[1:-1]))
        }
    assert tables == list(layout.tables)
