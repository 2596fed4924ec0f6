"""What stands around the sections: head, policy, style, the one script, the list of sections."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files

from bordersim.report.catalogue import Language
from bordersim.report.page.markup import said, shown, tag

VIEW = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'


def framed(title: str, parts: Iterable[tuple[str, str]], language: Language) -> str:
    """Return sections as one page that asks nobody for anything and runs no script but its own.

    Parameters
    ----------
    title
        The question of the page.
    parts
        The name of each section and its markup; the first holds the answer.
    language
        In which words.
    """
    made = list(parts)
    style, script = text_of("style.css"), text_of("page.js")
    top = (
        tag("a", shown(language.say("page.skip")), href="#answer", class_="skip"),
        tag(
            "header",
            said("p", language.say("page.kicker"), class_="small"),
            said("h1", title),
            unread(language),
        ),
    )
    body = tag("main", made[0][1], _contents(made[1:], language), *(markup for _, markup in made[1:]))
    days = said("template", "", id="words", data_locale=language.say("date.locale"), **_words(language))
    policy = _policy(style, script)
    head = f"{VIEW}{policy}<title>{shown(title)}</title><style>{style}</style>"
    page = f"{''.join(top)}{body}{days}<script>{script}</script>"
    return f'<!doctype html>\n<html lang="{language.code}"><head>{head}</head><body>{page}</body></html>\n'


def part(name: str, *inner: str, language: Language) -> tuple[str, str]:
    """Return a section with its heading, and its name."""
    heading = said("h2", language.say(f"page.{name}"), id=f"h-{name}")
    return name, tag("section", heading, *inner, id=name, aria_labelledby=f"h-{name}")


def text_of(name: str) -> str:
    """Return a file that is put into the page."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return the policy that allows this style and this script, and nothing from anywhere."""
    allowed = f"style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'"
    content = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{shown(content)}">'


def _hash(text: str) -> str:
    """Return the hash of a text as policies write it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _contents(parts: Iterable[tuple[str, str]], language: Language) -> str:
    """Return the list of the sections."""
    links = (tag("a", shown(language.say(f"page.{name}")), href=f"#{name}") for name, _ in parts)
    return tag("nav", *links, aria_label=language.say("page.contents"))


def unread(language: Language) -> str:
    """Return the warning that no native speaker has read the words, where there is one."""
    told = language.say("page.unread")
    return said("p", told, class_="small") if told else ""


def _words(language: Language) -> dict[str, str]:
    """Return the words that the script fills in."""
    names = {"value": "days.value", "published": "days.published", "stretch": "where.stretch"}
    return {f"data_{name}": str(language.words[key]) for name, key in names.items()}
