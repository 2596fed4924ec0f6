"""What docstrings show can be typed as it stands, and gives what they say."""

from __future__ import annotations

import doctest
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

MODULES = (
    "bordersim.api",
    "bordersim.results.paired",
    "bordersim.results.experiment",
    "bordersim.model.mesa_model",
    "bordersim.inputs.scenario",
    "bordersim.testing",
)
SHOWN = ("run", "compare", "resume", "expand", "reproduce", "load_scenario", "BorderModel", "Comparison.row")


def examples() -> Iterator[doctest.DocTest]:
    """Yield the docstrings that show something; that of a module whole only shows the idea."""
    for name in MODULES:
        module = importlib.import_module(name)
        for found in doctest.DocTestFinder(exclude_empty=True).find(module):
            if found.examples and found.name != name:
                yield found


EXAMPLES = list(examples())


def test_every_public_function_shows_how_it_is_called() -> None:
    names = {found.name for found in EXAMPLES}
    for shown in (*SHOWN, "assert_between", "assert_effect"):
        assert any(name.endswith(f".{shown}") for name in names), shown


@pytest.mark.parametrize("shown", EXAMPLES, ids=lambda shown: shown.name)
def test_an_example_gives_what_it_says(
    shown: doctest.DocTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(shown, out=said.append)
    assert not said, "".join(said)
    assert not list(tmp_path.iterdir())
