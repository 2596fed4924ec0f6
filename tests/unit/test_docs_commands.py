"""Every command that the pages on experiments show can be typed as it stands."""

from __future__ import annotations

import runpy
import shlex
from pathlib import Path
from typing import Any

import pytest

from bordersim.cli.asked import asked_sensitivity, asked_sweep
from bordersim.cli.commands import built
from bordersim.inputs import load_scenario
from bordersim.results.by_draw import wanted_figures

ROOT = Path(__file__).parents[2]
MADE = runpy.run_path(str(ROOT / "docs/make_experiments.py"))
SHOWN = [
    (page, command)
    for page in MADE["PAGES"]
    for command in MADE["commands"]((ROOT / "docs" / page).read_text(encoding="utf-8"))
]
REFUSED = "choice.chance_wieght"  # a page shows what such a slip looks like


def parsed(command: str) -> dict[str, Any]:
    """Read a command as typer does, without running it; what follows in a pipe is the shell's."""
    _, name, *words = shlex.split(command.partition(" | ")[0])
    return built(name).make_context(name, words).params


def test_both_pages_show_commands() -> None:
    assert {page for page, _ in SHOWN} == set(MADE["PAGES"])
    assert len(SHOWN) > 15


@pytest.mark.parametrize(("page", "command"), SHOWN)
def test_every_command_shown_can_be_typed(page: str, command: str) -> None:
    given = parsed(command)
    names = given.get("scenarios") or []
    loaded = [load_scenario([name]) for name in [*names, given.get("reference")] if name]
    wanted_figures(given.get("metric") or [])
    if REFUSED in command or not loaded:
        return
    if "design" in given:
        vary = given["vary"] or []
        assert asked_sweep(loaded, vary, given["draws"], given["design"], given["samples"], []).draws
    if "method" in given:
        keys, vary = given["parameters"] or [], given["vary"] or []
        assert asked_sensitivity(loaded, given["method"], 2, keys, vary, []).draws


def test_a_command_or_an_option_that_is_gone_is_noticed() -> None:
    with pytest.raises(KeyError, match="rum"):
        parsed("bordersim rum history_2021")
    with pytest.raises(Exception, match="No such option"):
        parsed("bordersim run history_2021 --replicats 3")


def test_a_session_is_taken_apart_and_long_outputs_are_cut() -> None:
    shown = "$ one --two \\\n      three\nout\nput\n$ four &\n$ five\n"
    steps = list(MADE["steps"](shown))
    assert [step.plain for step in steps] == ["one --two        three", "four &", "five"]
    assert [step.printed for step in steps] == ["out\nput\n", "", ""]
    cut = MADE["shortened"]("".join(f"{i}\n" for i in range(100)) + "x" * 999).splitlines()
    assert len(cut) == MADE["HEAD"] + 1 + MADE["TAIL"]
    assert max(map(len, cut)) == MADE["WIDTH"]
