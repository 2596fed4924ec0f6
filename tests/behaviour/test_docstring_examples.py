"""Public docstrings are complete, and their examples run and print what they show."""

from __future__ import annotations

import doctest
import importlib
import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import bordersim
import bordersim.testing
from bordersim.results.store.result import Result

MODULES = (
    "bordersim.analyses.lives.asked",
    "bordersim.api",
    "bordersim.results.paired",
    "bordersim.results.experiment",
    "bordersim.results.store.result",
    "bordersim.errors",
    "bordersim.model.mesa_model",
    "bordersim.inputs.scenario",
    "bordersim.testing",
)
SHOWN = (
    "run",
    "compare",
    "resume",
    "expand",
    "reproduce",
    "story",
    "load_scenario",
    "BorderModel",
    "Comparison.row",
)


def examples() -> Iterator[doctest.DocTest]:
    """Yield the docstrings that show something; that of a module whole only shows the idea."""
    for name in MODULES:
        module = importlib.import_module(name)
        every = [*doctest.DocTestFinder(exclude_empty=True).find(module), *of_cached_properties(module)]
        for found in {each.name: each for each in every}.values():
            if found.examples and found.name != name:
                yield found


def of_cached_properties(module: ModuleType) -> Iterator[doctest.DocTest]:
    """Yield the docstrings of cached properties, which doctest itself looks at from Python 3.13 on."""
    for _, owner in inspect.getmembers(module, inspect.isclass):
        for name, each in vars(owner).items():
            if owner.__module__ == module.__name__ and isinstance(each, cached_property) and each.__doc__:
                called = f"{module.__name__}.{owner.__name__}.{name}"
                yield doctest.DocTestParser().get_doctest(each.__doc__, vars(module), called, None, None)


EXAMPLES = list(examples())
EXPORTED = [each for name in bordersim.__all__ if inspect.isfunction(each := getattr(bordersim, name))]
ASSERTIONS = [bordersim.testing.assert_between, bordersim.testing.assert_effect]
TABLES = ("daily", "stock", "segments", "stretches", "people", "totals", "figures")


def lacking(function: Callable[..., Any], sections: tuple[str, ...]) -> list[str]:
    """Return the sections and parameters that a docstring in the numpydoc form lacks."""
    text = inspect.getdoc(function) or ""
    heads = [f"{section}\n{'-' * len(section)}" for section in sections]
    named = [name for name in inspect.signature(function).parameters if name != "self"]
    body = text.partition("Parameters\n")[2].partition("Raises\n")[0]
    listed = {name.strip(" *") for line in body.splitlines() if line[:1].strip() for name in line.split(",")}
    return [head for head in heads if head not in text] + [name for name in named if name not in listed]


@pytest.mark.parametrize("function", EXPORTED, ids=lambda function: function.__name__)
def test_a_public_function_has_every_section(function: Callable[..., Any]) -> None:
    assert lacking(function, ("Parameters", "Returns", "Raises", "Examples")) == []


@pytest.mark.parametrize("function", ASSERTIONS, ids=lambda function: function.__name__)
def test_an_assertion_has_every_section(function: Callable[..., Any]) -> None:
    assert lacking(function, ("Parameters", "Raises", "Examples")) == []


def test_results_are_documented_member_by_member() -> None:
    assert lacking(Result.digest, ("Parameters", "Returns", "Raises", "Examples")) == []
    assert lacking(Result.tables, ("Parameters", "Yields", "Raises", "Examples")) == []
    assert lacking(Result, ("Parameters", "Examples")) == []
    computed = [name for name in vars(Result) if name[0] != "_" and name not in Result.__dataclass_fields__]
    assert all(inspect.getdoc(getattr(Result, name)) for name in computed)
    for name in TABLES:
        assert "Examples\n--------" in (inspect.getdoc(getattr(Result, name)) or ""), name


def test_a_missing_section_or_parameter_is_named() -> None:
    def function(people: int, days: int) -> None:
        """Do something.

        Parameters
        ----------
        people
            How many.
        """

    assert lacking(function, ("Parameters", "Raises")) == ["Raises\n------", "days"]


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
