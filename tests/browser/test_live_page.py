"""The live page and a story in a browser, in both languages: by mouse and keyboard, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from serving import served_by

from bordersim.analyses.live.session import Session, session_of
from bordersim.analyses.lives.again import again_of
from bordersim.analyses.lives.asked import Whom
from bordersim.inputs.loading import load
from bordersim.report.catalogue import LANGUAGES, Language

AXE = Path(__file__).parent / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SMALLEST = 24  # px, of what is pressed
EACH = [(1280, "en"), (390, "lt")]
SET = "?policy=policy.LT,2021-05-20,2021-06-30,turn_back&assume=cross.approach_h,1&histories=10"


@pytest.fixture(scope="module")
def session(browser: object) -> Iterator[Session]:
    """Open a session over two months."""
    session = session_of("history_2021", {"period.end": "2021-06-30"}, workers=2)
    yield session
    session.live.close()


@pytest.fixture(params=EACH)
def served(session: Session, request: Any) -> Iterator[tuple[str, int, Language]]:
    """Serve the page; return its address, and how wide and in which language it is looked at."""
    width, lang = request.param
    for each in served_by(replace(session, opened=session.opened._replace(lang=lang))):
        yield f"http://127.0.0.1:{each.port}/", width, LANGUAGES[lang]


Shown = Callable[..., tuple[Any, list[str]]]


@pytest.fixture
def shown(browser: Any) -> Iterator[Shown]:
    """Return what opens an address so wide, with what the page complained of."""
    contexts = []

    def opened(address: str, width: int) -> tuple[Any, list[str]]:
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        contexts.append(context)
        page, complaints = context.new_page(), list[str]()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(address)
        return page, complaints

    yield opened
    for context in contexts:
        context.close()


def faults(page: Any) -> list[object]:
    """Return what axe finds, and what sticks out at the side."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {{ runOnly: {LEVELS} }})")
    told = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*told, *([f"{wide} px too wide"] if wide > 0 else [])]


def test_a_lever_is_added_moved_held_and_removed(
    served: tuple[str, int, Language], shown: Shown, expect: Any
) -> None:
    """By keyboard where it is narrow, by mouse where it is wide."""
    where, width, language = served
    page, complaints = shown(where + SET, width)
    done = language.say("app.done", histories=language.counted("histories", 10), seconds="").split(",")[0]
    expect(page.locator("#status")).to_contain_text(done, timeout=20_000)
    assert not faults(page)
    beyond = "all => all.map(e => e.scrollWidth - e.clientWidth)"
    tables = page.locator("#part-ledgers .wide").evaluate_all(beyond)
    assert max(tables) <= 0
    page.locator("#hold").press("Space")
    page.locator("#add-policy").select_option("guards.LT.officers")
    add = page.locator("[data-add=policy]")
    add.press("Enter") if width < 800 else add.click()
    expect(page.locator("#status")).to_have_text(language.say("app.held"))
    row = page.locator("fieldset[data-key='guards.LT.officers']")
    before = row.locator("[name=value]").input_value()
    row.locator("[name=slider]").press("ArrowRight")
    assert row.locator("[name=value]").input_value() != before
    remove = row.locator("[data-remove]")
    remove.press("Enter") if width < 800 else remove.click()
    expect(row).to_have_count(0)
    small = page.locator("button:visible, summary:visible, .ledger label:visible")
    assert min(each.bounding_box()["height"] for each in small.all()) >= SMALLEST
    assert not complaints


@pytest.mark.parametrize(("width", "lang"), EACH)
def test_axe_finds_nothing_in_a_story(shown: Shown, tmp_path: Path, width: int, lang: str) -> None:
    days = {"period.end": "2021-08-10"}
    again = again_of([load(name, days) for name in ("no_turn_back_2021", "history_2021")], days)
    place = Whom("each-ending", among=1).told_by(again).in_language(lang).save(tmp_path / "story.html")
    page, complaints = shown(place.as_uri(), width)
    assert not faults(page)
    assert not complaints
    assert page.locator(".lanes").count() > 1
