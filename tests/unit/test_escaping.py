"""Anybody's text is shown as it is: no terminal, no Markdown and no spreadsheet takes it for an order."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from bordersim.report.sheets import Sheet, markdown_table, rich_table
from bordersim.results.csv_tables import read_csv, write_csv
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.place import Place
from bordersim.words.escaping import code, item, markdown, visible

ODD = "[/x] [red]a :smile: <b> $x_{y$ |=1"


def test_tables_show_a_name_that_looks_like_markup() -> None:
    """It ended a finished run, or was swallowed."""
    out = io.StringIO()
    sheet = Sheet(ODD, (ODD, "border"), [("a\x1b[2Jb", "[bold]")])
    Console(file=out, width=200).print(rich_table(sheet))
    assert out.getvalue().count(ODD) == 2
    assert "a\\x1b[2Jb" in out.getvalue()
    assert "[bold]" in out.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain Žalgiris 漢字\n", "plain Žalgiris 漢字\n"),
        ("\x1b]0;x\x07", "\\x1b]0;x\\x07"),
        ("a\u202eb\ud800", "a\\u202eb\\ud800"),
        ("zero\u200bwidth joins stay \u200d", "zero\u200bwidth joins stay \u200d"),
    ],
)
def test_what_does_something_is_written_as_its_code(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("claims_lodged_border, 5 % (LT): −3 to 4", "claims_lodged_border, 5 % (LT): −3 to 4"),
        ("a|b\nc", r"a\|b c"),
        ("`x` <script> *b* [l](u) ~~s~~", r"\`x\` \<script> \*b\* \[l\](u) \~\~s\~\~"),
        ("_a_ b_c &lt; R&D", r"\_a\_ b_c \&lt; R&D"),
        ("a\\", r"a\\"),
    ],
)
def test_markdown_shows_the_text(text: str, written: str) -> None:
    assert markdown(text) == written


def test_items_are_one_item_each() -> None:
    written = [item(text) for text in ("- a", "1. a", "> a", "# a", "2021-a", "3 a")]
    assert written == [r"- \- a", r"- 1\. a", r"- \> a", r"- \# a", "- 2021-a", "- 3 a"]


def test_code_holds_ticks() -> None:
    assert [code(text) for text in ("a b", "a `b` c", "`", "a\nb")] == [
        "`a b`",
        "``a `b` c``",
        "`` ` ``",
        "`a b`",
    ]


def test_a_cell_of_markdown_ends_where_it_should() -> None:
    line = markdown_table(Sheet("a|b", ("x", "y|z"), [("1|2", "3\n4")])).splitlines()[-1]
    assert line == r"| 1\|2 | 3 4 |"


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", " =1", "＝1"]


def test_a_text_that_a_spreadsheet_would_work_out_is_marked_and_read_back(tmp_path: Path) -> None:
    names = [*FORMULAS, "'=quoted", "'tis", "plain"]
    values = [-1.5, -2.0, 0.25, -4.0, 5.0, -6.0, 7.0, -8.0, 9.0, -0.5]
    mixed: list[object] = [-1, "-1", *values[2:]]
    table = pd.DataFrame({"=name": names, "value": values, "mixed": mixed})
    write_csv(tmp_path / "table.csv", table)
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["'=name", "value", "mixed"]
    assert [row[0] for row in rows] == [*(f"'{name}" for name in names[:8]), "'tis", "plain"]
    assert [float(row[1]) for row in rows] == values
    assert [row[2] for row in rows[:2]] == ["-1", "'-1"]
    back = read_csv(tmp_path / "table.csv")
    assert back["=name"].tolist() == names
    assert back["value"].tolist() == values


def test_rows_of_texts_and_numbers_too(tmp_path: Path) -> None:
    RunFolder(Place(tmp_path), {}).write_rows("failed.csv", ("@a", "b"), [("=1+1", -1), ("-", 2.5)])
    assert (tmp_path / "failed.csv").read_text().splitlines() == ["'@a,b", "'=1+1,-1", "'-,2.5"]
