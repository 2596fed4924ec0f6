"""Scenario + land -> World: arrays per segment, stretch, day. No randomness, and nothing that changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.model.params import params_of
from bordersim.model.world import days, land, size
from bordersim.model.world.arrays import UNGIVEN, Arrays
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from datetime import date

    from bordersim.geo.segments import Segments
    from bordersim.inputs import Scenario
    from bordersim.inputs.schema import Config
    from bordersim.model.rows import Rows
    from bordersim.model.world.arrays import StretchLand

__all__ = ["Arrays", "World", "build_arrays", "build_world"]


@dataclass(frozen=True, eq=False)
class World:
    """A scenario's border and days, ready for the engine."""

    name: str
    start: date
    arrays: Arrays
    segments: Segments

    @property
    def days(self) -> int:
        """Days simulated [day]."""
        return len(self.arrays.calendar)

    @property
    def n_stretches(self) -> int:
        """Stretches on all three borders."""
        return len(self.arrays.stretches)

    @property
    def people(self) -> float:
        """People expected to land who intend to cross [people]."""
        return float(size.people_expected(self.arrays).sum())

    @property
    def bytes(self) -> float:
        """Memory that a replicate is expected to take while it is simulated [bytes]."""
        return size.bytes_expected(self.arrays)


def build_world(scenario: Scenario) -> World:
    """Compute everything a run reads from a scenario and the land.

    Raises
    ------
    BadInput
        If a dated value has no entry for the first day, or too many people would come to be simulated.
    """
    from bordersim.geo.segments import cut_segments

    config = scenario.config
    segments = cut_segments(config.land.segment_length_km)
    return World(scenario.name, config.period.start, build_arrays(config, segments), segments)


def build_arrays(
    config: Config, segments: Segments, like: Arrays | None = None, anew: Collection[str] = Arrays._fields
) -> Arrays:
    """Work out the tables named in `anew`; the others are those of `like`, of the same land and days."""
    parts = _Parts(config, segments)
    made = (_TABLES[name](parts) if name in anew else getattr(like, name) for name in Arrays._fields)
    arrays = Arrays(*made)
    size.refuse_too_large(config, arrays)
    for array in arrays:
        array.flags.writeable = False
    return arrays


class _Parts:
    """What several tables are worked out from, each worked out once and only where it is needed."""

    def __init__(self, config: Config, land: Segments) -> None:
        self.config, self.land = config, land

    @cached_property
    def hours(self) -> days.Hours:
        """The clock."""
        return days.Hours(self.config)

    @cached_property
    def crews(self) -> np.ndarray:
        """Crews on shift by day and country."""
        return days.crews(self.config, self.hours)

    @cached_property
    def stretches(self) -> Rows[StretchLand]:
        """The stretches, whose patrols hang on the crews."""
        return land.stretches(self.config, self.land, self.crews)

    @property
    def lengths_km(self) -> np.ndarray:
        """How long each border is [km]."""
        return np.bincount(self.land.country, self.land.length_km)


_TABLES: Mapping[str, Callable[[_Parts], Any]] = {
    "params": lambda of: params_of(of.config),
    "derived": lambda of: land.derived(of.config),
    "country": lambda of: land.countries(of.config, of.land),
    "terrain": lambda of: land.terrains(of.config),
    "barrier": lambda of: land.barriers(of.config),
    "origins": lambda of: days.origins(of.config),
    "stretches": lambda of: of.stretches,
    "segments": lambda of: land.segment_rows(of.config, of.land),
    "nearness": lambda of: land.nearness(of.config, of.stretches),
    "calendar": lambda of: days.calendar(of.config, of.hours),
    "law": lambda of: days.law(of.config, of.hours, of.lengths_km),
    "on_shift": lambda of: land.on_shift(of.stretches, of.crews),
    "inflow": lambda of: days.inflow(of.config, of.hours),
    "hours": lambda of: days.hours_passed(of.hours),
    "steered": lambda of: np.full((of.config.period.days, len(COUNTRIES)), UNGIVEN),
}
