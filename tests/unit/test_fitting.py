"""Tables on a terminal: no word is broken, nothing is lost, what does not differ is one line."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from bordersim.report.fitting import collapsed, fitted, listed
from bordersim.report.headlines import HEADLINES
from bordersim.report.pictures.differences import SAME, UNITS
from bordersim.report.sheets import NOTHING, Sheet, rich_table

HEADER = (
    *("metric", "border", "unit", "no_turn_back_2021", "history_2021"),
    *("difference", "90 % range", "more / fewer"),
)
CELLS = ("10,960,250", "9,056,274", "−1,883,875", "−2,889,732 to −1,073,166", "195, 5 of 200")


def sheet(ledger: str) -> Sheet:
    """Return a ledger with figures as wide as they come."""
    rows = [
        (metric, country, UNITS[metric], *CELLS)
        for metric, countries in HEADLINES[ledger]
        for country in countries
    ]
    return Sheet(f"{ledger} ledger", HEADER, rows)


def printed(shown: Sheet, room: int) -> list[str]:
    """Return what a terminal shows."""
    found = fitted(shown, room)
    if found is None:
        return list(listed(shown))
    out = io.StringIO()
    Console(file=out, width=room, legacy_windows=False).print(rich_table(*found))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("room", [40, 72, 80, 100, 132, 200])
@pytest.mark.parametrize("ledger", HEADLINES)
def test_no_word_is_broken_and_none_is_lost(ledger: str, room: int) -> None:
    shown = sheet(ledger)
    lines = printed(shown, room)
    words = {word.strip("[]()") for line in lines for word in line.split()}
    wanted = {word for row in shown.rows for cell in row for word in cell.split()}
    assert wanted <= words
    if fitted(shown, room):
        assert max(map(len, lines)) <= room


def test_eighty_columns_are_enough_for_a_table() -> None:
    assert all(fitted(sheet(ledger), 80) for ledger in HEADLINES)
    assert fitted(sheet("entry"), 30) is None


def test_a_wide_terminal_has_a_line_for_each_row() -> None:
    shown = sheet("protection")
    form, widths = fitted(shown, 200) or pytest.fail("does not fit")
    assert (form, len(widths)) == (shown, len(HEADER))


def test_rows_without_a_difference_are_one_line() -> None:
    header = ("metric", "border", "unit", "a", "b", "difference", "95 % interval of the mean", "detectable")
    rows = [
        ("attempts", "LT", "attempts", "1", "2", "1", "1 to 2", ""),
        ("deaths", "all", "people", "1", "2", "1", f"{NOTHING} with n = 10 (−1 to 3)", "about 4"),
        ("rescued", "all", "rescues", "1", "1", "0", SAME, ""),
        ("injuries", "LT", "injuries", "1", "1", "0", SAME, ""),
    ]
    found = collapsed(Sheet("title", header, rows))
    assert found.rows == [rows[0][:-1]]
    assert found.header == header[:-1]
    assert found.notes == (f"{SAME}: rescued all 1 rescues; injuries LT 1 injuries", f"{NOTHING}: deaths all")
    assert collapsed(found) == found


def test_words_in_the_first_columns_stand_left_and_numbers_right() -> None:
    out = io.StringIO()
    table = rich_table(Sheet("t", ("figure", "reference"), [("attempts", "1,234"), ("deaths", "1")]))
    Console(file=out, width=80).print(table)
    rows = [line.rstrip() for line in out.getvalue().splitlines() if line.strip().startswith(("at", "de"))]
    assert [row[-1] for row in rows] == ["4", "1"]
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("room", range(20, 120, 5))
def test_other_tables_with_a_difference_keep_the_names_of_their_columns(room: int) -> None:
    """Once what stood beside any difference was taken for its range, and columns before it for scenarios."""
    other = Sheet("judged", ("first", "against", "difference", "noise"), [("one", "another", "−2.9", "0.5")])
    found = fitted(other, room)
    assert found is None or found[0].header == other.header
    assert found is not None or room < 40
