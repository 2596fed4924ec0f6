"""Where wire, fence and surveillance stand, and from which day: a drawn order, the published kilometres."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from bordersim.model import randomness as chance
from bordersim.model.rules.barrier import building_turn
from bordersim.words.codes import LAKE, RIVER

if TYPE_CHECKING:
    from plain_land import Country, Segment
    from plain_model import PlainModel

MOSTLY = 0.5


def build_barriers(model: PlainModel) -> None:
    """Return for each segment how much of its country must stand for it to have surveillance, wire, fence."""
    for country in model.countries:
        segments = [segment for stretch in country.stretches for segment in stretch.segments]
        visited = [segment for segment in segments if segment.row.weight > 0.0]  # elsewhere nothing is built
        order = sorted(visited, key=lambda segment: turn(model, country, segment))
        finish(order, "surveillance")
        open_ones = left_open(model, country, visited)
        order = [segment for segment in order if segment not in open_ones]
        finish(order, "wire")
        finish(order, "fence")


def turn(model: PlainModel, country: Country, segment: Segment) -> tuple[float, float]:
    """Return when a segment's turn comes, lowest first; equal turns go by the draw itself."""
    draw = model.draw(segment.key, chance.BUILD_ORDER)
    weight_per_km = segment.row.weight / segment.row.length_km
    return building_turn(draw, weight_per_km), draw


def finish(order: list[Segment], kind: str) -> None:
    """Have segments built in their turn: each needs its own kilometres and those of all before it."""
    for segment, km in zip(order, accumulate(segment.row.length_km for segment in order), strict=True):
        segment.needs_km[kind] = km


def left_open(model: PlainModel, country: Country, segments: list[Segment]) -> set[Segment]:
    """Draw who stays without a barrier: first among waters, then among bogs and the rest of the land.

    A bog of known place always comes first, and no kilometre is left open twice.
    """
    waters = [segment for segment in segments if is_wet(segment)]
    lands = [segment for segment in segments if segment.row.swamp or not is_wet(segment)]
    chosen: set[Segment] = set()
    build = model.world.params.build[country.code]
    for candidates, km in ((waters, build.unfenced_water_km), (lands, build.unfenced_swamp_km)):
        left_km = km
        for segment in sorted(candidates, key=lambda segment: open_lot(model, segment)):
            if left_km <= 0.0:
                break
            if segment not in chosen:
                chosen.add(segment)
                left_km -= segment.row.length_km
    return chosen


def is_wet(segment: Segment) -> bool:
    """Return whether a segment lies in a river or lake, or mostly so."""
    return segment.row.terrain in (RIVER, LAKE) or segment.row.water_share > MOSTLY


def open_lot(model: PlainModel, segment: Segment) -> float:
    """Return a segment's lot, lowest first; bogs of known place go before all others."""
    lot = model.draw(segment.key, chance.UNFENCED)
    return lot - 1.0 if segment.row.swamp else lot
