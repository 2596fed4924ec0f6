"""`bordersim app` before it serves: what it lacks or cannot have is one line."""

from __future__ import annotations

import importlib.util
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bordersim.cli import app

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def refused(*arguments: str) -> str:
    """Return the one line with which the command refuses."""
    result = CliRunner().invoke(app, ["app", "--no-open", *arguments])
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    return result.output


def shipped_folders() -> list[Path]:
    """Return the folders of the histories that come with the package."""
    return list((SCENARIOS / "given").iterdir())


def test_without_the_extra_one_line_says_which_install_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "uvicorn" else found(name))
    assert "pip install 'bordersim[app]'" in refused()


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"--port {port}: cannot be taken" in refused("--port", str(port))


def test_a_scenario_without_histories_is_refused_with_those_that_have_some() -> None:
    """Once a year that had none was named here; when it got some, the page was served and nobody ended it."""
    shipped = sorted(path.name for path in shipped_folders())
    assert len(shipped) > 2
    assert f"take {', '.join(shipped[:-1])} or {shipped[-1]}" in refused("history_2020", "--port", "0")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("history_2012",), "history_2012"),
        (("--values", "fixed"), "the page answers from histories"),
        (("--port", "70000"), "65535"),
        (("--lang", "ltt"), "lang: 'ltt' is unknown; did you mean 'lt'?"),
        (("--set", "guards.LT.oficers=1"), "did you mean 'guards.LT.officers'?"),
        (("--set", "run.seed=3"), "histories have keys of their own"),
    ],
)
def test_bad_input_is_one_line(arguments: tuple[str, ...], why: str) -> None:
    result = CliRunner().invoke(app, ["app", "--no-open", *arguments])
    assert result.exit_code == 2
    assert why in result.output
