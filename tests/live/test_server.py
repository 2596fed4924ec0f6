"""The server of the live page, over a real socket: what it refuses and sends, and what it leaves running."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from serving import PATIENCE_S, Served, served_by, until

from bordersim.analyses.live import runs, server
from bordersim.analyses.live.guard import HEADERS
from bordersim.analyses.live.report import report_of
from bordersim.analyses.live.runs import THREADS, Live, counted
from bordersim.analyses.live.session import Session
from bordersim.analyses.live.state import State
from bordersim.report.app.counts import Counts
from bordersim.report.catalogue import LITHUANIAN

WORKERS = 2
HOSTILE = '</title><script>alert(1)</script> "quoted" &'
POLICY = "/run?policy=guards.LT.officers,2021-05-{:02},2021-06-30,1500&histories=50"


@pytest.fixture(scope="module")
def served(session: Session) -> Iterator[Served]:
    """Serve the session of all tests."""
    yield from served_by(session)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "[::1]:{port}"]
)
def test_a_foreign_host_is_refused(served: Served, host: str) -> None:
    status, _, text = served.asked("/", host=host.format(port=served.port))
    assert (status, text.count("\n")) == (400, 1)
    assert "own name" in text


def test_its_own_names_are_answered(served: Served) -> None:
    assert served.asked("/", host=f"localhost:{served.port}")[0] == 200
    assert served.asked("/")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/run"])
def test_other_methods_are_refused(served: Served, method: str, path: str) -> None:
    status, headers, _ = served.asked(path, method)
    assert (status, headers["Allow"]) == (405, "GET")


def test_another_page_may_link_here_but_not_run_anything(served: Served) -> None:
    for site in ("cross-site", "same-site"):
        assert served.asked("/", Sec_Fetch_Site=site)[0] == 200
        assert served.asked("/run?histories=10", Sec_Fetch_Site=site)[0] == 403
    assert served.asked("/row?group=policy&key=policy.LT", Sec_Fetch_Site="same-origin")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/run?policy=nothing,2021-05-01,2021-06-30,1",
        "/run?assume=choice.rest_days,99",
        "/?policy=guards.LT.officers,2021-05-01,2021-06-30,-1",
        "/scenario.yaml?policies=1",
        "/report.html?histories=0",
        "/row?group=policy&key=choice.rest_days",
        "/row?group=other&key=policy.LT",
        "/run?policy=" + quote("policy.LT,2021-05-01,2021-06-30,<script>"),
    ],
)
def test_unknown_levers_and_values_out_of_range_are_refused(served: Served, path: str) -> None:
    status, headers, text = served.asked(path)
    assert (status, text.count("\n")) == (400, 1)
    assert headers["Content-Type"].startswith("text/plain")


def test_there_is_nothing_else(served: Served) -> None:
    for path in ("/static", "/run/", "/../etc/passwd"):
        assert served.asked(path)[0] == 404
    assert served.asked("/favicon.ico")[::2] == (204, "")


class Page(HTMLParser):
    """Takes down elements, what they point to, and what scripts and styles say."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inner: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Take down what a script or a style says."""
        last = self.found[-1][0] if self.found else ""
        if last in self.inner and data.strip():
            self.inner[last].append(data)


def test_the_page_may_load_nothing_but_itself(served: Served) -> None:
    _, headers, text = served.asked("/?assume=choice.rest_days,3")
    page = Page(text)
    assert {name: headers[name] for name in HEADERS} == HEADERS
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    for what, rule in (("script", "script-src"), ("style", "style-src")):
        (inner,) = page.inner[what]
        assert rules[rule] == f"'sha256-{base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()}'"
    pointed = [
        value for _, each in page.found for key, value in each.items() if key in ("src", "href", "action")
    ]
    assert all(str(value).startswith("/") and not str(value).startswith("//") for value in pointed)
    assert not [each for _, each in page.found if any(key.startswith("on") or key == "style" for key in each)]
    assert not re.search(r"https?:", text)


def test_every_control_has_a_name_and_both_groups_stand_apart(served: Served) -> None:
    _, _, text = served.asked(
        "/?policy=guards.LT.officers,2021-05-03,2021-06-01,1000&assume=choice.rest_days,3"
    )
    found = Page(text).found
    sliders = [each for tag, each in found if tag == "input" and each.get("type") == "range"]
    assert [each["aria-label"] for each in sliders] == ["Lithuania: officers, slider", "rest days, slider"]
    groups = [each["data-group"] for tag, each in found if tag == "fieldset"]
    assert groups == ["policy", "assume"]
    assert "conditioned" not in text
    assert "not by itself a better outcome" in text


