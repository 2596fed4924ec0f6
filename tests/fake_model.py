"""A stand-in for the engine: numbers of the right shapes that depend on seed and replicate alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bordersim.experiments import workers
from bordersim.inputs.nodes import Node
from bordersim.results.store.blocks import BlockArrays
from bordersim.words.codes import COUNTRIES, STATES
from bordersim.words.metrics import METRIC_NAMES, PEOPLE_METRICS, SEGMENT_METRICS, STRETCH_METRICS
from bordersim.words.valued import VALUED_NAMES

ATTEMPTS = METRIC_NAMES.index("attempts")


def stretch(name: str, country: str) -> SimpleNamespace:
    """Make a stretch."""
    return SimpleNamespace(name=name, country=country, from_km=0.0, to_km=2.0)


def make_world(start: date = date(2021, 5, 1), days: int = 7, shift: float = 0.0) -> SimpleNamespace:
    """Make a small world; `shift` is what the scenario adds to every number of daily attempts."""
    segments = SimpleNamespace(
        country=np.array([0, 0, 1, 2], dtype=np.uint8),
        from_km=np.array([0.0, 1.0, 0.0, 0.0]),
        to_km=np.array([1.0, 2.0, 1.0, 1.0]),
        stretches=(stretch("Kena", "LT"), stretch("LV stretch 1", "LV"), stretch("PL stretch 1", "PL")),
    )
    return SimpleNamespace(start=start, days=days, segments=segments, shift=shift, people=30.0, bytes=1e6)


def make_block(world: SimpleNamespace, seed: int, first_replicate: int, count: int) -> BlockArrays:
    """Draw what the engine would return: each replicate from its own seed."""
    parts = [_replicate(world, np.random.default_rng([seed, first_replicate + i])) for i in range(count)]
    return BlockArrays(*(np.stack(column) for column in zip(*parts, strict=True)))


def _replicate(world: SimpleNamespace, chance: np.random.Generator) -> BlockArrays:
    """Draw one replicate."""
    days, segments, stretches = world.days, len(world.segments.country), len(world.segments.stretches)
    daily = chance.poisson(5.0, (days, len(COUNTRIES), len(METRIC_NAMES))).astype(np.float64)
    daily[..., ATTEMPTS] += world.shift
    return BlockArrays(
        daily=daily,
        stock=chance.integers(0, 9, (days, len(STATES)), dtype=np.int32),
        segments=chance.integers(0, 9, (segments, len(SEGMENT_METRICS)), dtype=np.int32),
        stretches=chance.random((stretches, len(STRETCH_METRICS))),
        people=chance.integers(1, 9, len(PEOPLE_METRICS)).astype(np.float64),
    )


def with_valued(counted: NDArray[np.float64], rates: object) -> NDArray[np.float64]:
    """Add what counts come to: half of as many counts."""
    return np.concatenate([counted, counted[: len(VALUED_NAMES)] / 2])


def make_scenario(name: str = "first", seed: int = 1, **world: Any) -> SimpleNamespace:
    """Make the parts of a scenario that a run reads."""
    return SimpleNamespace(
        name=name,
        title=f"title of {name}",
        question="",
        tree=Node({}, "stand-in"),
        digest=f"digest of {name}",
        notes=(),
        config=SimpleNamespace(
            run=SimpleNamespace(seed=seed),
            cost=SimpleNamespace(claimed_damage_eur=2e8, counter_mobility_eur=1e9),
        ),
        parameters={
            "a.b": SimpleNamespace(confidence="assumed"),
            "a.c": SimpleNamespace(confidence="official"),
        },
        resolved_yaml=lambda: f"name: {name}\n",
        world=world,
    )


def save_names(paths: Sequence[Path], differences: Sequence[Path], results: Sequence[Any]) -> list[Path]:
    """Write the name of each scenario where its map would be, and where that of its difference would be."""
    for path, result in zip([*paths, *differences], [*results, *results[1:]], strict=True):
        path.write_bytes(result.name.encode())
    return [*paths, *differences]


def install(monkeypatch: pytest.MonkeyPatch, simulate: Any = make_block) -> None:
    """Put the stand-in where the model is."""
    worlds, engine, maps = (
        ModuleType("bordersim.model.world"),
        ModuleType("bordersim.model.engine"),
        ModuleType("bordersim.report.pictures.map_differences"),
    )
    worlds.__path__ = [str(Path(import_module("bordersim.model").__file__ or "").with_name("world"))]
    worlds.__dict__["build_world"] = lambda scenario: make_world(**getattr(scenario, "world", {}))
    engine.__dict__["simulate_block"] = simulate
    maps.__dict__["save_maps"] = save_names
    monkeypatch.setattr(workers, "with_valued", with_valued)
    for module in (worlds, engine, maps):
        monkeypatch.setitem(sys.modules, module.__name__, module)
        package, _, name = module.__name__.rpartition(".")
        monkeypatch.setattr(import_module(package), name, module, raising=False)
