"""The documentation says what the code does: tables are fresh, and whatever a page names exists."""

from __future__ import annotations

import ast
import re
import runpy
from functools import cache
from pathlib import Path

import pytest

from bordersim.inputs import list_scenarios, load_scenario
from bordersim.inputs.schema import Config
from bordersim.results.ledgers import EXTRA
from bordersim.results.store.folder import TABLES_OF_A_RUN
from bordersim.words.codes import COUNTRIES, OUTCOMES, REGIMES, STATES
from bordersim.words.metrics import BUILT, DERIVED, PEOPLE_METRICS
from bordersim.words.valued import DAILY

ROOT = Path(__file__).parents[2]
PAGES = (
    *("odd.md", "limits.md", "metrics.md", "parameters.md", "validation.md", "what-may-change.md"),
    "testing-your-scenario.md",
)
FILE = re.compile(r"(?P<path>[\w./-]+\.(?:py|yaml|md|csv))(?::(?P<function>\w+))?")
RUN_FILES = {
    "metrics.csv",
    "comparison.csv",
    "scorecard.csv",
    *(f"{name}.parquet" for name in TABLES_OF_A_RUN),
}
PHRASES = {"uniform(replicate, entity, decision, attempt)", "pytest scenarios/"}
PHRASES |= {"--bordersim", "bordersim = true"}  # of pytest
PHRASES |= {"major.minor.patch", "bordersim --version", "bordersim.__version__", "bordersim.testing"}
PHRASES |= {"bordersim", "scenarios/", "manifest.json", "CHANGELOG.md", "tests/reference/digests.json"}
COMMAND = re.compile(r"bordersim (?P<command>\w+)\b.*|python -m docs\.(?P<module>\w+)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def text_of(page: str) -> str:
    """A page without its generated tables."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.sub(r"<!-- (\w+): written by.*?<!-- end of \1 -->", "", text, flags=re.DOTALL)


def named_in(page: str) -> list[str]:
    """Whatever stands between backticks, but for whole blocks of code."""
    return re.findall(r"`([^`]+)`", FENCE.sub("", text_of(page)))


@cache
def defined_in(path: Path) -> set[str]:
    """Names of the functions and classes of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.name for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef))}


@cache
def known_words() -> set[str]:
    """Words of the model: metrics, states, outcomes, regimes, scenarios, keys and their beginnings."""
    words = {m.name for m in (*DAILY, *DERIVED, *PEOPLE_METRICS, *EXTRA, *BUILT)}
    words |= {*STATES, *OUTCOMES, *REGIMES, *Config.model_fields, *(name for name, _ in list_scenarios())}
    words |= {"set", *defined_in(ROOT / "sim/bordersim/testing.py")}
    for key in load_scenario(["history_2021"]).parameters:
        parts = [part for part in key.split(".") if part not in COUNTRIES]
        words |= {".".join(parts[: i + 1]) for i in range(len(parts))}
    return words


def is_command(command: str | None, module: str | None) -> bool:
    """Return whether a command that a page names is there."""
    from bordersim.cli.commands import COMMANDS

    return command in COMMANDS if command else (ROOT / f"docs/{module}.py").is_file()


def exists(name: str) -> bool:
    """Return whether what a page names is there."""
    if name in PHRASES | RUN_FILES or name in known_words():
        return True
    if name.startswith("make "):
        return f"\n{name.removeprefix('make ')}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
    if command := COMMAND.fullmatch(name):
        return is_command(command["command"], command["module"])
    file = FILE.fullmatch(name)
    if not file or not (ROOT / file["path"]).is_file():
        return False
    return file["function"] is None or file["function"] in defined_in(ROOT / file["path"])


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_generated_tables_are_fresh() -> None:
    fresh = runpy.run_path(str(ROOT / "docs/make_tables.py"))["pages"]()
    stale = [path.name for path, page in fresh.items() if path.read_text(encoding="utf-8") != page]
    assert not stale, f"{stale} are stale, run: make docs"


@pytest.mark.parametrize("page", PAGES)
def test_whatever_a_page_names_exists(page: str) -> None:
    named = named_in(page)
    assert named
    assert not [name for name in named if not exists(name)]


def test_a_name_that_is_gone_is_noticed() -> None:
    gone = (
        "sim/bordersim/model/rules/guards.py:no_such_function",
        "sim/bordersim/no_such_file.py",
        "choice.no_such_key",
        "no_such_metric",
        "bordersim no_such_command",
        "python -m docs.no_such_module",
    )
    assert not any(exists(name) for name in gone)


@pytest.mark.parametrize("number", range(1, 17))
def test_each_rule_says_what_is_modelled_and_where(number: int) -> None:
    rule = re.search(rf"^\*\*{number} \w.*?(?=\n\n)", text_of("odd.md"), flags=re.MULTILINE | re.DOTALL)
    assert rule
    assert re.match(r"\*\*\d+ [\w ]+\*\* \((full|part|dated)\b", rule[0])
    assert re.search(r"`sim/bordersim/[\w/]+\.py:\w+`", rule[0])


def test_every_picture_of_a_page_is_made_by_a_program() -> None:
    """Two pictures showed names of metrics that had been given up: nothing remade them."""
    made = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("make_*.py"))
    assert [path.name for path in (ROOT / "docs/img").iterdir() if path.name not in made] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text_of(page))
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]


def test_results_page_names_every_file_of_a_run() -> None:
    page = (ROOT / "results/README.md").read_text(encoding="utf-8")
    tables = [f"{name}.parquet" for name in TABLES_OF_A_RUN]
    written = (
        *("columns.csv", "metrics.csv", "comparison.csv", "summary.md", "manifest.json", "log.txt"),
        *("scenario.resolved.yaml", "scenario.<name>.resolved.yaml", "overrides.yaml", "blocks/"),
        *("plots/", "maps/"),
    )
    assert not [name for name in (*tables, *written) if f"`{name}`" not in page]
