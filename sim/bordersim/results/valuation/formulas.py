"""What each valued metric is: a short function of what was counted and of the rates, by day and border."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from bordersim.words.metrics import METRIC_NAMES
from bordersim.words.valued import DAILY_NAMES, VALUED_NAMES

if TYPE_CHECKING:
    from bordersim.results.valuation.rates import Floats, Rates

Count = Callable[[str], "Floats"]  # what was counted under a name: float64[days, 3]


def claims_not_examined(count: Count, rates: Rates) -> Floats:
    """Claims not accepted, and those that people who are pushed back are expected to voice."""
    return count("claims_not_accepted") + count("seekers_pushed_back") * rates.voiced_probability


def non_refoulement_risk(count: Count, rates: Rates) -> Floats:
    """Pushbacks of vulnerable people, and of others who are expected to voice a claim."""
    others = count("seekers_pushed_back") - count("vulnerable_seekers_pushed_back")
    return count("vulnerable_pushed_back") + others * rates.voiced_probability


def injuries(count: Count, rates: Rates) -> Floats:
    """Attempts at no barrier, wire and fence, each with its chance of injury."""
    wire, fence = count("attempts_at_wire"), count("attempts_at_fence")
    chance = rates.config.harm.injury_probability
    return (count("attempts") - wire - fence) * chance.none + wire * chance.wire + fence * chance.fence


def hypothermia(count: Count, rates: Rates) -> Floats:
    """A hazard by hours of attempts and degrees of cold, higher where people get wet."""
    harm, wet = rates.config.harm, count("wet_attempt_person_hours")
    hours = count("attempt_person_hours") - wet + wet * harm.wet_factor
    return hours * rates.cold_degc * harm.hypothermia_per_degree_hour


def frostbite(count: Count, rates: Rates) -> Floats:
    """Freezing days between the lines, each with its chance."""
    chance = rates.config.harm.frostbite_probability_per_captive_freezing_day
    return count("captive_freezing_person_days") * chance


def force_incidents(count: Count, rates: Rates) -> Floats:
    """People turned back after the line, each time with the chance of force of the day."""
    return count("pushed_back_after_line") * rates.force_probability


def barrier_eur(count: Count, rates: Rates) -> Floats:
    """Wire and fence built."""
    return rates.barrier_eur


def surveillance_eur(count: Count, rates: Rates) -> Floats:
    """Surveillance installed."""
    return rates.surveillance_eur


def guards_eur(count: Count, rates: Rates) -> Floats:
    """Pay of guards."""
    return rates.guards_eur


def reception_eur(count: Count, rates: Rates) -> Floats:
    """Days of people in the procedure."""
    return count("procedure_person_days") * rates.price("reception_eur_per_day")


def return_grants_eur(count: Count, rates: Rates) -> Floats:
    """A grant for each who goes home after the procedure."""
    return count("returned_after_procedure") * rates.config.cost.return_grant_eur


def repair_eur(count: Count, rates: Rates) -> Floats:
    """Holes in fences."""
    return count("barrier_damages") * rates.price("repair_eur")


def aid_eur(count: Count, rates: Rates) -> Floats:
    """Legal help for each claim, and aid to those between the lines."""
    lodged = ("border", "crossing_point", "mission")
    claims: Floats = np.sum([count(f"claims_lodged_{where}") for where in lodged], axis=0)
    aid = count("captive_person_days") * rates.price("aid_eur_per_captive_day")
    return claims * rates.price("legal_aid_eur_per_claim") + aid


def overtime_eur(count: Count, rates: Rates) -> Floats:
    """Hours of guards beyond their shifts."""
    return count("overtime_hours") * rates.price("overtime_eur_per_h")


def record_deaths(count: Count, rates: Rates) -> Floats:
    """Deaths, of which a share is found."""
    found: Floats = np.array(rates.config.record.deaths_found_share.by_code)
    return count("deaths") * found


FORMULAS: Mapping[str, Callable[[Count, Rates], Floats]] = {
    formula.__name__: formula
    for formula in (
        *(claims_not_examined, non_refoulement_risk, injuries, hypothermia, frostbite, force_incidents),
        *(barrier_eur, surveillance_eur, guards_eur, reception_eur, return_grants_eur, repair_eur),
        *(aid_eur, overtime_eur, record_deaths),
    )
}


def valued(counted: Floats, rates: Rates) -> Floats:
    """Return the valued metrics of one replicate, in their order.

    Parameters
    ----------
    counted
        What the engine counted: metric, day, border; further metrics after those of the engine are ignored.
    rates
        Prices and rates of the scenario the replicate was made of.

    Returns
    -------
    numpy.ndarray
        Metric, day, border.
    """

    made = np.empty((len(VALUED_NAMES), *counted.shape[1:]))
    _fill(made, counted, rates)
    return made


def with_valued(counted: Floats, rates: Rates) -> Floats:
    """Return counted metrics with the valued ones after them: metric, day, border."""
    made = np.empty((len(DAILY_NAMES), *counted.shape[1:]))
    engine = len(METRIC_NAMES)
    made[:engine] = counted[:engine]
    _fill(made[engine:], made, rates)
    return made


def _fill(made: Floats, counted: Floats, rates: Rates) -> None:
    """Work out the valued metrics, in their order."""

    def count(name: str) -> Floats:
        found: Floats = counted[METRIC_NAMES.index(name)]
        return found

    for each, name in zip(made, VALUED_NAMES, strict=True):
        each[...] = FORMULAS[name](count, rates)
