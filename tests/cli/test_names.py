"""Names and titles that look like markup, Markdown, formulas or orders are shown as they are, everywhere."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest
from commands import call
from fake_model import install

DAYS = "period: {start: 2021-05-01, end: 2021-05-07}\n"
MARKUP = "[/x] [red]a :smile: <b>|`c`"
FORMULA = "=1+1"
TITLE = "[bold]b[/] *c* | d"


@pytest.fixture(autouse=True)
def _odd_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two scenarios with odd names in the working folder, and the stand-in for the engine."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    for file, name in (("markup", MARKUP), ("formula", FORMULA)):
        head = {"schema_version": 1, "name": name, "title": TITLE}
        Path(f"scenarios/{file}.yaml").write_text(
            "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items()) + DAYS
        )


def compared(*more: str) -> tuple[str, Path]:
    """Compare the two; return what was told and the folder."""
    result = call("compare", "--values=fixed", "markup", "formula", "--replicates", "3", *more)
    assert result.exit_code == 0, result.stderr
    return result.stdout, Path(result.stdout.splitlines()[-1])


def test_a_name_that_looks_like_markup_ends_no_finished_run() -> None:
    """All was simulated and kept, then `[/x]` closed a tag that none had opened: no table, no folder."""
    told, folder = compared("--no-plots")
    assert f"entry ledger: {FORMULA} minus {MARKUP}" in told
    assert folder.is_dir()


def test_pages_and_tables_hold_the_names_as_text() -> None:
    _, folder = compared()
    page = (folder / "summary.md").read_text(encoding="utf-8")
    assert page.startswith(r"# \[/x\] \[red\]a :smile: \<b>\|\`c\` and =1+1")
    assert r"\[bold\]b\[/\] \*c\* \| d" in page
    columns = {line.replace(r"\|", "").count("|") for line in page.splitlines() if line.startswith("|")}
    assert columns == {8}
    with (folder / "comparison.csv").open(encoding="utf-8") as file:
        (pair,) = {(row["reference"], row["scenario"]) for row in csv.DictReader(file)}
    assert pair == (MARKUP, f"'{FORMULA}")
    assert len(list((folder / "plots").glob("*.png"))) == 4


@pytest.mark.parametrize("command", ["sweep", "sensitivity"])
def test_draws_show_the_names_too(command: str) -> None:
    more = ["--samples", "2", "--replicates", "2", "--vary", "cross.clear_h=0.1:0.5"]
    if command == "sensitivity":
        more += ["--method", "morris", "--vary", "cross.approach_h=0.1:0.5"]
    result = call(command, "markup", "formula", *more)
    assert result.exit_code == 0, result.stderr
    assert MARKUP in result.stdout
    folder = Path(result.stdout.splitlines()[-1])
    page = (folder / "summary.md").read_text(encoding="utf-8")
    assert MARKUP not in page
    assert r"\[/x\] \[red\]a" in page
    with (folder / "sweep.csv").open(encoding="utf-8") as file:
        assert {row["scenario"] for row in csv.DictReader(file)} == {MARKUP, f"'{FORMULA}"}


def test_titles_are_listed_as_they_are() -> None:
    assert f"markup                   {TITLE}" in call("scenarios").stdout
    assert f"{MARKUP}: {TITLE}" in call("show", "markup").stdout


def test_no_complaint_gives_orders_to_the_terminal() -> None:
    result = call("show", "markup", "--set", "guards.LT.\x1b[31mofficers=1")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert "\\x1b[31mofficers" in result.stderr


def test_what_fails_while_tables_are_shown_costs_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr("bordersim.cli.printed.show", failing)
    result = call("run", "--values=fixed", "markup", "--replicates", "2", "--no-plots")
    assert result.exit_code == 1
    assert Path(result.stdout.splitlines()[-1]).is_dir()


def test_what_was_typed_is_written_down_even_if_it_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bordersim", "run", "a\udce9`b`"])
    result = call("run", "--values=fixed", "markup", "--replicates", "2", "--no-plots")
    assert result.exit_code == 0, result.stderr
    page = (Path(result.stdout.splitlines()[-1]) / "summary.md").read_text(encoding="utf-8")
    assert "Made by ``bordersim run 'a\\udce9`b`'``." in page
