"""The page around the answer: the form, the places of its parts, limits of use, and what it may load."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bordersim.report.app import form
from bordersim.report.app.answer import PARTS
from bordersim.report.page.frame import VIEW, unread
from bordersim.report.page.markup import said, shown, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bordersim.report.app.lever import Choices
    from bordersim.report.catalogue import Language

BY_SCRIPT = ("running", "held", "no_answer", "copied", "copy_failed")  # words that the script puts in place


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


def page(
    title: str,
    choices: Choices,
    rows: tuple[Sequence[str], Sequence[str]],
    sizes: str,
    language: Language,
) -> str:
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
    language
        In which words.
    """
    named = shown(language.say("app.title", title=title))
    head = f"{VIEW}<title>{named}</title><style>{_style()}</style>"
    body = tag("div", _levers(choices, rows, sizes, language), _answer(language), class_="app")
    heading = said("h2", language.say("page.limits"))
    limits = tag("section", heading, said("p", language.say("limits_of_use")))
    script = f"{_words(language)}<script>{_file('app/app.js')}</script>"
    without = tag("noscript", said("p", language.say("app.no_script")))
    whole = tag("main", *_top(title, language), without, body, limits)
    html = f'<html lang="{language.code}"><head>{head}</head><body>{whole}{script}</body></html>'
    return f"<!doctype html>\n{html}\n"


def _top(title: str, language: Language) -> tuple[str, ...]:
    """Return what stands above the form."""
    return (
        said("p", language.say("page.kicker"), class_="small"),
        said("h1", language.say("app.question")),
        unread(language),
        said("p", language.say("app.how", title=title)),
    )


def _words(language: Language) -> str:
    """Return the words that the script puts in place."""
    return said(
        "template", "", id="words", **{f"data_{each}": language.say(f"app.{each}") for each in BY_SCRIPT}
    )


def _levers(
    choices: Choices, rows: tuple[Sequence[str], Sequence[str]], sizes: str, language: Language
) -> str:
    """Return the form: both groups, how many histories, holding, what can be taken away."""
    hold = tag(
        "label", '<input type="checkbox" id="hold">', said("span", language.say("app.hold")), class_="hold"
    )
    run = said("button", language.say("app.run"), type="button", id="run")
    take = tag(
        "p",
        said("button", language.say("app.copy"), type="button", id="copy"),
        said("a", language.say("app.yaml"), id="yaml", href="/scenario.yaml", download=""),
        said("a", language.say("app.report"), id="report", href="/report.html", download=""),
        class_="take",
    )
    small = said("p", language.say("app.take_away"), class_="small")
    return tag(
        "form",
        form.group(form.POLICY, choices.policy, rows[0], language),
        form.group(form.ASSUME, choices.assumption, rows[1], language),
        tag("section", said("h2", language.say("app.run")), sizes, hold, run, take, small),
        id="levers",
        aria_label=language.say("app.levers"),
    )


def _answer(language: Language) -> str:
    """Return the places of the answer, empty."""
    status = said("p", language.say("app.running"), id="status", role="status", class_="small")
    wrong = said("p", "", id="wrong", role="alert")
    parts = (tag("section", id=f"part-{name}") for name in PARTS)
    return tag("div", status, wrong, *parts, id="answer", aria_busy="true")
