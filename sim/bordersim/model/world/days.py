"""The part of the world that changes with the date: hours and hazards, law, guards, inflow."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from zlib import crc32
from zoneinfo import ZoneInfo

import numpy as np

from bordersim.errors import BadInput
from bordersim.inputs.schema.dated import by_day, by_day_linear
from bordersim.model.rows import filled
from bordersim.model.rules.exposure import is_freezing
from bordersim.model.rules.guards import crews_on_shift, handling_per_person_h
from bordersim.model.rules.hazards import log_of_one_more
from bordersim.model.rules.migrants import people_per_day, people_per_group
from bordersim.model.rules.policy import reach_probability
from bordersim.model.world.arrays import CalendarDay, Hour, LawOfDay, Origin
from bordersim.words.codes import ADMIT_AND_SCREEN, COUNTRIES, REGIMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bordersim.inputs.schema import Config
    from bordersim.inputs.schema.border import Respond
    from bordersim.inputs.schema.dated import AnyStep
    from bordersim.model.rows import Rows

HOURS_PER_DAY = 24
CLOCKS_AT_HAND = 8
SECONDS_PER_HOUR = 3600
PLACE_DECIMALS = 6
ZONE = ZoneInfo("Europe/Vilnius")


class Hours:
    """The clock: hours since the first Lithuanian midnight in UTC, and the local days they fall in."""

    def __init__(self, config: Config) -> None:
        self.start = config.period.start
        self.days = config.period.days
        self.dates, since_h = _midnights(self.start, self.days)
        self.day_start_h = np.array(since_h)
        lengths = np.diff(self.day_start_h).astype(np.int64)
        self.day_of_hour = np.repeat(np.arange(self.days), lengths)
        self.hazard = self._hazard(config)

    def _hazard(self, config: Config) -> np.ndarray:
        """Readiness [ordinary days] passed by each hour: the hour's factor, normed, times the month's."""
        by_hour = np.array(config.choice.hour_factor)
        by_hour = by_hour / by_hour.sum()
        month = self.by_month(config.choice.month_factor)[self.day_of_hour]
        return np.concatenate([[0.0], np.cumsum(by_hour[self._local_hour()] * month)])

    def _local_hour(self) -> np.ndarray:
        """Lithuanian hour of the day of each hour."""
        local = np.arange(len(self.day_of_hour)) - self.day_start_h[self.day_of_hour]
        hour: np.ndarray = local.astype(np.int64) % HOURS_PER_DAY
        return hour

    def dated(self, steps: Sequence[AnyStep]) -> np.ndarray:
        """Return the value of each day."""
        return by_day(steps, self.start, self.days)

    def by_month(self, values: Sequence[float]) -> np.ndarray:
        """Return the value of each day's month."""
        return np.array([values[each.month - 1] for each in self.dates[:-1]])


@lru_cache(maxsize=CLOCKS_AT_HAND)
def _midnights(start: date, days: int) -> tuple[tuple[date, ...], tuple[float, ...]]:
    """Return the days, one more than are simulated, and when each begins [h]; draws of values share it."""
    dates = tuple(start + timedelta(day) for day in range(days + 1))
    midnights = [datetime.combine(each, time(), ZONE).astimezone(UTC) for each in dates]
    return dates, tuple((each - midnights[0]).total_seconds() / SECONDS_PER_HOUR for each in midnights)


def by_change(rule: Callable[..., float], *columns: np.ndarray) -> np.ndarray:
    """Return what a rule gives on each day, worked out only on days on which one of its values changes."""
    values = np.stack(columns)
    first = np.append(True, (values[:, 1:] != values[:, :-1]).any(axis=0))
    worked_out = np.array([rule(*day) for day in values[:, first].T.tolist()])
    each_day: np.ndarray = worked_out[np.cumsum(first) - 1]
    return each_day


def hours_passed(hours: Hours) -> Rows[Hour]:
    """Return one row per hour, and one for the end."""
    columns = {
        "hazard": hours.hazard,
        "day": np.append(hours.day_of_hour, hours.days),
    }
    return filled(Hour, columns, hours.hazard.shape)


def crews(config: Config, hours: Hours) -> np.ndarray:
    """Return the mean crews on shift by day and country: float64[days, 3]; loans serve in Latvia."""
    own = {country: hours.dated(config.guards[country].officers) for country in COUNTRIES}
    wanted = {country: hours.dated(config.guards[country].lent_to_LV) for country in COUNTRIES}
    lent = {country: np.minimum(wanted[country], own[country]) for country in COUNTRIES}
    columns = []
    for country in COUNTRIES:
        guards = config.guards[country]
        officers = own[country] - lent[country] + hours.dated(guards.borrowed)
        if country == "LV":
            officers += np.sum(list(lent.values()), axis=0)
        people = officers, hours.dated(guards.soldiers), hours.dated(guards.frontex)
        columns.append(by_change(partial(_crews_of_day, config), *people))
    return np.array(columns).T


def _crews_of_day(config: Config, officers: float, soldiers: float, frontex: float) -> float:
    """Crews on shift of one country on one day."""
    patrols = config.patrols
    shares = (patrols.officer_shift_share, patrols.soldier_shift_share, patrols.frontex_shift_share)
    return crews_on_shift(officers, soldiers, frontex, shares, patrols.crew_size)


