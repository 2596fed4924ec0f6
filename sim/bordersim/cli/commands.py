"""The commands: where each is, and what the list of them says; one is imported when it is called."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.main import get_command

from bordersim.cli.examples import epilog


class Listed(NamedTuple):
    """A command: its file in this folder, its function there, the first sentence of its docstring."""

    file: str
    function: str
    summary: str


COMMANDS: dict[str, Listed] = {
    "run": Listed("run", "run", "Run scenarios."),
    "compare": Listed("compare", "compare", "Compare scenarios with a reference."),
    "sweep": Listed("sweep", "sweep", "Run scenarios with many sets of values."),
    "sensitivity": Listed("sensitivity", "sensitivity", "Find which parameters matter."),
    "map": Listed("map", "draw_map", "Draw the map of one scenario."),
    "animate": Listed("animate", "animate", "Show a finished run on the map week by week."),
    "export": Listed("export", "export", "Write a finished run by place as GeoJSON."),
    "runs": Listed("runs", "runs", "List the runs in a folder of results, the newest last."),
    "summary": Listed("summary", "summary", "Show a finished run, all of its days or some."),
    "report": Listed("report", "report", "Write the page of a comparison of histories."),
    "story": Listed("story", "story", "Tell of a synthetic family under two policies."),
    "resume": Listed("resume", "resume", "Continue an interrupted run."),
    "expand": Listed("expand", "expand", "Add replicates to a run."),
    "reproduce": Listed("reproduce", "reproduce", "Check that a finished run repeats exactly."),
    "value": Listed("value", "value", "Work out a finished run with other prices and rates."),
    "validate": Listed("validate", "validate", "Score simulated official counts."),
    "calibrate": Listed("calibrate", "calibrate", "Fit parameters to published figures."),
    "assimilate": Listed("assimilate", "assimilate", "Find histories that agree with the record."),
    "evidence": Listed("evidence", "evidence", "Judge structures."),
    "forecast": Listed("forecast", "forecast", "Forecast from a day on."),
    "check": Listed("check", "check", "Check scenarios against their expectations."),
    "scenarios": Listed("scenarios", "scenarios", "List the available scenarios."),
    "show": Listed("show", "show", "Show a scenario."),
    "metrics": Listed("metrics", "metrics", "List what is counted, with unit and definition."),
    "explain": Listed("explain", "explain", "Explain a value, a metric or a term."),
    "new": Listed("new", "new", "Write a new scenario file."),
    "schema": Listed("schema", "schema", "Print the JSON schema of scenario files."),
    "app": Listed("live", "live", "Serve a page of levers to this machine only."),
    "bench": Listed("bench", "bench", "Measure speed and memory."),
}


@cache
def built(name: str) -> Any:
    """Return a command with its options, made from its function."""
    listed = COMMANDS[name]
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    function = getattr(import_module(f"bordersim.cli.{listed.file}"), listed.function)
    alone.command(name=name, epilog=epilog(name))(function)
    return get_command(alone)
