"""Errors have one base, so that a caller can catch all of them, and leave a process whole."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
from collections.abc import Iterator

import pytest

import bordersim
import bordersim.geo
from bordersim.errors import BadInput, BordersimError, RunError, UnknownNameError


def modules() -> Iterator[object]:
    """Import every module there is; one that needs an extra which is not installed is left out."""
    for package in (bordersim,):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            try:
                yield importlib.import_module(found.name)
            except ModuleNotFoundError as missing:
                if str(missing.name).startswith("bordersim"):
                    raise


ERRORS = {
    each
    for module in modules()
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, BaseException) and each.__module__ == module.__name__  # type: ignore[attr-defined]
}


def test_the_walk_finds_errors_in_all_parts() -> None:
    assert {each.__module__ for each in ERRORS} >= {
        "bordersim.errors",
        "bordersim.experiments.pool",
        "bordersim.model.engine.replicate",
    }
    assert {BadInput, RunError} < ERRORS


@pytest.mark.parametrize("error", sorted(ERRORS, key=str))
def test_every_error_of_the_package_is_one_of_ours(error: type[BaseException]) -> None:
    assert issubclass(error, BordersimError)


@pytest.mark.parametrize("error", sorted(ERRORS, key=str))
def test_every_error_can_leave_its_process_with_its_words(error: type[BaseException]) -> None:
    """A worker that fails tells it in another process."""
    again = pickle.loads(pickle.dumps(error("what went wrong")))
    assert type(again) is error
    assert str(again) == str(error("what went wrong")) == "what went wrong"


def test_users_meet_errors_at_the_top_of_the_package() -> None:
    assert (bordersim.BordersimError, bordersim.BadInput, bordersim.RunError) == (
        BordersimError,
        BadInput,
        RunError,
    )


def test_whoever_catches_a_key_error_still_does() -> None:
    with pytest.raises(KeyError):
        raise UnknownNameError("metric: 'x' is not there")
