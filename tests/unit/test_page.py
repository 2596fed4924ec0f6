"""The page of a comparison: everything in one file, as text, with a range beside every answer."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from bordersim import load_scenario
from bordersim.api import run_experiment
from bordersim.experiments.reading import read_run
from bordersim.experiments.settings import Settings
from bordersim.model.engine import Keys
from bordersim.report.alike import same_policy
from bordersim.report.answer import answers_of
from bordersim.report.catalogue import ENGLISH, LITHUANIAN, Language
from bordersim.report.files import write_page
from bordersim.report.page.days import ticks
from bordersim.report.page.dots import DOTS, dotplot
from bordersim.report.page.land import load_land, simplified
from bordersim.report.page.markup import course, said
from bordersim.report.page.page import page
from bordersim.results.draws import LUCK
from bordersim.results.experiment import Experiment
from bordersim.results.lives import attempts_by_week
from bordersim.results.store.draw_files import read_draws
from bordersim.results.store.folder import RunFolder
from bordersim.words.escaping import item, markdown, one_line
from bordersim.words.metrics import STRETCH_ATTEMPTS

DAYS = {"period.end": "2021-08-31"}
HOSTILE = '</title><script>alert(1)</script> "quoted" & \u202eturned'
VOID = {"meta", "input"}
RANKING = {
    "en": r"\b(better|best|wors[et]+|success\w*|effective\w*|improv\w*|prevents?|sav(?:es?|ed)|illegals?)\b",
    "lt": r"\b(geriau|geresn\w*|blog\w*|sėkm\w*|veiksming\w*|efektyv\w*|pagerin\w*|užker\w+|nelegal\w*)\b",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """Compare two scenarios in four histories; the title of one is hostile."""
    scenarios = [load_scenario(name, DAYS) for name in ("no_escorts_2021", "history_2021")]
    scenarios[1] = replace(scenarios[1], title=HOSTILE)
    draws = [{LUCK: str(Keys.of_replicate(1, n)), "choice.rest_days": 1.0 + n} for n in range(4)]
    settings = Settings(out=tmp_path_factory.mktemp("page"), workers=1, pictures=(), command="compare <b>")
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


def test_it_is_one_file_that_asks_nobody_for_anything_and_runs_one_script_by_its_hash(text: str) -> None:
    tags = Tags(text)
    assert tags.opened == []
    names = [name for name, _ in tags.found]
    assert names.count("script") == 1
    assert not {"link", "iframe", "object", "form", "img"} & set(names)
    asked = [v for _, given in tags.found for k, v in given.items() if k in ("src", "href") and v]
    assert asked
    assert all(each.startswith("#") for each in asked)
    assert not any(key.startswith("on") or key == "style" for _, given in tags.found for key in given)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    for name in ("style", "script"):
        inside = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in unescape(policy[1])
    assert "default-src 'none'" in unescape(policy[1])
    assert len(text.encode()) < 1_200_000


def test_whatever_is_pointed_to_is_there_once(text: str) -> None:
    found = Tags(text).found
    names = [given["id"] for _, given in found if "id" in given]
    assert len(names) == len(set(names))
    for key in ("href", "for", "aria-labelledby"):
        assert {str(given[key]).lstrip("#") for _, given in found if key in given} <= set(names)


def test_titles_and_commands_stay_text(text: str) -> None:
    words = " ".join(Tags(text).words)
    assert "<script>alert(1)</script>" in words
    assert "\u202e" not in text
    assert "compare <b>" in words


def test_every_picture_says_what_it_shows(text: str) -> None:
    drawn = [given for name, given in Tags(text).found if name == "svg" and not given.get("aria-hidden")]
    assert len(drawn) > 30
    assert all(given.get("aria-label") for given in drawn)


def cells(page: str) -> str:
    """Return what stands in the tables of a page."""
    found = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", page, re.DOTALL)
    return "\n".join(unescape(re.sub(r"<[^>]*>", " ", each)) for each in found)


@pytest.mark.parametrize("language", [ENGLISH, LITHUANIAN])
def test_every_number_of_the_answer_stands_in_a_table(made: Experiment, language: Language) -> None:
    """Also those of what is assumed and of the fit; ranges stand with them."""
    made_page = page(made, Settings(happened="history_2021"), (), language)
    begins = made_page.index('<p class="lead">')
    part = made_page[begins : made_page.index('<p class="small">', begins)]
    told = unescape(re.sub(r"<[^>]*>", " ", part)).replace("history_2021", "")
    policies = one_line(same_policy([result.scenario for result in made.results], language))
    assert policies in told
    told = told.replace(policies, "")  # days of policies, no figures
    number = r"\d+(?:,\d{3})*(?:\.\d+)?" if language is ENGLISH else r"\d+(?:\xa0\d{3})*(?:,\d+)?"
    titles = (HOSTILE, made.results[0].scenario.title)
    for title in titles:
        told = told.replace(shown_text(title), "")
    wanted = set(re.findall(number, told))
    assert len(wanted) > 12
    assert wanted <= set(re.findall(number, cells(made_page)))
    assert told.count("%") > 6


def shown_text(title: str) -> str:
    """Return a title as a reader sees it."""
    return unescape(re.sub(r"<[^>]*>", "", said("b", title)))


def test_the_answer_comes_first_with_protection_and_its_source_can_be_copied(
    made: Experiment, text: str
) -> None:
    answer = answers_of(made)[0]
    assert text.index("lead") < text.index("<nav")
    assert "unscreened" not in answer.lead
    assert re.match(r"(In the model|In most histories|The model does not say)", answer.lead)
    assert "returns without screening" in answer.lead or "deaths" in answer.lead
    quote = re.search(r'<p id="quote">(.*?)</p>', text, re.DOTALL)
    assert quote
    told = unescape(quote[1])
    assert "of 4 histories" in told
    assert "assumed" in told
    assert f"Digest {made.digest[:12]}." in told


def test_what_no_policy_changes_is_told_after_the_answer_and_where_they_differ(
    made: Experiment, text: str
) -> None:
    """Also to whoever copies the answer, or reads the summary."""
    told = same_policy([result.scenario for result in made.results])
    assert "Latvia turns people back from 11 August 2021" in told
    plain = unescape(text)
    assert plain.count(told) == 3
    assert told in plain[plain.index('id="h-differs"') : plain.index('id="h-sure"')]
    assert markdown(told) in (Path(str(made.folder)) / "summary.md").read_text(encoding="utf-8")


def test_the_summary_begins_with_the_same_answer(made: Experiment, text: str) -> None:
    summary = (Path(str(made.folder)) / "summary.md").read_text(encoding="utf-8")
    paragraphs = summary.split("\n\n")
    answer = answers_of(made)[0]
    assert paragraphs[1] == markdown(answer.lead)
    assert paragraphs[2] == "\n".join(map(item, answer.lines))
    assert unescape(text).count(one_line(answer.lead)) == 2  # read and copied


def test_nothing_on_the_page_ranks_policies(made: Experiment) -> None:
    for language in (ENGLISH, LITHUANIAN):
        read = re.sub(r"<(style|script)>.*?</\1>", "", page(made, Settings(), (), language), flags=re.DOTALL)
        words = " ".join(Tags(read).words).replace(language.say("limits_of_use"), "")
        assert len(words) > 10_000
        assert not re.search(RANKING[language.code], words, re.IGNORECASE)


def test_without_histories_to_live_again_there_is_no_slider_and_the_page_says_why(
    text: str, made: Experiment
) -> None:
    assert 'type="range" id="week"' in text
    lost = page(made, Settings(), by_week=False)
    assert 'id="week"' not in lost
    assert "its weeks cannot be found again" in lost


def test_the_fit_is_told_of_what_happened_alone_with_its_misses(made: Experiment) -> None:
    assert "Nothing that is published of these days can be compared" in page(made, Settings())
    told = page(made, Settings(happened="history_2021"))
    part = unescape(told[told.index('id="h-fit"') : told.index('id="h-read"')])
    said = r"published weeks, months and seasons at the three borders \((\d+)\), (\d+) are within"
    counted = re.search(said, part)
    assert counted
    missed = int(counted[1]) - int(counted[2])
    assert part.count("Missed: ") == min(missed, 12)
    for low, high in re.findall(r"published, ([\d,]+) to ([\d,]+) in 90 % of the histories", part):
        assert int(low.replace(",", "")) <= int(high.replace(",", ""))


def test_weeks_of_the_maps_add_up_to_what_each_history_has_in_all(made: Experiment) -> None:
    """A history lived again is the same history: its weeks are those of the whole run."""
    histories = read_draws(RunFolder.open(str(made.folder)).place)
    scenarios = [result.scenario for result in made.results]
    for result in made.results:
        weeks = attempts_by_week(result.scenario, histories, scenarios)
        days = np.array([2] + [7] * 17 + [2])  # the first of May was a Saturday
        whole = np.concatenate([block.values("stretches") for block in result.blocks])[:, :, STRETCH_ATTEMPTS]
        assert whole.sum() > 0
        assert (weeks * days[:, np.newaxis]).sum(axis=0) == pytest.approx(whole.mean(axis=0))


def test_who_got_in_is_told_of_the_whole_period_alone(text: str) -> None:
    """Maps carry attempts by week; entries stand in the table of the whole period."""
    carried = {
        key for name, given in Tags(text).found if name == "use" for key in given if key.startswith("data-")
    }
    assert carried == {"data-weeks", "data-km", "data-name"}
    assert len(re.findall(r"Entries that nobody stopped</th>", text)) == 2


def test_the_page_can_be_made_again_in_another_language(made: Experiment) -> None:
    folder = Path(str(made.folder))
    before = (folder / "manifest.json").read_bytes()
    assert write_page(RunFolder.open(folder), *read_run(folder), LITHUANIAN) == "report.lt.html"
    text = (folder / "report.lt.html").read_text(encoding="utf-8")
    assert '<html lang="lt">' in text
    assert "dar neskaitė gimtakalbis" in text
    assert (folder / "manifest.json").read_bytes() == before


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


def test_a_course_is_that_of_its_points_to_the_tenth_of_a_pixel() -> None:
    points = [(46.0, 100.04), (47.31, 99.5), (48.0, 99.5), (350.2, 0.0)]
    steps = [float(each) for each in re.findall(r"-?\d*\.?\d+", course(points))]
    places = np.cumsum(np.array(steps).reshape(-1, 2), axis=0)
    assert places == pytest.approx(np.array(points), abs=0.0501)


def test_the_land_is_simplified_within_its_tolerance_and_small() -> None:
    line = np.array([[0.0, 0.0], [1.0, 0.1], [2.0, 0.0], [3.0, 5.0]])
    assert simplified(line, 0.2).tolist() == [[0.0, 0.0], [2.0, 0.0], [3.0, 5.0]]
    assert 3_000 < sum(map(len, load_land().courses)) < 20_000
