"""The page in a browser: every control by mouse and keyboard, values, maps, no script, paper, access."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bordersim.results.experiment import Experiment
from bordersim.validation.recorded import of_results

AXE = Path(__file__).parent / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = [1280, 390]
FIGURES = 8
SMALLEST = 24  # px, of what is pressed


def shown_figures(page: Any) -> list[str]:
    """Return which figures are shown day by day."""
    return [each.get_attribute("id") for each in page.locator(".tab").all() if each.is_visible()]


@pytest.mark.parametrize("width", WIDTHS)
def test_figures_are_chosen_and_rows_open_by_mouse_and_keyboard(opened: Any, width: int) -> None:
    made = opened(width)
    page = made.page
    for number in range(FIGURES):
        page.locator(f"label[for=pick{number}]").click()
        assert shown_figures(page) == [f"days{number}"]
    page.locator("#pick0").focus()
    page.keyboard.press("ArrowDown")
    assert shown_figures(page) == ["days1"]
    body = page.locator(".ledger tbody", has=page.locator("input")).first
    assert not body.locator(".part").first.is_visible()
    body.locator("label").click()
    assert all(row.is_visible() for row in body.locator(".part").all())
    body.locator("input").press("Space")
    assert not body.locator(".part").first.is_visible()
    summary = page.locator("#days1 summary")
    summary.press("Enter")
    assert page.locator("#days1 table").first.is_visible()
    small = page.locator("button:visible, summary:visible, .pick label, .ledger label")
    assert min(each.bounding_box()["height"] for each in small.all()) >= SMALLEST
    made.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_value_is_read_from_a_curve(opened: Any, compared: Experiment, width: int) -> None:
    """What is told of a day is what the histories have, to the tenth of a pixel and two figures."""
    made = opened(width)
    page = made.page
    page.locator("label[for=pick5]").click()
    panel, tip = page.locator("#days5 svg").first, page.locator(".tip")
    panel.hover() if width > 800 else panel.tap()
    assert re.search(r"Lithuania: Attempts, per day, .* 2021\. A: .*; B: ", tip.inner_text())
    panel.press("End")
    panel.press("PageUp")
    panel.press("ArrowLeft")
    assert "Lithuania: Attempts, per day, 23 August 2021. A: " in tip.inner_text()
    for letter, result in zip("AB", compared.results, strict=True):
        daily = of_results([result]).daily("attempts", "LT")
        wanted = float(np.median(daily[:, -12:-5].mean(axis=1)))
        found = re.search(rf"{letter}: ([\d,.]+) \(([\d,.]+) to ([\d,.]+)\)", tip.inner_text())
        assert found, tip.inner_text()
        median, low, high = (float(each.replace(",", "")) for each in found.groups())
        assert low <= median <= high
        assert median == pytest.approx(wanted, rel=0.06, abs=0.5)
    made.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_maps_move_by_slider_keys_and_button(opened: Any, expect: Any, width: int) -> None:
    made = opened(width)
    page = made.page
    stretch = page.locator("use[data-weeks]").first
    weeks = [float(each) for each in stretch.get_attribute("data-weeks").split()]
    shown, slider, play = page.locator("#shown"), page.locator("#week"), page.locator("#play")
    assert shown.inner_text() == "whole period"
    slider.press("End")
    assert shown.inner_text() == "30 August 2021 to 31 August 2021"
    title = stretch.locator("title").text_content()
    assert float(re.search(r": ([\d.,]+) ", title)[1].replace(",", "")) == pytest.approx(weeks[-1], rel=0.06)
    slider.click()
    middle = shown.inner_text()
    assert "2021" in middle
    assert middle != "30 August 2021 to 31 August 2021"
    slider.press("Home")
    play.click()
    expect(slider).to_have_value(re.compile("[2-9]"))
    assert play.inner_text() == "Pause"
    play.press("Enter")
    assert play.inner_text() == "Play"
    page.emulate_media(reduced_motion="reduce")
    slider.press("Home")
    play.click()
    assert (slider.input_value(), play.inner_text()) == ("1", "Play")
    made.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_one_history_is_stepped_to_and_the_quotation_copied(opened: Any, expect: Any, width: int) -> None:
    made = opened(width)
    page = made.page
    page.locator("#one").click()
    page.locator("#one").press("Enter")
    told = page.locator("figure .one").first.inner_text()
    values = page.locator(".single").first.get_attribute("data-values").split()
    assert told.startswith("History 2 of 12: ")
    assert float(re.sub(r"[+,]", "", told.split()[-1])) == pytest.approx(float(values[1]), rel=0.06)
    page.locator("#copy").click()
    expect(page.locator("#copied")).to_have_text("Copied, with range and source.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#quote").text_content()
    assert re.search(r"90 % range.*are assumed.*bordersim \d.*Digest [0-9a-f]{12}\.", copied)
    made.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_what_the_text_explains_is_shown(opened: Any, width: int) -> None:
    """Both columns of medians at any width; the text on the small picture where the picture is."""
    page = opened(width).page
    cells = page.locator(".ledger").first.locator("tbody tr").first.locator("td")
    assert all(cells.nth(number).is_visible() for number in range(3))
    assert page.locator(".pictured").first.is_visible() == cells.nth(3).is_visible() == (width > 760)
    wide = page.locator("#ledgers .wide").evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)")
    assert max(wide) <= 0


@pytest.mark.parametrize(("width", "name"), [(1280, "report.html"), (390, "report.lt.html")])
def test_axe_finds_nothing(opened: Any, width: int, name: str) -> None:
    made = opened(width, name)
    made.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = made.page.evaluate(f"axe.run(document, {{ runOnly: {LEVELS} }})")
    told = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found["violations"]]
    assert not told
    assert len(found["passes"]) > 20
    made.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_without_script_all_of_it_is_there(opened: Any, width: int) -> None:
    made = opened(width, script=False)
    page = made.page
    assert not any(each.is_visible() for each in page.locator("button, #week, .tip").all())
    page.locator("label[for=pick3]").click()
    assert shown_figures(page) == ["days3"]
    page.locator(".ledger label").first.click()
    assert page.locator(".ledger .part").first.is_visible()
    assert page.locator(".months svg").count() == 2 * 4
    assert page.locator(".months svg").last.is_visible()
    made.check()


def test_on_paper_every_figure_and_month_is_printed(opened: Any) -> None:
    made = opened()
    page = made.page
    page.emulate_media(media="print")
    assert shown_figures(page) == [f"days{number}" for number in range(FIGURES)]
    assert page.locator(".months svg").last.is_visible()
    assert all(row.is_visible() for row in page.locator(".ledger .part").all())
    assert not any(each.is_visible() for each in page.locator("button, #week, .pick, nav").all())
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 4 <= pages <= 16


def test_a_hostile_title_stays_text(opened: Any) -> None:
    made = opened()
    assert "<script>alert(1)</script>" in made.page.locator("h1").inner_text()
    assert "<script>alert(1)</script>" in made.page.title()
    assert made.page.locator("script").count() == 1
    made.check()
