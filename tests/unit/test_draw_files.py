"""Files of draws from elsewhere: what is meant is read, all else is one line with file, row and column."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bordersim.analyses import draw_parquet, drawfile
from bordersim.analyses.drawfile import read_draws
from bordersim.errors import BadInput
from bordersim.inputs import Scenario, load_scenario

OFFICERS, WEIGHT, FROM = "guards.LT.officers", "choice.chance_weight", "host.steering_responds_from"
FACTORS = "choice.month_factor"
TWICE = "\u00e9"  # one letter, or a letter and an accent


@pytest.fixture(scope="module")
def history() -> Scenario:
    return load_scenario(["history_2021"])


@pytest.fixture(autouse=True)
def _in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(name: str, content: str | bytes, scenario: Scenario) -> list[dict[str, object]]:
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return [dict(draw) for draw in read_draws(Path(name), [scenario])]


def refusal(name: str, content: str | bytes, scenario: Scenario) -> str:
    with pytest.raises(BadInput) as caught:
        read(name, content, scenario)
    text = str(caught.value)
    assert text.isprintable()
    assert text.startswith(name)
    return text


def parquet(columns: dict[str, Any], **how: Any) -> bytes:
    file = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), file, **how)
    return bytes(file.getvalue())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"{OFFICERS}\n{'a' * 140_000}\n", "a.csv:2: is not CSV: field larger than field limit (131072)"),
        (f"{OFFICERS}\n{'9' * 6_000}\n", "a.csv:2: "),
        (f"{OFFICERS}\n4_73\n", f"a.csv:2: {OFFICERS}: expects a number in digits alone, is '4_73'"),
        (f"{OFFICERS}\n\u0664\u0667\u0663\n", f"a.csv:2: {OFFICERS}: expects a whole number of people"),
        (f"# mine\n{OFFICERS}\n700\n", "a.csv:1: expects the names of the columns, is '# mine'"),
        (f"\n\n# mine\n{OFFICERS}\n700\n", "a.csv:3: expects the names of the columns"),
        (f"{OFFICERS};{WEIGHT}\n700;0,1\n", "columns are parted by commas"),
        (f",{OFFICERS}\n0,700\n", "a.csv:1: column 1 has no name"),
        (f"{OFFICERS}\n\x1b[31m7\n", "a.csv:2: holds the character U+001B, which cannot be printed"),
        (f"{OFFICERS}\n7\x00\n", "a.csv:2: holds the character U+0000, which cannot be printed"),
        (f'{OFFICERS}\n"7\n', "a.csv:2: is not CSV"),
        (f"{OFFICERS}\n{'7,' * 600_000}\n", "a.csv:2: a line of more than 1,000,000 characters"),
        (f"{OFFICERS}\n" + "7\n" * 100_001, "a.csv:100002: more than 100,000 rows"),
        (",".join(f"k{n}" for n in range(20_000)) + "\n" + "1,\n" * 60, "expects 20000 values, has 2"),
        (b"guards.LT.officers\n700\n\xff\n".decode("latin-1").encode("utf-16"), "a.csv:1: is not UTF-8 text"),
    ],
)
def test_a_csv_file_that_cannot_be_meant_is_one_line(
    history: Scenario, text: str | bytes, complaint: str
) -> None:
    assert complaint in refusal("a.csv", text, history)


def test_the_line_that_is_no_text_is_named(history: Scenario) -> None:
    assert (
        refusal("a.csv", b"guards.LT.officers\r\n700\r\n8\xff\r\n", history) == "a.csv:3: is not UTF-8 text"
    )


def test_lines_of_old_and_new_systems_are_read(history: Scenario) -> None:
    for text in (f"\ufeff{OFFICERS}\n700\n", f"\r\n{OFFICERS}\r\n\r\n700\r\n", f"{OFFICERS}\r700\r"):
        assert read("a.csv", text, history) == [{OFFICERS: 700}]


def test_every_draw_has_its_keys_in_the_order_of_the_first(history: Scenario) -> None:
    """A table of a sweep once put the values of one key under the name of another."""
    text = f"- {{{OFFICERS}: 700, {WEIGHT}: 3}}\n- {{{WEIGHT}: 4, {OFFICERS}: 800}}\n"
    assert [list(draw.items()) for draw in read("a.yaml", text, history)] == [
        [(OFFICERS, 700), (WEIGHT, 3)],
        [(OFFICERS, 800), (WEIGHT, 4)],
    ]


def test_what_is_out_of_range_is_met_early_however_many_draws_there_are(
    history: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    check = drawfile.check_values
    monkeypatch.setattr(drawfile, "check_values", lambda *each: (seen.append(each), check(*each)))
    text = f"{OFFICERS},{WEIGHT}\n" + "700,3\n800,4\n" * 500 + "750,-1\n" + "700,3\n" * 500
    assert refusal("a.csv", text, history).startswith(f"a.csv:1002: {WEIGHT}: must be between")
    assert len(seen) <= 6


VALID: list[tuple[dict[str, Any], list[object]]] = [
    ({OFFICERS: pa.array([700, 800], pa.uint16())}, [700, 800]),
    ({OFFICERS: pa.array([700, 800]).dictionary_encode()}, [700, 800]),
    ({OFFICERS: pa.array([Decimal(700), Decimal(800)], pa.decimal128(9, 0))}, [700, 800]),
    ({WEIGHT: pa.array([Decimal("7.5")], pa.decimal128(9, 2))}, [7.5]),
    ({WEIGHT: pa.array(np.array([7.5], np.float16))}, [7.5]),
    ({WEIGHT: pa.array([7.5], pa.float32())}, [7.5]),
    ({"policy.LT": pa.array(["turn_back"])}, ["turn_back"]),
    ({"policy.LT": pa.array(["turn_back"], pa.large_string()).dictionary_encode()}, ["turn_back"]),
    ({FROM: pa.array([date(2021, 7, 1)])}, [date(2021, 7, 1)]),
    ({FROM: pa.array([datetime(2021, 7, 1)], pa.timestamp("ns"))}, [date(2021, 7, 1)]),
    ({FROM: pa.array([datetime(2021, 7, 1)], pa.timestamp("s")).dictionary_encode()}, [date(2021, 7, 1)]),
    ({FACTORS: pa.array([[1.0] * 12])}, [[1.0] * 12]),
    ({FACTORS: pa.array([[1.0] * 12], pa.list_(pa.float64(), 12))}, [[1.0] * 12]),
]


@pytest.mark.parametrize(("columns", "values"), VALID)
def test_parquet_from_any_tool_is_read(
    history: Scenario, columns: dict[str, Any], values: list[object]
) -> None:
    read_back = [value for draw in read("a.parquet", parquet(columns), history) for value in draw.values()]
    assert read_back == values
    assert [type(value) for value in read_back] == [type(value) for value in values]


def not_utf8(kind: pa.DataType) -> pa.Array:
    return pa.array([b"turn_back", b"\xff"], pa.binary()).view(kind)


INVALID: list[tuple[dict[str, Any], str]] = [
    ({FROM: pa.array([18_000, 4_000_000], pa.int32()).view(pa.date32())}, f"row 2: {FROM}: holds a date32"),
    ({FROM: pa.array([date(2021, 7, 1), None]).cast(pa.timestamp("ms")).fill_null(10**17)}, "row 2: "),
    ({"policy.LT": not_utf8(pa.string())}, "row 2: policy.LT: holds a string that cannot be read"),
    ({"policy.LT": pa.array(["x" * 30_000])}, "row 1: policy.LT: holds a string that cannot be read"),
    ({OFFICERS: pa.array([b"7"])}, f"column '{OFFICERS}': expects numbers, days or words, holds binary"),
    ({OFFICERS: pa.array([{"a": 1}])}, "holds struct<a: int64>"),
    ({OFFICERS: pa.array([[["7"]]])}, "holds list<"),
    ({OFFICERS: pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64()))}, "holds map<"),
    ({OFFICERS: pa.array([1], pa.duration("s"))}, "holds duration[s]"),
    ({OFFICERS: pa.array([1], pa.time32("s"))}, "holds time32"),
    ({OFFICERS: pa.array([None, None])}, f"row 1: {OFFICERS}: expects a whole number of people, is empty"),
    ({OFFICERS: pa.array([700, None])}, f"row 2: {OFFICERS}: expects a whole number of people, is empty"),
    ({WEIGHT: pa.array([1.0, float("nan")])}, f"row 2: {WEIGHT}: expects a number"),
    ({OFFICERS: pa.array([True])}, f"row 1: {OFFICERS}: expects a whole number"),
    ({FROM: pa.array([datetime(2021, 7, 1, 5)])}, f"row 1: {FROM}: expects a date without"),
    ({FROM: pa.array([datetime(2021, 7, 1)], pa.timestamp("s", "UTC"))}, f"row 1: {FROM}: expects a date"),
    ({"guards.LT.oficers": pa.array([7])}, "a.parquet: column: guards.LT.oficers: unknown key; did you mean"),
    ({"a\x1b[31m": pa.array([7])}, r"a.parquet: column 1: 'a\x1b[31m' is no name"),
    ({}, "no draws in it"),
    ({"__index_level_0__": pa.array([7])}, "no draws in it"),
]


@pytest.mark.parametrize(("columns", "complaint"), INVALID)
def test_any_other_column_of_parquet_is_one_line(
    history: Scenario, columns: dict[str, Any], complaint: str
) -> None:
    assert complaint in refusal("a.parquet", parquet(columns), history)


def test_the_names_of_the_rows_are_left_out_and_the_ending_may_be_upper_case(history: Scenario) -> None:
    pd.DataFrame({OFFICERS: [700, 900]}, index=["x", "y"]).to_parquet("X.PARQUET")
    assert pq.read_schema("X.PARQUET").names == [OFFICERS, "__index_level_0__"]
    assert list(read_draws(Path("X.PARQUET"), [history])) == [{OFFICERS: 700}, {OFFICERS: 900}]
    assert read("a.YML", f"- {OFFICERS}: 700\n", history) == [{OFFICERS: 700}]


def test_two_columns_of_one_name_are_refused(history: Scenario) -> None:
    file = pa.BufferOutputStream()
    pq.write_table(pa.table([pa.array([7]), pa.array([8])], names=[OFFICERS, OFFICERS]), file)
    assert f"column '{OFFICERS}' appears twice" in refusal("a.parquet", bytes(file.getvalue()), history)


def test_a_damaged_file_is_one_line_or_gives_the_same_draws(history: Scenario) -> None:
    whole = parquet({OFFICERS: [700, 800, 900], "policy.LT": ["turn_back"] * 3}, write_page_checksum=True)
    wanted, chance = read("a.parquet", whole, history), np.random.default_rng(1)
    for _ in range(60):
        damaged = bytearray(whole)
        damaged[chance.integers(len(whole))] ^= 1 << int(chance.integers(8))
        Path("a.parquet").write_bytes(damaged)
        with suppress(BadInput):
            assert list(read_draws(Path("a.parquet"), [history])) == wanted
    assert "a.parquet: cannot be read: " in refusal("a.parquet", whole[:-9], history)


def test_a_short_file_that_holds_much_is_refused_before_it_is_unpacked(
    history: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "100,001 rows, more" in refusal("a.parquet", parquet({OFFICERS: [7] * 100_001}), history)
    long_lists = parquet({FACTORS: pa.array([[1.0] * 600_000] * 2)})
    assert len(long_lists) < 10_000
    assert "1,200,000 values, more than" in refusal("a.parquet", long_lists, history)
    monkeypatch.setattr(draw_parquet, "MOST_UNPACKED_BYTES", 500_000)
    zeros = parquet({WEIGHT: np.zeros(100_000) + np.arange(100_000) * 1e-9}, use_dictionary=False)
    assert "is larger than 0.5 MB once it is unpacked" in refusal("a.parquet", zeros, history)


def test_one_long_word_in_every_row_takes_no_room(history: Scenario) -> None:
    words = pa.DictionaryArray.from_arrays(np.zeros(3_000, np.int32), ["x" * 1_000_000])
    file = parquet({"policy.LT": words}, store_schema=False)
    assert len(file) < 100_000  # 3 GB if each row had a text of its own
    assert "cannot be read" in refusal("a.parquet", file, history)


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.yaml"])
def test_what_is_no_plain_file_is_refused_at_once(history: Scenario, name: str) -> None:
    def said() -> str:
        with pytest.raises(BadInput) as caught:
            read_draws(Path(name), [history])
        return str(caught.value)

    assert said() == f"{name}: cannot be read: No such file or directory"
    Path(name).mkdir()
    assert said() == f"{name}: expects a file, is a folder"
    Path(name).rmdir()
    os.mkfifo(name)
    assert said() == f"{name}: expects a file, is a pipe"
    Path(name).unlink()
    Path(name).symlink_to("/dev/zero")
    assert said() == f"{name}: expects a file, is a device"
    Path(name).unlink()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(name)
        assert said() == f"{name}: expects a file, is a socket"
    Path(name).unlink()
    with Path(name).open("wb") as file:
        file.truncate(10**12)
    assert said() == f"{name}: has 1e+06 MB, more than 10 MB, the most that is read"


def test_odd_names_of_files_are_one_line(history: Scenario) -> None:
    for name in ("a\0.csv", "a" * 300 + ".csv"):
        with pytest.raises(BadInput, match="cannot be read"):
            read_draws(Path(name), [history])


def test_one_name_has_one_form(history: Scenario) -> None:
    both = f"caf{TWICE},cafe\u0301\n1,2\n"
    assert f"column 'caf{TWICE}' appears twice" in refusal("a.csv", both, history)
    assert f"caf{TWICE}: unknown key" in refusal("a.csv", "cafe\u0301\n1\n", history)
    columns = parquet({f"caf{TWICE}": [1], "cafe\u0301": [2]})
    assert "appears twice" in refusal("a.parquet", columns, history)


@pytest.mark.parametrize(
    "value",
    [
        *(pd.Timestamp("2021-07-01"), datetime(2021, 7, 1), "2021-07-01 00:00:00"),
        *(np.datetime64("2021-07-01"), np.datetime64("2021-07-01", "ns")),
    ],
)
def test_a_moment_at_midnight_is_a_day(value: object) -> None:
    scenario = load_scenario(["history_2021"], {"period.end": value})
    assert scenario.config.period.end == date(2021, 7, 1)
    entries = [{"from": value, "regime": "turn_back"}]
    assert load_scenario(["history_2021"], {"policy.LT": entries}).config.policy.LT[-1].from_ == date(
        2021, 7, 1
    )


@pytest.mark.parametrize(
    "value",
    [datetime(2021, 7, 1, 5), pd.Timestamp("2021-07-01", tz="UTC"), pd.NaT, np.datetime64("NaT", "ns")],
)
def test_any_other_moment_is_refused(value: object) -> None:
    with pytest.raises(BadInput, match=r"period\.end: expects a date"):
        load_scenario(["history_2021"], {"period.end": value})
