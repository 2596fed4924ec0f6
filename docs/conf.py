"""How Sphinx builds the site: ``make site``.

``docs/index.md`` lists the pages by kind; the navigation is made of that list. The page of commands is what
the parser says of itself.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.cli import get_docs_for_click

from bordersim import __version__
from bordersim.cli import app as command_line

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "bordersim"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_site"]
html_theme = "alabaster"
html_theme_options = {"description": "Border policies, compared", "page_width": "70rem"}
html_sidebars = {"**": ["about.html", "navigation.html", "searchbox.html"]}
html_copy_source = smartquotes = False
html_show_copyright = html_show_sphinx = False
default_role = "code"  # docstrings put names between single backticks
myst_heading_anchors = 4
suppress_warnings = ["myst.xref_ambiguous"]
autodoc_typehints = "description"
napoleon_google_docstring = False

KIND = re.compile(r"^## (?P<kind>.+)\n(?P<pages>(?:(?!## ).*\n?)*)", re.MULTILINE)
PAGE = re.compile(r"^- \[([^\]]+)\]\(([\w-]+)\.md\)", re.MULTILINE)
EXAMPLES = re.compile(r"^Examples:\n((?:  .*\n?)+)", re.MULTILINE)
FROM_ELSEWHERE = re.compile(r"<(?!a\b)[^>]+?(?:src|href|action|data)=[\"'](?:https?:)?//[^>]+>")
TREE = "\n```{{toctree}}\n:hidden:\n:caption: {kind}\n\n{pages}\n```\n"


def with_navigation(text: str) -> str:
    """Return the page of kinds with the navigation made of its lists."""
    return text + "".join(tree(each["kind"], PAGE.findall(each["pages"])) for each in KIND.finditer(text))


def tree(kind: str, pages: list[tuple[str, str]]) -> str:
    """Return the navigation of one kind."""
    return TREE.format(
        kind=kind.partition(":")[0], pages="\n".join(f"{name} <{page}>" for name, page in pages)
    )


def with_commands(text: str) -> str:
    """Return the page of commands with what the parser says of each."""
    command = typer.main.get_command(command_line)
    said = get_docs_for_click(obj=command, ctx=typer.Context(command), name=project).replace("\b", "")
    said = EXAMPLES.sub(r"**Examples**:\n\n```text\n\1\n```\n", said)
    return text + said.replace("# `", "## `", 1).replace("\n## `", "\n### `")


MADE = {"index": with_navigation, "commands": with_commands}


def loaded_from_a_network(page: str) -> list[str]:
    """Return what a page would load from elsewhere as it opens; links to follow are none of it."""
    return FROM_ELSEWHERE.findall(page)


def refuse_what_needs_a_network(app: Sphinx, failed: Exception | None) -> None:
    """The site must open without a network, and tell nobody that it was opened."""
    for path in Path(app.outdir).rglob("*.html"):
        if not failed and (found := loaded_from_a_network(path.read_text(encoding="utf-8"))):
            raise SystemExit(f"{path}: would load {found[0]} from a network")


def complete(_: Sphinx, page: str, source: list[str]) -> None:
    """Add to a page what is made of something else."""
    source[0] = MADE.get(page, str)(source[0])


def setup(app: Sphinx) -> None:
    """Have pages completed as they are read."""
    app.connect("source-read", complete)
    app.connect("build-finished", refuse_what_needs_a_network)
