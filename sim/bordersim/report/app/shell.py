"""The page around the answer: the form, the places of its parts, limits of use, and what it may load."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bordersim.limits import LIMITS_OF_USE
from bordersim.report.app import form
from bordersim.report.app.answer import PARTS
from bordersim.report.page.markup import said, shown, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bordersim.report.app.lever import Choices

KICKER = "A model with synthetic people, not a record of what happened"
QUESTION = "What if the policy had been another one?"
HOW = (
    "A is {title}. B is the same with your policies. Both are run in the same histories, which roughly agree"
    " with the published record; all differences are within each history."
)
NO_SCRIPT = "This page needs JavaScript to run histories. The command line and its report.html do not."
HELD = "Hold: change several, then run"


@cache
def _file(name: str) -> str:
    """Read a file beside this one, or of the report."""
    return files("bordersim.report").joinpath(name).read_text(encoding="utf-8")


def _style() -> str:
    """Return the style of the report with that of the form."""
    return _file("page/style.css") + _file("app/app.css")


def _hash(text: str) -> str:
    """Return a text as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def security_policy() -> str:
    """Return what the page may do: its own style and script, and asking its own server."""
    allowed = {
        "default-src": "'none'",
        "style-src": _hash(_style()),
        "script-src": _hash(_file("app/app.js")),
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def page(title: str, choices: Choices, rows: tuple[Sequence[str], Sequence[str]], sizes: str) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    title
        The title of the reference, A.
    choices
        The levers.
    rows
        The fieldsets of the policies and of the assumptions that are set.
    sizes
        The list of how many histories are run.
    """
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{shown(f'What if? {title}')}</title><style>{_style()}</style>"
    )
    body = tag("div", _levers(choices, rows, sizes), _answer(), class_="app")
    top = said("p", KICKER, class_="small"), said("h1", QUESTION), said("p", HOW.format(title=title))
    limits = tag("section", said("h2", "Limits of use"), said("p", LIMITS_OF_USE))
    script = f"<script>{_file('app/app.js')}</script>"
    whole = tag("main", *top, tag("noscript", said("p", NO_SCRIPT)), body, limits)
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{whole}{script}</body></html>\n'


def _levers(choices: Choices, rows: tuple[Sequence[str], Sequence[str]], sizes: str) -> str:
    """Return the form: both groups, how many histories, holding, what can be taken away."""
    hold = tag("label", '<input type="checkbox" id="hold">', said("span", HELD), class_="hold")
    run = said("button", "Run", type="button", id="run")
    take = tag(
        "p",
        said("button", "Copy the link", type="button", id="copy"),
        said("a", "as scenario YAML", id="yaml", href="/scenario.yaml", download=""),
        said("a", "as report", id="report", href="/report.html", download=""),
        class_="take",
    )
    small = "The link, which is also the address of this page, restores this state. The report takes a while."
    return tag(
        "form",
        form.group(form.POLICY, choices.policy, rows[0]),
        form.group(form.ASSUME, choices.assumption, rows[1]),
        tag("section", said("h2", "Run"), sizes, hold, run, take, said("p", small, class_="small")),
        id="levers",
        aria_label="Levers",
    )


def _answer() -> str:
    """Return the places of the answer, empty."""
    status = said("p", "Running the first histories …", id="status", role="status", class_="small")
    wrong = said("p", "", id="wrong", role="alert")
    parts = (tag("section", id=f"part-{name}") for name in PARTS)
    return tag("div", status, wrong, *parts, id="answer", aria_busy="true")
