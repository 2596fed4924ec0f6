"""No link leads nowhere, every page has its place by kind, and the site is made of what is there."""

from __future__ import annotations

import re
import runpy
from collections import Counter
from functools import cache
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).parents[2]
SITE = runpy.run_path(str(ROOT / "docs/conf.py"))
INDEX = (ROOT / "docs/index.md").read_text(encoding="utf-8")
WRITTEN = (
    *(ROOT.glob("*.md")),
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / folder for folder in ("results/README.md", "geo/data/SOURCES.md")),
    ROOT / "sim/bordersim/validation/published/README.md",
)
KINDS = ["Tutorial", "How to", "Explanation", "Reference"]
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(
    r"\]\((?!https?:|mailto:)([^)\s]+)\)|<(?:a|img)\b[^>]*?(?:href|src)=\"(?!https?:)([^\"]+)\""
)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PAGE_NAMED = re.compile(r"(?<![\w/])docs/[\w./-]+\.(?:md|py|csv|png)\b")
HOLDING_NAMES = ("sim", "docs", "tests", "benchmarks", "geo", "scenarios")
SUFFIXES = (".py", ".md", ".yaml", ".html", ".js")


@cache
def anchors(path: Path) -> set[str]:
    """Return what a link to a heading may name, as GitHub and the site make it."""
    headings = HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
    plain = (re.sub(r"[^\w\- ]", "", each.lower()) for each in headings)
    return {each.replace(" ", "-") for each in plain}


def leads_nowhere(link: str, page: Path) -> bool:
    """Return whether file or heading of a link are not there."""
    file, _, anchor = link.partition("#")
    target = (page.parent / file).resolve() if file else page
    return not target.exists() or bool(anchor and anchor not in anchors(target))


def dead_links(text: str, page: Path) -> list[str]:
    """Return the links of a page that lead nowhere."""
    links = (first or second for first, second in LINK.findall(FENCE.sub("", text)))
    return [link for link in links if leads_nowhere(link, page)]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead_links(page.read_text(encoding="utf-8"), page) == []


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    text = "[a](gone.md) [b](odd.md#gone) [c](#gone) ![d](img/gone.png) [e](odd.md) [f](https://example.org/gone)"
    assert dead_links(text, ROOT / "docs/limits.md") == ["gone.md", "odd.md#gone", "#gone", "img/gone.png"]
    assert dead_links("[a](#the-documentation-by-kind)", ROOT / "docs/index.md") == []


def test_every_page_that_code_and_pages_name_is_there() -> None:
    """Help, errors and docstrings send readers to pages by their paths."""
    files = [
        file for folder in HOLDING_NAMES for file in (ROOT / folder).rglob("*") if file.suffix in SUFFIXES
    ]
    named = {
        (name, file) for file in [*files, *WRITTEN] for name in PAGE_NAMED.findall(file.read_text("utf-8"))
    }
    assert len(named) > len(WRITTEN)
    assert [f"{file}: {name}" for name, file in sorted(named) if not (ROOT / name).is_file()] == []


def test_every_page_has_one_place_by_kind() -> None:
    listed = Counter(f"{name}.md" for _, name in SITE["PAGE"].findall(INDEX))
    assert listed == Counter(page.name for page in (ROOT / "docs").glob("*.md") if page.name != "index.md")


def test_the_navigation_is_the_list_of_pages() -> None:
    trees = SITE["with_navigation"](INDEX).removeprefix(INDEX)
    assert re.findall(r"^:caption: (.*)$", trees, re.MULTILINE) == KINDS
    assert re.findall(r"^(.+) <(.+)>$", trees, re.MULTILINE) == SITE["PAGE"].findall(INDEX)


def test_every_command_has_its_section_with_examples() -> None:
    from bordersim.cli.commands import COMMANDS
    from bordersim.cli.examples import EXAMPLES

    page = SITE["with_commands"]("# Commands\n")
    named = re.findall(r"^### `bordersim ([\w-]+)`$", page, re.MULTILINE)
    assert named == [*COMMANDS]
    assert page.count("**Examples**:\n\n```text\n") == len(EXAMPLES)


def test_every_name_on_the_page_of_python_can_be_imported() -> None:
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    named = re.findall(r"auto(?:function|class|module):: ([\w.]+)", page)
    found = [resolve_name(name) for name in named]
    assert len(found) > 10
    assert all(each.__doc__ for each in found)


def test_what_would_be_loaded_from_a_network_is_noticed() -> None:
    loaded = SITE["loaded_from_a_network"]
    assert loaded('<script src="https://example.org/a.js"></script>')
    assert loaded('<link rel="stylesheet" href="//example.org/a.css" />')
    assert not loaded('<a href="https://example.org">out</a> <img src="_images/a.png" />')
