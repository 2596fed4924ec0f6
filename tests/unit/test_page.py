"""The page of a comparison: everything in one file, as text, with a range beside every answer."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from bordersim import load_scenario
from bordersim.api import run_experiment
from bordersim.experiments.settings import Settings
from bordersim.model.engine import Keys
from bordersim.report.page.days import ticks
from bordersim.report.page.dots import DOTS, dotplot
from bordersim.report.page.page import page
from bordersim.results.draws import LUCK
from bordersim.results.experiment import Experiment

DAYS = {"period.end": "2021-07-10"}
HOSTILE = '</title><script>alert(1)</script> "quoted" & \u202eturned'
VOID = {"meta", "img"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """Compare two scenarios in four histories; the title of one is hostile."""
    scenarios = [load_scenario(name, DAYS) for name in ("no_escorts_2021", "history_2021")]
    scenarios[1] = replace(scenarios[1], title=HOSTILE)
    draws = [{LUCK: str(Keys.of_replicate(1, n)), "choice.rest_days": 1.0 + n} for n in range(4)]
    settings = Settings(
        out=tmp_path_factory.mktemp("page"), workers=1, pictures=("maps",), command="compare <b>"
    )
    return run_experiment(scenarios, settings, {}, draws)


@pytest.fixture(scope="module")
def text(made: Experiment) -> str:
    """Return the page that the run wrote."""
    return (Path(str(made.folder)) / "report.html").read_text(encoding="utf-8")


class Tags(HTMLParser):
    """Takes down which elements there are, and whether each is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element."""
        self.found.append((tag, dict(attrs)))
        self.opened += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        """Compare with what was opened last."""
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take down what is read."""
        self.words.append(data)


def test_it_is_one_file_that_asks_nobody_for_anything_and_runs_no_script(text: str) -> None:
    tags = Tags(text)
    assert tags.opened == []
    assert not {"script", "link", "iframe", "object", "form"} & {name for name, _ in tags.found}
    outside = [v for _, given in tags.found for k, v in given.items() if k in ("src", "href") and v]
    assert outside
    assert all(value.startswith("data:image/png;base64,") for value in outside)
    assert "default-src 'none'" in unescape(text)
    assert not any(key.startswith("on") or key == "style" for _, given in tags.found for key in given)
    assert len(text.encode()) < 1_200_000


def test_titles_and_commands_stay_text(text: str) -> None:
    words = " ".join(Tags(text).words)
    assert "<script>alert(1)</script>" in words
    assert "\u202e" not in text
    assert "compare <b>" in words


def test_every_picture_says_what_it_shows(text: str) -> None:
    drawn = [given for name, given in Tags(text).found if name in ("svg", "img")]
    assert len(drawn) > 8
    assert all(given.get("aria-label") or given.get("alt") for given in drawn)


def test_the_answer_comes_first_and_each_line_of_it_has_a_range_or_says_all_are_the_same(text: str) -> None:
    answer = re.search(r'<ul class="answer">(.*?)</ul>', text, re.DOTALL)
    assert answer
    assert text.index(answer[0]) < text.index("<h2>")
    for told in re.findall(r"<li>(.*?)</li>", answer[1], re.DOTALL):
        assert re.search(r"\((between|from|in nine)", told) or "the same" in told, told


def test_numbers_of_the_answer_stand_in_the_tables(made: Experiment, text: str) -> None:
    rows = made.differences.set_index(["metric", "country"])
    row = rows.loc["unscreened_returns", "all"]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", text)
    assert f"{int(row.more)}, {int(row.fewer)} of 4" in cells


def test_the_fit_is_told_of_what_happened_alone_with_its_misses(made: Experiment) -> None:
    assert "How well it fits" not in page(made, Settings())
    told = page(made, Settings(happened="history_2021"))
    part = unescape(told[told.index("How well it fits") : told.index("How to read this")])
    counted = re.search(r"Of (\d+) published weeks, months and seasons at the three borders, (\d+) lie", part)
    assert counted
    missed = int(counted[1]) - int(counted[2])
    assert part.count("Missed: ") == min(missed, 12)
    for low, high in re.findall(r"published, ([\d,]+) to ([\d,]+) in 90 % of the histories", part):
        assert int(low.replace(",", "")) <= int(high.replace(",", ""))


def test_a_page_without_maps_has_no_place_for_them(made: Experiment) -> None:
    assert "<h2>Where</h2>" not in page(made, Settings())


@pytest.mark.parametrize("differences", [[0.0] * 7, [5.0], [-3.0, -1.0], [-1.0, 2.0, 1e6]])
def test_there_are_twenty_dots_wherever_they_lie(differences: list[float]) -> None:
    drawn = dotplot("what", np.array(differences))
    assert drawn.count('class="dot"') == DOTS
    places = [float(x) for x in re.findall(r'cx="([-\d.]+)"', drawn)]
    assert 0 <= min(places) <= max(places) <= 372


@pytest.mark.parametrize("top", [0.3, 1.0, 7.0, 19.9, 563.0, 41_000.0])
def test_a_scale_begins_at_none_and_has_few_marks(top: float) -> None:
    marks = ticks(top)
    assert marks[0] == 0
    assert len(marks) <= 6
    assert marks[-1] <= max(top, 1.0)
