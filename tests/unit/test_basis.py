"""Figures known only from copies of copies are marked as such, and counted where they are scored."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bordersim.errors import BadInput
from bordersim.validation.published import load_observations, load_parameters, load_timeline, resolve_reports
from bordersim.validation.published.basis import BASES, COPY_OF_COPY, ORIGINAL, REPEATED, basis_of
from bordersim.validation.targets import targets

HEADER = "country,series,period_start,period_end,unit,value,source_title,source_url"
FIGURE = "LT,turned_back,2021-09-01,2021-09-01,persons,50"


@pytest.mark.parametrize(
    ("title", "basis"),
    [
        ("rs.gov.lv news", ORIGINAL),
        ("Federal Police Potsdam: 10,758", ORIGINAL),
        ("Latvian Ombudsman, statement on the stranded groups", ORIGINAL),
        ("Polish Children's Ombudsman (BRPD) on Ocalenie report", REPEATED),
        ("Frontex via gounna Jan 2022", REPEATED),
        ("Lrytas citing VSAT", REPEATED),
        ("LRT English", REPEATED),
        ("TASS 6 Aug 2021", REPEATED),
        ("Sputnik Lithuania citing VSAT", REPEATED),
        ("Remix News on Podlaski unit figures", REPEATED),
        ("", REPEATED),
        ("Obzor.lt/BNS citing VSAT", COPY_OF_COPY),
        ("TV3.lt / Elta: Tuesday 14", COPY_OF_COPY),
        ("Charter97 citing Pozirk", COPY_OF_COPY),
        ("Pozirk via belkorpus Jul 2023", COPY_OF_COPY),
        ("Pozirk mirror", COPY_OF_COPY),
        ("Gadgetclock reprint of New York Times Nov 2021", COPY_OF_COPY),
    ],
)
def test_the_title_of_a_source_tells_how_often_it_was_handed_on(title: str, basis: str) -> None:
    assert basis_of(title) == basis


def test_every_shipped_figure_is_marked_by_the_rule() -> None:
    rows = load_observations()
    wrong = rows[rows["basis"] != rows["source_title"].map(basis_of)]
    assert wrong["source_title"].tolist() == []
    assert min(Counter(rows["basis"])[name] for name in BASES) > 50


@pytest.mark.parametrize("load", [load_timeline, load_parameters])
def test_events_and_values_are_marked_as_figures_of_the_same_address(load: object) -> None:
    """They have no title; where an address was read for several titles, or for none, nothing is told."""
    figures = load_observations().groupby("source_url")["basis"].agg(set)
    rows = load()  # type: ignore[operator]
    told = [figures.get(url, set()) for url in rows["source_url"]]
    assert [next(iter(each)) if len(each) == 1 else "" for each in told] == rows["basis"].fillna("").tolist()


def test_a_file_of_ones_own_is_marked_too_and_may_say_it_itself(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"{HEADER}\n{FIGURE},Obzor.lt/BNS,https://a.example\n", encoding="utf-8")
    assert load_observations(file)["basis"].tolist() == [COPY_OF_COPY]
    file.write_text(f"{HEADER},basis\n{FIGURE},Obzor.lt/BNS,https://a.example,original\n", encoding="utf-8")
    assert load_observations(file)["basis"].tolist() == [ORIGINAL]
    file.write_text(f"{HEADER},basis\n{FIGURE},Obzor.lt/BNS,https://a.example,copied\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"mine\.csv:2: basis: 'copied' is not known"):
        load_observations(file)


def test_a_figure_comes_as_near_to_its_origin_as_its_best_report(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    copy, repeated = f"{FIGURE},Obzor.lt/BNS,https://a.example", f"{FIGURE},Lrytas,https://b.example"
    file.write_text("\n".join([HEADER, copy, repeated, copy.replace("09-01", "09-02")]), encoding="utf-8")
    assert resolve_reports(load_observations(file))["basis"].tolist() == [REPEATED, COPY_OF_COPY]


def test_scores_say_how_many_figures_are_copies_of_copies(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    lines = [
        f"{FIGURE},Obzor.lt/BNS,https://a.example",
        f"{FIGURE},Lrytas,https://b.example".replace("01", "02"),
    ]
    file.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    held = targets("history_2021", (date(2021, 5, 1), date(2021, 12, 31)), file)
    assert held.rests_on.startswith("1 of 2 figures")
    whole = targets("history_2021", (date(2021, 5, 1), date(2021, 12, 31)))
    copies, _, of, *_ = whole.rests_on.split()
    assert 0 < int(copies) < int(of)
