"""Windows, brief answers and looking things up, as they are typed; every example that help shows."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from fake_model import install
from typer.testing import CliRunner

from bordersim.cli import app, screen
from bordersim.cli.commands import COMMANDS, built
from bordersim.cli.completing import keys, scenarios, sets
from bordersim.cli.examples import EXAMPLES
from bordersim.inputs import load_scenario

DAYS = ("--set", "period.end=2021-05-07")
BORDERS = (*DAYS, "--values=fixed", "--replicates", "6", "--no-plots")
WIDTH = 80


def said(*arguments: str) -> tuple[int, str]:
    """Call the command line in this process; return its exit code and all that it said."""
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


@pytest.fixture
def _results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder with the stand-in for the engine."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_results")
def test_a_window_is_shown_after_a_run_and_again_from_its_folder() -> None:
    window = ("--from", "2021-05-03", "--to", "2021-05-04")
    code, first = said("compare", "history_2021", "no_escorts_2021", *BORDERS, *window)
    assert code == 0, first
    assert "6 replicates, 2 days from 2021-05-03" in first
    assert first.count("Left out, since they are known of whole runs alone") == 1
    assert "claim against Belarus" not in first
    folder = first.splitlines()[-1]
    code, again = said("summary", "latest", *window)
    assert (code, again.splitlines()[:-2]) == (0, first.splitlines()[:-2])
    assert again.splitlines()[-1] == folder
    code, as_json = said("summary", folder[-8:], *window, "--json")
    found = json.loads(as_json[as_json.index("{") :])
    assert (code, found["from"], found["to"]) == (0, "2021-05-03", "2021-05-04")
    assert {"attempts"} <= {row["metric"] for row in found["comparison"]}


@pytest.mark.usefixtures("_results")
def test_days_outside_are_refused_before_anything_is_run() -> None:
    code, line = said("run", "history_2021", *BORDERS, "--from", "2022-01-01")
    outside = "--from 2022-01-01: is outside the run, which has 2021-05-01 to 2021-05-07\n"
    assert (code, line) == (2, outside)
    assert not Path("results").exists()


@pytest.mark.usefixtures("_results")
def test_a_brief_answer_has_a_table_for_each_scenario() -> None:
    names = ("no_escorts_2021", "double_staffing_2021")
    code, brief = said("compare", "history_2021", *names, *BORDERS, "--brief")
    assert code == 0, brief
    titles = [f"{name} minus history_2021, " for name in names]
    places = [brief.index(title) for title in titles]
    assert [brief[place:].index("attempts LT") > 0 for place in places] == [True, True]
    assert brief.count("attempts LT") == len(names)


@pytest.mark.usefixtures("_results")
def test_a_brief_answer_names_guards_of_both_countries_and_fits_a_screen() -> None:
    code, brief = said("compare", "history_2021", "no_escorts_2021", *BORDERS, "--brief")
    assert code == 0, brief
    for figure in ("attempts LV", "people admitted", "patrol hours LT", "patrol hours LV"):
        assert figure in brief
    assert "events, not people" in brief
    assert "chance alone, not what could happen" in brief
    assert len([line for line in brief.splitlines() if not line.startswith("note: ")]) <= 21
    code, brief = said("run", "history_2021", *BORDERS, "--brief", "--from", "2021-05-02")
    assert (code, "people admitted" in brief) == (0, False)
    assert "figures of people: whole runs alone" in brief


@pytest.mark.usefixtures("_results")
def test_runs_are_one_line_each_the_newest_last() -> None:
    assert said("runs") == (0, "no runs in results\n")
    said("run", "history_2021", *BORDERS)
    said("compare", "history_2021", "no_escorts_2021", *BORDERS)
    code, listed = said("runs")
    first, second, hint = listed.splitlines()
    assert code == 0
    assert ("run " in first, "compare " in second, "'latest'" in hint) == (True, True, True)
    assert "6 replicates  history_2021, no_escorts_2021" in second
    assert "results/history_2021-vs-no_escorts_2021/compare/2" in second
    assert json.loads(said("runs", "--json")[1])[1]["status"] == "complete"
    assert said("summary", "latest")[0] == 0
    assert said("summary", "deadbeef")[0] == 2
    code, line = said("validate", "nowhere/latest")
    assert (code, line) == (2, "latest: there is no run in nowhere\n")


def test_values_metrics_and_terms_are_explained() -> None:
    assert "definition  tries by one person" in said("explain", "attempts")[1]
    assert "one person can have many" in said("explain", "attempt")[1]
    assert "unit        people" in said("explain", "guards.LT.officers")[1]
    mean = said("explain", *["95", "%", "interval", "of", "the", "mean"])[1]
    assert "It is not what could happen" in mean
    assert "not let back in by Belarus" in said("explain", "between", "the", "lines")[1]
    assert "each policy is simulated once with each history" in said("explain", "history")[1]
    wrong = "unscrened_returns: no key, metric or term; did you mean 'unscreened_returns'?\n"
    assert said("explain", "unscrened_returns") == (2, wrong)
    assert said("explain", "guards.LT.officer")[1].endswith("did you mean 'guards.LT.officers'?\n")


def test_metrics_are_listed_and_searched() -> None:
    code, every = said("metrics")
    assert (code, every.count("ledger")) == (0, 5)
    assert "claims_not_examined" in said("metrics", "examined")[1]
    renamed = "claims_refused: no metric has this word; it is now called 'claims_not_examined'\n"
    assert said("metrics", "claims_refused") == (2, renamed)


def test_every_command_has_examples_and_short_help_and_no_line_is_too_long() -> None:
    assert EXAMPLES.keys() == COMMANDS.keys()
    for name in COMMANDS:
        code, text = said(name, "-h")
        assert (code, "Examples:" in text) == (0, True)
        assert max(map(len, text.split("Examples:")[1].splitlines())) <= WIDTH
    assert "..." not in said("-h")[1].split("Commands:")[1]


def test_the_list_of_commands_says_the_first_sentence_of_each_and_imports_none() -> None:
    for name, listed in COMMANDS.items():
        assert " ".join(built(name).help.split()).startswith(listed.summary)
    code = "import sys, bordersim.cli; assert 'bordersim.cli.run' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_every_example_can_be_typed(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bordersim.results.store.runs.located", lambda name: name)
    _, name, *words = shlex.split(line.replace("\\\n", " "))
    given = built(name).make_context(name, words).params
    for scenario in [*(given.get("scenarios") or []), given.get("reference")]:
        if scenario not in (None, "latest"):
            load_scenario([scenario])


def test_a_shell_is_offered_scenarios_keys_metrics_and_terms() -> None:
    assert "history_2021" in set(scenarios("hist"))
    assert list(scenarios("parameters")) == []
    assert {"guards.LT.officers", "got_away"} <= {*keys("guards."), *keys("got")}
    assert list(sets("guards.LT.of")) == ["guards.LT.officers="]
    assert "complete -o default -F" in said("--show-completion")[1] or "completion" in said("-h")[1]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_lines_that_end_between_two_words(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Attempts at the Lithuanian border: fewer under history_2021-than-before " * 3
    for kind in (Terminal, io.StringIO):
        out = kind()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setenv("COLUMNS", "40")
        screen.tell(f"{text}\n  key: {text}")
        lines = out.getvalue().splitlines()
        assert " ".join(out.getvalue().split()) == " ".join(f"{text} key: {text}".split())
        assert (max(map(len, lines)) <= 40, len(lines) > 2) == ((kind is Terminal,) * 2)


def test_a_list_of_names_wraps_below_its_second_column(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv("COLUMNS", "60")
    screen.tell(f"{'name':<20}  what this scenario is about, in more words than one line has", hanging=22)
    first, second = out.getvalue().splitlines()
    assert max(len(first), len(second)) <= 60
    assert second[:22].isspace()
    assert not second[22].isspace()


def test_prose_is_never_printed_past_the_edge_of_a_terminal() -> None:
    """Limits of use, how much was run and what a sweep found were cut by the terminal, or ran past it."""
    prose = re.compile(
        r"(?<![a-z_.])say\((LIMITS_OF_USE|runs_line|_?described|found|reading|sentence|f\"note)"
    )
    files = Path(screen.__file__).parent.glob("*.py")
    assert [each.name for each in files if prose.search(each.read_text(encoding="utf-8"))] == []
