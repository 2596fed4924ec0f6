"""What guards do: patrol, detect, respond, handle. A patrol's response time is decided here."""

from __future__ import annotations

import math

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import exp


@compiled
def crews_on_shift(
    officers: float, soldiers: float, frontex: float, shares: tuple[float, float, float], crew_size: float
) -> float:
    """Return patrol crews on duty at one time: people x share on shift / crew size.

    `shares` are the shares on shift of officers, soldiers and Frontex [0-1].
    """
    return (officers * shares[0] + soldiers * shares[1] + frontex * shares[2]) / crew_size


@compiled
def crews_here(crews: float, length_share: float, noticed_share: float, reallocation_share: float) -> float:
    """Return the crews a stretch gets of its country's: part by length, part by recent detections.

    `reallocation_share` 0 is static, 1 follows recent detections entirely.
    """
    return crews * ((1.0 - reallocation_share) * length_share + reallocation_share * noticed_share)


@compiled
def whole_crews(crews: float, draw: float) -> int:
    """Return a whole number of crews whose mean is `crews`; it never falls when `crews` rises."""
    return math.floor(crews + draw)


@compiled
def patrol_position_km(
    time_h: float, phase: float, from_km: float, length_km: float, speed_km_per_h: float
) -> float:
    """Return where a patrol is [km on the border's axis]: it drives its stretch to and fro.

    `phase` (0-1) is where in its round trip it was at hour 0.
    """
    turns = phase + time_h * speed_km_per_h / (2.0 * length_km)
    round_trip = turns - math.floor(turns)
    return from_km + length_km * (1.0 - abs(2.0 * round_trip - 1.0))


@compiled
def passing_phases(
    time_h: float, place_km: float, from_km: float, length_km: float, speed_km_per_h: float
) -> tuple[float, float]:
    """Return the phases (0-1) of patrols that pass a place at a time: on the way out, on the way back.

    The inverse of `patrol_position_km`; a place beyond the stretch counts as its end.
    """
    turns = time_h * speed_km_per_h / (2.0 * length_km)
    share = min(max((place_km - from_km) / length_km, 0.0), 1.0) / 2.0
    there, back = share - turns, -share - turns
    return there - math.floor(there), back - math.floor(back)


@compiled
def passes_per_h(crews: float, patrol_speed_km_per_h: float, length_km: float) -> float:
    """Return how often per hour [1/h] patrols pass a point of a stretch of `length_km`."""
    return crews * patrol_speed_km_per_h / length_km


@compiled
def patrol_detection_rate_per_h(passes: float, pass_probability: float, most_per_h: float) -> float:
    """Return the hazard [1/h] of detection by patrols that pass `passes` times per hour.

    Few patrols detect in proportion; many see the same ground twice, so the hazard levels off at
    `most_per_h`: ``most x (1 - exp(-passes x pass_probability / most))``. US experience: enforcement
    more than tripled while illegal entries fell by about a tenth.
    """
    if most_per_h <= 0.0:
        return 0.0
    return most_per_h * (1.0 - exp(-passes * pass_probability / most_per_h))


@compiled
def response_time_h(
    wait_h: float, dispatch_delay_h: float, distance_km: float, speed_km_per_h: float
) -> float:
    """Return the time [h] from detection until a patrol is there.

    The sum of what it must finish first, the dispatch delay, and the drive along the border.
    """
    return wait_h + dispatch_delay_h + distance_km / speed_km_per_h


@compiled
def handling_per_person_h(handling_h: float, registration_h: float, admits: bool) -> float:
    """Return the handling time per person [h]: search, transport, registration if admitted."""
    return handling_h + (registration_h if admits else 0.0)


@compiled
def turns_round(draw: float, turn_round_probability: float, arrival_h: float, line_h: float) -> bool:
    """Return whether an evading group goes back at the sight of a patrol.

    Only if the patrol arrives before the group is across the line [h]; it is then not stopped or returned.
    Polish reports of 2023: 34 of 111 attempts on three days ended so.
    """
    return arrival_h < line_h and draw < turn_round_probability


@compiled
def handling_time_h(handling_h: float, handling_per_person_h: float, people: int) -> float:
    """Return the handling time of a group [h]: a crowd can saturate a station."""
    return handling_h + handling_per_person_h * people


@compiled
def overtime_h(busy_h: float, on_shift_h: float, ordinary_share: float, crew_size: float) -> float:
    """Return the hours [h] that guards of a stretch work beyond their paid shifts on one day.

    An ordinary share (0-1) of the crew hours on shift is available for groups. Each crew hour groups take
    beyond it, of `busy_h` in all, is overtime for each of the `crew_size` people of a crew.
    """
    return max(busy_h - ordinary_share * on_shift_h, 0.0) * crew_size
