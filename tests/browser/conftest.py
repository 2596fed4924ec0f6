"""A browser and pages to open in it: Debian's Chromium or another one on the path, driven by Playwright.

Where either is missing these tests are skipped; `make verify` sets BORDERSIM_BROWSER, and then they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bordersim import load_scenario
from bordersim.api import run_experiment
from bordersim.experiments.settings import Settings
from bordersim.model.engine import Keys
from bordersim.report.catalogue import LITHUANIAN
from bordersim.report.files import write_page
from bordersim.results.draws import LUCK
from bordersim.results.experiment import Experiment
from bordersim.results.store.folder import RunFolder

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOSTILE = '</title><script>alert(1)</script> "quoted" & \u202eturned'
SUMMER = {"period.end": "2021-08-31"}


def missing(what: str) -> None:
    """Skip with a clear word, or fail where a browser is required."""
    if os.environ.get("BORDERSIM_BROWSER"):
        pytest.fail(f"{what} is missing, and pages must be tried in a browser here")
    pytest.skip(f"{what} is missing: pages are not tried in a browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start the browser once."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        missing("Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def expect(browser: object) -> Any:
    """Return what waits until something holds."""
    from playwright.sync_api import expect

    return expect


@pytest.fixture(scope="session")
def compared(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """Compare two scenarios over a summer in a dozen histories; the title of one is hostile."""
    scenarios = [load_scenario([name], SUMMER) for name in ("no_turn_back_2021", "history_2021")]
    scenarios[0] = replace(scenarios[0], title=HOSTILE)
    draws = [{LUCK: str(Keys.of_replicate(1, n)), "choice.rest_days": 1.0 + n} for n in range(12)]
    out = tmp_path_factory.mktemp("browser")
    settings = Settings(out=out, workers=1, pictures=(), command="compare <b>", happened="history_2021")
    experiment = run_experiment(scenarios, settings, {}, draws)
    write_page(RunFolder.open(str(experiment.folder)), experiment, settings, LITHUANIAN)
    return experiment


@dataclass
class Opened:
    """A page in the browser, and what it did that it should not."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Nothing was asked for but the page itself, nothing complained, nothing sticks out at the side."""
        assert len(self.requests) == 1, self.requests
        assert not self.complaints
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0


Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Any, compared: Experiment) -> Iterator[Open]:
    """Return what opens a page: in a language, so wide, with or without script."""
    contexts = []

    def open_page(width: int = 1280, name: str = "report.html", script: bool = True) -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            has_touch=width < 800,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        made = Opened(context.new_page())
        made.page.on("request", lambda request: made.requests.append(request.url))
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.page.on("dialog", lambda dialog: made.complaints.append(dialog.message))
        made.page.on("console", lambda said: made.complaints.append(said.text))
        made.page.goto((Path(str(compared.folder)) / name).as_uri())
        return made

    yield open_page
    for context in contexts:
        context.close()
