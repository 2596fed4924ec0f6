"""What migrants decide: when and where to try, whether to present themselves, when to stop."""

from __future__ import annotations

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import exp
from bordersim.model.rules.hazards import exponential


@compiled
def people_per_day(
    flights_per_week: float, seats_per_flight: float, load_share: float, cross_share: float
) -> float:
    """Return arrivals [people/day] who mean to cross: flights a week x seats x load x share of passengers."""
    return flights_per_week / 7.0 * seats_per_flight * load_share * cross_share


@compiled
def people_per_group(group_size_mean: float, family_size_mean: float) -> float:
    """Return the mean people in a group as it lands [people].

    A group adds whole families until it has its drawn number of people, `group_size_mean` on average. The
    last family exceeds it by the family members after the first, both sizes being geometric.
    """
    return group_size_mean + family_size_mean - 1.0


@compiled
def days_in_minsk(draw: float, min_days: float, mean_days: float) -> float:
    """Return the days between landing and the border zone: a minimum plus an exponential remainder.

    Testimonies collected in Latvia: a few days in a hotel in Minsk, 2 to 7.
    """
    return min_days + exponential(draw, max(mean_days - min_days, 0.0))


@compiled
def readiness(draw: float, mean_days: float) -> float:
    """Return the willingness [days of ordinary weather and hour] that must build up before a try.

    The clock runs with the hazard of the hour and month, so that a try falls into a night of a mild
    month sooner; one exponential per try, inverted exactly on that hazard.
    """
    return exponential(draw, mean_days)


@compiled
def presents_itself(presents: int, believed_admission: float, believed_passage: float) -> bool:
    """Return whether a group waits for the guards: only if willing, and if that seems the better way in."""
    return presents == 1 and believed_admission >= believed_passage


@compiled
def believed_chance(presents: int, believed_admission: float, believed_passage: float) -> float:
    """Return the chance [0-1] of getting in that a group sees at a stretch.

    People willing to present themselves count the better of being admitted and slipping through; those
    who evade count only on slipping through.
    """
    if presents_itself(presents, believed_admission, believed_passage):
        return believed_admission
    return believed_passage


@compiled
def utility(chance: float, chance_weight: float, onward_eur: float, price_weight_per_eur: float) -> float:
    """Return the utility [1] of a stretch: the believed `chance` [0-1] of getting in, less the way onward.

    Most go on to Germany sooner or later, and pay for it: `onward_eur` [EUR/person].
    """
    return chance_weight * chance - price_weight_per_eur * onward_eur


@compiled
def pull(utility: float) -> float:
    """Return the factor by which a `utility` multiplies the weight of a stretch.

    Random-utility choice (McFadden 1974): the chance of a choice is proportional to exp(utility).
    """
    return exp(utility)


@compiled
def pull_of_nearness(distance_km: float, distance_cost_per_km: float) -> float:
    """Return the factor by which a distance [km], along the border or from a town, lowers a weight."""
    return exp(-distance_cost_per_km * distance_km)


@compiled
def segment_weight(length_km: float, town_nearness: float, water_factor: float) -> float:
    """Return the pull of a bare segment: its length [km], a nearby town, water.

    `town_nearness` is 1 on average, and 1 where no towns are known (Latvia, Poland).
    """
    return length_km * town_nearness * water_factor


@compiled
def must_split(people: int, group_size_mean: float) -> bool:
    """Return whether a group is too large for the size usual that day: above twice the mean."""
    return people > 2.0 * group_size_mean
