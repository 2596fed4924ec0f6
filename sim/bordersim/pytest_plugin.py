"""The part of the plugin that pytest always imports: it does nothing unless asked.

To ask is to name on the command line of pytest a scenario file that expects something, or the folder it is
in; to give ``--bordersim``; or to write ``bordersim = true`` into the settings of pytest. The rest is in
`scenario_tests`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPLICATES = 100
ENDING = ".yaml"
MOST_CHARACTERS = 1_000_000  # of a file that may be a scenario
SCHEMA_VERSION = 1
NEEDED = {"metric", "country"}
# What stands in every scenario file that expects something.
MARKS = [re.compile(mark, re.MULTILINE) for mark in ("^schema_version:", "^expect:", "metric:", "country:")]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a run."""
    group = parser.getgroup("bordersim", "expectations of bordersim scenarios")
    group.addoption(
        "--bordersim", action="store_true", default=None, help="collect what scenario files expect"
    )
    group.addoption("--bordersim-replicates", default=REPLICATES, help="repetitions of each scenario")
    group.addoption(
        "--bordersim-set", action="append", default=[], metavar="KEY=VALUE", help="set a value of each"
    )
    parser.addini("bordersim", "collect what scenario files expect", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Collect scenario files if asked; workers of pytest-xdist learn the answer from the option."""
    given = config.option.bordersim_replicates != REPLICATES or config.option.bordersim_set
    if config.option.bordersim is None:
        config.option.bordersim = config.getini("bordersim") or bool(given) or _is_named(config)
    if config.option.bordersim:
        from bordersim.analyses.scenario_tests import ScenarioTests

        config.pluginmanager.register(ScenarioTests(expects), "bordersim-scenarios")


def _is_named(config: pytest.Config) -> bool:
    """Return whether a scenario that expects something, or its folder, is named on the command line."""
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        return False
    named = (config.invocation_params.dir / given.partition("::")[0] for given in config.args)
    return any(expects(path) is not False or any(map(expects, _files_in(path))) for path in named)


def _files_in(folder: Path) -> list[Path]:
    """Return the YAML files directly in a folder."""
    try:
        return sorted(folder.glob(f"*{ENDING}"))
    except OSError:
        return []


def expects(path: Path) -> bool | None:
    """Return whether a file is a scenario that expects something; None if it seems one but is not YAML."""
    text = _text_of(path)
    if not all(mark.search(text) for mark in MARKS):
        return False
    from ruamel.yaml import YAML

    try:
        return _has_expectations(YAML(typ="safe", pure=True).load(text))
    except Exception:  # it may be anybody's file, with anything in it
        return None


def _text_of(path: Path) -> str:
    """Return the text of a YAML file, empty if it is not one or cannot be read."""
    try:
        if path.suffix != ENDING or not path.is_file():
            return ""
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(MOST_CHARACTERS)
    except OSError:
        return ""


def _has_expectations(root: object) -> bool:
    """Return whether the content of a file has our version and a list with an entry of metric and country."""
    if not isinstance(root, dict) or root.get("schema_version") != SCHEMA_VERSION:
        return False
    entries = root.get("expect")
    return isinstance(entries, list) and any(isinstance(e, dict) and e.keys() >= NEEDED for e in entries)
