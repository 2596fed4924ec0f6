"""Files of published figures: what is meant is read, what cannot be meant is refused with line and column."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from bordersim.errors import BadInput
from bordersim.validation.figures import comparable
from bordersim.validation.published import (
    ADMITTED_UNIT,
    load_observations,
    load_parameters,
    load_timeline,
    resolve_reports,
)
from bordersim.validation.published.windows import figure_of, increments, windows_of

HEADER = "country,series,period_start,period_end,cumulative,unit,value,low,high,reports,date_quality"
GOOD = "LT,turned_back,2021-08-04,2021-08-04,False,persons,321,44,342,2,stated"


def written(tmp_path: Path, *lines: str) -> Path:
    """Write a file of figures."""
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    """Return the complaint about a file: one line."""
    with pytest.raises(BadInput) as caught:
        load_observations(path)
    text = str(caught.value)
    assert "\n" not in text
    return text.replace(str(path), "mine.csv")


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    rows = load_observations(written(tmp_path, HEADER, GOOD))
    assert rows[["value", "low", "high", "reports"]].to_numpy().tolist() == [[321, 44, 342, 2]]
    assert rows["period_start"].item() == pd.Timestamp("2021-08-04")
    assert rows["scope"].item() == "events"


def test_what_may_be_left_out_has_the_value_of_a_plain_figure(tmp_path: Path) -> None:
    header = "value,unit,period_end,period_start,series,country"
    rows = load_observations(written(tmp_path, header, "5,attempts,2022-01-02,2022-01-01,attempts,PL"))
    first = rows.iloc[0]
    assert (first["low"], first["high"], first["reports"]) == (5, 5, 1)
    assert (first["cumulative"], first["date_quality"]) == (False, "stated")


def test_a_byte_order_mark_and_empty_lines_are_no_fault(tmp_path: Path) -> None:
    assert len(load_observations(written(tmp_path, "\ufeff" + HEADER, "", GOOD, ""))) == 1


def changed(column: str, value: str) -> str:
    """Return the good line with another value."""
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    return ",".join((cells | {column: value}).values())


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("country", "Lithuania", ("mine.csv:3: country: 'Lithuania' is not known", "LT")),
        ("country", "lt", ("mine.csv:3: country:", "did you mean 'LT'?")),
        ("series", "turned_bck", ("mine.csv:3: series:", "did you mean 'turned_back'?")),
        ("unit", "person", ("mine.csv:3: unit: 'person' is not known; did you mean 'persons'?",)),
        ("unit", "", ("mine.csv:3: unit: is empty", "attempts")),
        ("period_start", "2021-13-01", ("mine.csv:3: period_start: expects a date like 2021-08-03",)),
        ("period_start", "04.08.2021", ("mine.csv:3: period_start:", "'04.08.2021'")),
        (
            "period_end",
            "2021-08-03",
            ("mine.csv:3: period_end: 2021-08-03 is before period_start 2021-08-04",),
        ),
        ("cumulative", "maybe", ("mine.csv:3: cumulative: expects True or False",)),
        ("value", "many", ("mine.csv:3: value: expects a number, is 'many'",)),
        ("value", "", ("mine.csv:3: value: expects a number",)),
        ("value", "-3", ("mine.csv:3: value: must be a number of at least 0",)),
        ("value", "nan", ("mine.csv:3: value: expects a number",)),
        ("value", "9", ("mine.csv:3: value: 9 is not between low 44 and high 342",)),
        ("high", "1e999", ("mine.csv:3: high: must be a number",)),
        ("value", "4_73", ("mine.csv:3: value: expects a number, is '4_73'",)),
        ("value", "\u0664\u0667\u0663", ("mine.csv:3: value: expects a number",)),
        ("value", "9" * 5000, ("mine.csv:3: value: must be a number of at least 0 and at most", "9...")),
        ("reports", "9" * 5000, ("mine.csv:3: reports: expects a whole number", "999...999")),
        ("reports", "1.0", ("mine.csv:3: reports: expects a whole number",)),
        ("period_start", "0001-01-01", ("mine.csv:3: period_start: must be between 1900-01-01 and",)),
        ("unit", "x" * 5000, ("mine.csv:3: unit: expects a few words",)),
        ("unit", "a\x1b[31mb", ("mine.csv:3: holds the character U+001B, which cannot be printed",)),
        ("reports", "0", ("mine.csv:3: reports: expects a whole number of at least 1",)),
        ("date_quality", "guessed", ("mine.csv:3: date_quality:", "stated")),
    ],
)
def test_a_wrong_value_is_refused_with_file_line_and_column(
    tmp_path: Path, column: str, value: str, words: tuple[str, ...]
) -> None:
    text = refusal(written(tmp_path, HEADER, GOOD, changed(column, value)))
    for word in words:
        assert word in text


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ((), "lacks the column 'country'"),
        ((HEADER,), "holds no figure"),
        (("country,series",), "lacks the column 'period_start'"),
        ((HEADER.replace("value", "valu"), GOOD), "unknown column 'valu'; did you mean 'value'?"),
        ((HEADER + ",value", GOOD + ",1"), "column 'value' appears twice"),
        ((HEADER.replace(",", ";"), GOOD), "parted by commas"),
        ((HEADER, GOOD + ",1"), "mine.csv:2: expects 11 values, has 12"),
        ((HEADER, '"LT'), "is not CSV"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, lines: tuple[str, ...], word: str) -> None:
    assert word in refusal(written(tmp_path, *lines))


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    assert "cannot be read" in refusal(path)
    path.write_bytes(b"\xff\xfe\x00country")
    assert "is not UTF-8 text" in refusal(path)


def test_what_is_no_plain_file_or_too_large_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    os.mkfifo(path)
    assert refusal(path) == "mine.csv: expects a file, is a pipe"
    path.unlink()
    path.symlink_to("/dev/zero")
    assert refusal(path) == "mine.csv: expects a file, is a device"
    path.unlink()
    assert refusal(tmp_path).endswith("expects a file, is a folder")
    path.write_bytes(b"x" * 10_000_001)
    assert "the most that is read" in refusal(path)
    assert "mine.csv:20002: more than 20,000 rows" in refusal(written(tmp_path, HEADER, *[GOOD] * 20_001))


def test_a_comment_above_the_names_is_refused_where_it_stands(tmp_path: Path) -> None:
    text = refusal(written(tmp_path, "", "# collected in May", HEADER, GOOD))
    assert text.startswith("mine.csv:2: expects the names of the columns, is '# collected in May'")


def test_a_unit_far_from_any_known_one_has_its_own_scope(tmp_path: Path) -> None:
    rows = load_observations(written(tmp_path, HEADER, changed("unit", "attempts at Mielnik post")))
    assert rows["scope"].item() == "attempts at Mielnik post"


@pytest.mark.parametrize("unit", ["persons", ADMITTED_UNIT])
def test_a_part_of_a_figure_is_neither_merged_with_it_nor_compared(tmp_path: Path, unit: str) -> None:
    whole, part = changed("unit", unit), changed("unit", unit).replace("321,44,342", "120,120,120")
    lines = [f"{HEADER},note", f"{whole},", f'{part},"of 321; part of turned_back"']
    rows = load_observations(written(tmp_path, *lines))
    assert rows["kind"].tolist() == ["whole", "part"]
    assert sorted(resolve_reports(rows)["value"]) == [120, 321]
    kept, skipped = comparable(rows)
    assert 120 not in set(kept["value"])
    assert "that are a part of another figure" in {each.why for each in skipped}


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("of 3,401; part of arrivals_detained", "part"),
        ("DERIVED 7,694 - 543 - 34", "derived"),
        ("on part of the border", "whole"),
        ("2021 part-year total", "whole"),
    ],
)
def test_the_note_says_what_kind_of_figure_it_is_unless_the_file_does(
    tmp_path: Path, note: str, kind: str
) -> None:
    path = written(tmp_path, f"{HEADER},note,kind", f'{GOOD},"{note}",', f'{GOOD},"{note}",whole')
    assert load_observations(path)["kind"].tolist() == [kind, "whole"]
    assert "mine.csv:2: kind: 'parts' is not known; did you mean 'part'?" in refusal(
        written(tmp_path, f"{HEADER},kind", f"{GOOD},parts")
    )


def test_the_whole_packaged_record_is_read_by_the_same_rules() -> None:
    assert len(load_observations()) == 1057


def test_timeline_and_parameters_have_sources() -> None:
    assert len(load_timeline()) == 171
    assert len(load_parameters()) == 291
    for table in (load_timeline(), load_parameters()):
        assert table["source_url"].str.startswith("http").all()
    assert load_timeline()["date"].is_monotonic_increasing


def totals(*rows: tuple[str, str, float, float, float, bool]) -> pd.DataFrame:
    """Return resolved figures: first day, last day, value, low, high, running total or not."""
    names = ["period_start", "period_end", "value", "low", "high", "cumulative"]
    frame = pd.DataFrame(rows, columns=names)
    days = {name: pd.to_datetime(frame[name]) for name in names[:2]}
    return frame.assign(**days, reports=1, derived=False)


def test_running_totals_become_steps_with_the_uncertainty_of_both_ends() -> None:
    january = ("2022-01-01", "2022-01-31", 100, 90, 110, True)
    february = ("2022-01-01", "2022-02-28", 150, 145, 160, True)
    steps = increments(totals(january, february))
    found = steps[["value", "low", "high", "days"]].to_numpy().tolist()
    assert found == [[100, 90, 110, 31], [50, 35, 70, 28]]
    assert steps["period_start"].tolist() == [pd.Timestamp("2022-01-01"), pd.Timestamp("2022-02-01")]


def test_a_total_below_an_earlier_one_makes_no_step() -> None:
    steps = increments(
        totals(
            ("2022-01-01", "2022-01-31", 100, 100, 100, True),
            ("2022-01-01", "2022-02-28", 90, 90, 90, True),
            ("2022-01-01", "2022-03-31", 130, 130, 130, True),
        )
    )
    assert steps["value"].tolist() == [100, 30]


def test_a_total_more_takes_no_day_away() -> None:
    """The total of 16 August 2021 came between those of the 15th and the 20th: steps of one and four days."""
    first = ("2021-08-10", "2021-08-15", 395, 395, 395, True)
    more = ("2021-08-10", "2021-08-16", 417, 417, 417, True)
    last = ("2021-08-10", "2021-08-20", 707, 707, 707, True)
    assert windows_of(totals(first, more, last)).equals(windows_of(totals(first, last)))


def test_totals_of_every_day_become_steps_of_enough_days() -> None:
    days = [("2021-07-01", f"2021-07-{day:02}", 10 * day, 10 * day, 10 * day, True) for day in range(1, 13)]
    assert increments(totals(*days))["days"].tolist() == [5, 5]


def test_a_figure_far_below_an_earlier_total_of_its_days_is_no_window() -> None:
    total = ("2023-01-01", "2023-02-25", 706, 706, 706, True)
    rounded = ("2023-01-01", "2023-02-28", 700, 700, 700, False)
    other = ("2023-01-01", "2023-02-28", 350, 350, 350, False)
    assert windows_of(totals(total, rounded))["value"].tolist() == [700]
    assert windows_of(totals(total, other))["value"].tolist() == [706]


def test_a_figure_stays_published_when_a_total_between_is_added() -> None:
    first = ("2022-01-01", "2022-06-01", 2633, 2633, 2633, True)
    between = ("2022-01-01", "2022-11-29", 4057, 4057, 4233, True)
    year = ("2022-01-01", "2022-12-31", 5286, 5026, 5286, False)
    for rows in (totals(first, year), totals(first, between, year)):
        found = figure_of(rows, date(2022, 6, 2), date(2022, 12, 31))
        assert found[["value", "low", "high"]].to_numpy().tolist() == [[2653, 2393, 2653]]
    assert figure_of(totals(first, year), date(2022, 6, 3), date(2022, 12, 31)).empty


def test_windows_are_told_once_at_each_resolution() -> None:
    rows = totals(
        ("2021-07-01", "2021-07-31", 2882, 2882, 2882, False),
        ("2021-07-01", "2021-07-18", 1435, 1435, 1435, False),
        ("2021-07-05", "2021-07-05", 131, 131, 131, False),
        ("2021-07-01", "2021-07-07", 800, 800, 800, False),
        ("2021-07-01", "2021-12-31", 9000, 9000, 9000, False),
    )
    found = windows_of(rows).set_index("resolution")["value"].to_dict()
    assert found == {"day": 131, "week": 800, "month": 2882, "year": 9000}


def test_no_packaged_figure_names_a_place_that_is_no_source() -> None:
    """Addresses are of published pages: nothing local, no package index, no repository of code."""
    wrong = r"localhost|127\.0|file://|pypi|npmjs|github|gitlab|docker|maven"
    for table in (load_observations(), load_timeline(), load_parameters()):
        assert not table["source_url"].str.contains(wrong, case=False).any()
