"""Scenario + land -> World: arrays per segment, stretch, day. No randomness, and nothing that changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bordersim.model.params import params_of
from bordersim.model.world import days, land, size
from bordersim.model.world.arrays import Arrays

if TYPE_CHECKING:
    from datetime import date

    from bordersim.geo.segments import Segments
    from bordersim.inputs import Scenario

__all__ = ["Arrays", "World", "build_world"]


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
    hours = days.Hours(config)
    crews = days.crews(config, hours)
    stretches = land.stretches(config, segments, crews)
    arrays = Arrays(
        params=params_of(config),
        derived=land.derived(config),
        country=land.countries(config, segments),
        terrain=land.terrains(config),
        barrier=land.barriers(config),
        origins=days.origins(config),
        stretches=stretches,
        segments=land.segment_rows(config, segments),
        nearness=land.nearness(config, stretches),
        calendar=days.calendar(config, hours),
        law=days.law(config, hours, np.bincount(segments.country, segments.length_km)),
        on_shift=land.on_shift(stretches, crews),
        inflow=days.inflow(config, hours),
        hours=days.hours_passed(hours),
    )
    size.refuse_too_large(config, arrays)
    for array in arrays:
        array.flags.writeable = False
    return World(scenario.name, config.period.start, arrays, segments)