def test_the_page_and_its_levers_are_in_lithuanian_where_that_is_asked_for(session: Session) -> None:
    """What is left in English is what authors wrote, and says so."""
    lt = replace(session, opened=session.opened._replace(lang="lt"))
    state = "policy=guards.LT.officers,2021-05-03,2021-06-01,1000&assume=cross.approach_h,0.7"
    text = lt.page(lt.state(parse_qsl(state))) + lt.row([("group", "policy"), ("key", "policy.LT")])
    assert '<html lang="lt">' in text
    assert LITHUANIAN.say("page.unread") in text
    assert "Nekeičiant: 0,5 h." in text
    assert "nuo 0,1 iki 2 h" in text
    authors = r'<(script|style|select)[ >].*?</\1>|<span lang="en">.*?</span>'
    own = re.sub(authors, "", text, flags=re.DOTALL)
    english = r"\b(?:of|from|the|Remove|Add|Run|people|officers|value|range|turn back|histories)\b"
    assert not re.search(english, re.sub("<[^>]*>", " ", own.replace(session.reference.title, "")))
    question = lt.live.question(State(most=10))
    assert (
        "Iš 2 istorijų, iš viso jų bus 10; ribos dar juda."
        in lt.parts(question, [question.pair(n) for n in (0, 1)])["told"]
    )


def test_a_hostile_title_stays_text(session: Session) -> None:
    title = replace(session, reference=replace(session.reference, title=HOSTILE))
    text = title.page(session.state([]))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_ranges_arrive_in_sets_with_protection_beside_entry(served: Served) -> None:
    _, headers, text = served.asked(POLICY.format(20).replace("histories=50", "histories=30"))
    lines = [json.loads(line) for line in text.splitlines()]
    assert headers["Content-Type"].startswith("application/x-ndjson")
    assert [(line["count"], line["of"]) for line in lines] == [(10, 30), (30, 30)]
    for line in lines:
        parts = line["parts"]
        assert f"{line['count']} histories" in parts["told"]
        assert "eturns without screening" in parts["told"]
        assert "Entries that nobody stopped" in parts["told"]
        assert parts["ledgers"].index("Protection") < parts["ledgers"].index("Entry")
        assert "roughly match" in parts["told"]
        assert not re.search(r"\b(better|worse|best|worst|optimal|effective)\b", parts["told"], re.IGNORECASE)
    assert "the ranges still move" in lines[0]["parts"]["told"]
    assert "the ranges still move" not in lines[1]["parts"]["told"]


def test_what_is_shown_first_is_there_before_it_is_asked_for(session: Session) -> None:
    """Nothing is run for it: as at the start of the command, and the same as if it were."""
    few = replace(
        session, live=Live(session.reference, session.live.worlds.draws[:3], session.live.choices, 2)
    )
    few.warm_up()
    question = few.live.question(State(most=3))
    few.live.close()  # whatever would have to be run is refused now
    for served in served_by(few):
        (line,) = map(json.loads, served.asked("/run")[2].splitlines())
    assert (line["count"], line["of"]) == (3, 3)
    assert line["parts"] == session.parts(question, [question.pair(number) for number in range(3)])


def test_an_assumption_is_said_to_undo_the_conditioning(served: Served) -> None:
    _, _, text = served.asked("/run?assume=choice.rest_days,3&histories=10")
    told = json.loads(text)["parts"]["told"]
    assert "choice.rest_days: assumed by you, in A and in B; the histories are no longer conditioned" in told
    assert "No policy is set" in told


@dataclass
class Counted:
    """Counts histories that are run."""

    begun: int = 0

    def __call__(self, *given: Any) -> Counts:
        """Run a history."""
        self.begun += 1
        return counted(*given)


def test_twelve_changes_in_a_row_leave_nothing_running(
    served: Served, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is dropped as the page drops it: the connection is closed while histories are run."""
    monkeypatch.setattr(runs, "counted", count := Counted())
    until(lambda: served.tasks() == 1)
    before = threading.active_count()
    for day in range(1, 13):
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE_S)
        connection.request("GET", POLICY.format(day), headers={"Host": f"127.0.0.1:{served.port}"})
        assert connection.getresponse().status == 200
        connection.close()
    until(lambda: served.tasks() == 1)
    both_idle = threading.Barrier(WORKERS)  # they come to it only after all that was asked of them before
    for each in [session.live.pool.submit(both_idle.wait, PATIENCE_S) for _ in range(WORKERS)]:
        each.result()
    assert 0 < count.begun < 12 * 50
    assert threading.active_count() <= before + WORKERS
    assert sum(thread.name.startswith(THREADS) for thread in threading.enumerate()) == WORKERS
    assert served.asked("/run?histories=10")[0] == 200


def test_the_report_of_a_state_is_a_page_of_its_own(
    served: Served, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here in the same process; it is tried in one of its own where the command is tried."""
    monkeypatch.setattr(server, "report_apart", lambda _, pairs: report_of(session, pairs))
    _, headers, text = served.asked(POLICY.format(20).replace("run", "report.html").replace("=50", "=10"))
    assert headers["Content-Disposition"] == 'attachment; filename="report.html"'
    assert text.startswith("<!doctype html>")
    assert "Lithuania: officers 1500 people from 2021-05-20 to 2021-06-30" in text
    assert "your_policy.yaml" in text


def test_the_scenario_is_a_file_to_save(served: Served) -> None:
    _, headers, text = served.asked(POLICY.format(20).replace("run", "scenario.yaml"))
    assert headers["Content-Disposition"] == 'attachment; filename="your_policy.yaml"'
    assert "extends: history_2021" in text
