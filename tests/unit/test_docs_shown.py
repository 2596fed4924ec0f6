"""Every command a page shows can be typed as it stands; what ends at once is run, what simulates runs dry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_docs_commands import MADE, parsed
from typer.testing import CliRunner

from bordersim.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "results/README.md")]
PAGES += sorted((ROOT / "docs").glob("*.md"))
RUN_BY_OTHERS = {*MADE["PAGES"], "write-a-scenario.md"}  # their tests also hold what they print
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<lines>.*?)^```$", re.DOTALL | re.MULTILINE)
SHELL = ("", "sh", "console", "text")
TYPED = re.compile(r"^(?:\$ )?(bordersim [a-z].*)$", re.MULTILINE)
NAMED = re.compile(r"`(bordersim [a-z]+ [^`]+)`")
COMMENT = re.compile(r"\s+(?:#|\||&$).*$")
STANDS_FOR = re.compile(r"\b(?:DIR|NAME|FILE|FOLDER|KEY|EXERCISE|my_\w+|mine)\b|\.\.\.|<run>")
AT_ONCE = ("scenarios", "metrics", "schema", "explain", "show", "runs")
DRY = ("run", "compare", "sweep", "assimilate", "forecast")


def commands_of(page: str) -> list[str]:
    """Return the commands of a page, each in one line without its comment."""
    text = page.replace("\\\n", " ")
    sessions = [each["lines"] for each in FENCE.finditer(text) if each["language"] in SHELL]
    found = [*TYPED.findall("\n".join(sessions)), *NAMED.findall(FENCE.sub("", text))]
    return list(dict.fromkeys(" ".join(COMMENT.sub("", each).split()) for each in found))


SHOWN = [(page.name, command) for page in PAGES for command in commands_of(page.read_text(encoding="utf-8"))]
WHOLE = [command for page, command in SHOWN if page not in RUN_BY_OTHERS and not STANDS_FOR.search(command)]


def shown_of(commands: tuple[str, ...]) -> list[str]:
    """Return what pages show of some commands, each once."""
    return list(dict.fromkeys(each for each in WHOLE if each.split()[1] in commands))


def printed(command: str) -> str:
    """Run a command, which must end well, and return what it prints."""
    done = CliRunner().invoke(app, command.split()[1:])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(("page", "command"), SHOWN)
def test_every_command_shown_can_be_typed(page: str, command: str) -> None:
    assert page
    assert parsed(command.replace(" latest", " DIR"))  # no run is there yet


@pytest.mark.parametrize("command", shown_of(AT_ONCE))
def test_what_looks_up_is_run(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert printed(command).strip()


@pytest.mark.parametrize("command", shown_of(DRY))
def test_what_simulates_runs_dry(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert printed(f"{command} --dry-run").strip()
    assert not list(tmp_path.iterdir())


def test_pages_show_many_commands_and_wrong_ones_are_noticed() -> None:
    assert len(SHOWN) > 70
    assert min(len(shown_of(AT_ONCE)), len(shown_of(DRY))) > 4
    text = "```sh\nbordersim run history_2021 \\\n  --replicats 3  # three\n```\n`bordersim rum x`\n"
    slip, gone = commands_of(text)
    with pytest.raises(Exception, match="No such option"):
        parsed(slip)
    with pytest.raises(KeyError, match="rum"):
        parsed(gone)