def calendar(config: Config, hours: Hours) -> Rows[CalendarDay]:
    """Return one row per day: Belarus, group size, weather, flights home."""
    dated = hours.dated
    seats = np.zeros(hours.days, np.int64)
    for flight in config.return_home.flights_home:
        if 0 <= (day := (flight.from_ - hours.start).days) < hours.days:
            seats[day] += flight.value
    sizes = dated(config.inflow.group_size_mean)
    responds = (config.host.steering_responds_from - hours.start).days
    temperature = hours.by_month(config.harm.temperature_month_degc)
    freezing = np.array([is_freezing(each) for each in temperature.tolist()], np.int64)
    columns = {
        "start_h": hours.day_start_h[:-1],
        "end_h": hours.day_start_h[1:],
        "group_size_mean": sizes,
        "log_of_one_more": by_change(log_of_one_more, sizes),  # in a group
        "protection_share": dated(config.inflow.protection_share),
        "escorted_share": dated(config.choice.escorted_share),
        "prevention_probability": dated(config.host.prevention_probability),
        "releases": np.any([dated(config.procedure[c].onward_share) > 0 for c in COUNTRIES], axis=0),
        "temperature_degc": temperature,
        "freezing_days": np.cumsum(freezing) - freezing,  # before the day
        "seats_home": seats,
        "steering_responds": np.arange(hours.days) >= responds,
    }
    return filled(CalendarDay, columns, (hours.days,))


def law(config: Config, hours: Hours, lengths_km: np.ndarray) -> Rows[LawOfDay]:
    """Return one row per day and country: regime, practice, crossing points, barrier.

    At most the length of each border [km] can be built.
    """
    whole_km = np.ceil(lengths_km).tolist()
    parts = [_country_days(config, hours, *each) for each in zip(COUNTRIES, whole_km, strict=True)]
    columns = {name: np.stack([part[name] for part in parts], axis=1) for name in parts[0]}
    return filled(LawOfDay, columns, (hours.days, len(COUNTRIES)))


def _country_days(config: Config, hours: Hours, country: str, whole_km: float) -> dict[str, np.ndarray]:
    """Columns of one country's days."""
    dated = hours.dated
    practice, claims, procedure = config.law[country], config.claims[country], config.procedure[country]
    built = config.build[country]
    grown = {
        kind: np.minimum(by_day_linear(getattr(built, f"{kind}_km"), hours.start, hours.days), whole_km)
        for kind in ("wire", "fence", "surveillance")
    }
    regime = by_day(config.policy[country], hours.start, hours.days, REGIMES).astype(np.uint8)
    return {
        "regime": regime,
        "handling_per_person_h": by_change(partial(_handling_h, config.respond), regime),
        "recognition_probability": dated(practice.recognition_probability),
        "informal_turn_back_probability": dated(practice.informal_turn_back_probability),
        "let_back_probability": _let_back(config, hours, country),
        "claim_places_per_day": _whole_places(dated(claims.places_per_day)),
        "claim_reach_probability": by_change(
            partial(reach_probability, points=claims.points),
            *(dated(config.claims.reached(country)), dated(claims.open_points)),
        ),
        "mission_places_per_day": _whole_places(dated(claims.mission_places_per_day)),
        "mission_reach_probability": dated(claims.mission_reach_probability),
        "dwell_days_mean": dated(procedure.dwell_days_mean),
        "places": dated(procedure.places),
        "onward_share": dated(procedure.onward_share),
        **{f"{kind}_km": km for kind, km in grown.items()},
    }


def _let_back(config: Config, hours: Hours, country: str) -> np.ndarray:
    """Return the chance to be let back of each day: certain until the host state closes its side."""
    closed = np.arange(hours.days) >= (config.host.closed_from - hours.start).days
    return np.where(closed, config.host.let_back_probability[country], 1.0)


def _handling_h(respond: Respond, regime: int) -> float:
    """Return the handling time per person under a regime [h]."""
    return handling_per_person_h(
        respond.handling_per_person_h, respond.registration_per_person_h, regime == ADMIT_AND_SCREEN
    )


def _whole_places(places: np.ndarray) -> np.ndarray:
    """Whole places of each day; fractions accumulate for later days."""
    saved = np.round(np.cumsum(places), PLACE_DECIMALS)  # ten tenths are one
    return np.diff(np.floor(saved), prepend=0.0)


def _code(name: str) -> int:
    """Return the 16-bit code of an origin in the keys of its families, the same in any scenario."""
    return crc32(name.encode()) & 0xFFFF


def origins(config: Config) -> Rows[Origin]:
    """Return one row per origin, in the order of the scenario."""
    codes = [_code(name) for name in config.inflow.origins]
    if len(set(codes)) < len(codes):
        raise BadInput("inflow.origins: two names have the same key; rename one")
    return filled(Origin, {"code": codes}, (len(codes),))


def inflow(config: Config, hours: Hours) -> np.ndarray:
    """Return groups landing that intend to cross, by day and origin: float64[days, origins]."""
    dated, families = hours.dated, config.inflow.family_size_mean
    sizes = by_change(
        partial(people_per_group, family_size_mean=families), dated(config.inflow.group_size_mean)
    )
    columns = []
    for origin in config.inflow.origins.values():
        landing = partial(_flying, origin.seats_per_flight, config.inflow.load_share)
        flying = by_change(landing, dated(origin.flights_per_week), dated(origin.cross_share))
        columns.append((flying + dated(origin.people_per_day)) / sizes)
    return np.stack(columns, axis=1)


def _flying(seats: float, load: float, weekly: float, crossing: float) -> float:
    """Return people of one origin who land a day and intend to cross, at so many flights a week."""
    return people_per_day(weekly, seats, load, crossing)
