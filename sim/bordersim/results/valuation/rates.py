"""Prices and rates of a scenario by day and border, ready to be applied to counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bordersim.inputs.schema.border import CountryCost
from bordersim.inputs.schema.dated import by_day
from bordersim.results.valuation.standing import record, standing_km
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.inputs.schema import Config
    from bordersim.inputs.schema.dated import AnyStep

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Rates:
    """The prices and rates of a scenario, and what of its course costs the same in every replicate.

    Parameters
    ----------
    config
        The values of the scenario.
    """

    config: Config

    def price(self, name: str) -> Floats:
        """Return a unit cost of each border [EUR]."""
        return self._prices[name]

    @cached_property
    def _prices(self) -> dict[str, Floats]:
        """Every unit cost of each border [EUR]."""
        cost = self.config.cost
        return {
            name: np.array([getattr(cost[country], name) for country in COUNTRIES], np.float64)
            for name in CountryCost.model_fields
        }

    def dated(self, steps: Callable[[str], Sequence[AnyStep]]) -> Floats:
        """Return a value of each day and border."""
        period = self.config.period
        return np.stack([by_day(steps(c), period.start, period.days) for c in COUNTRIES], axis=1)

    def built_eur(self, kind: str) -> Floats:
        """Return what is paid for wire, fence or surveillance by day and border [EUR].

        Every kilometre costs on the day it is built; what stands on the first day costs then, as far as it
        is beyond what stood by the record. What is removed costs and earns nothing.
        """
        period, built = self.config.period, self.config.build
        km = np.stack([standing_km(c, kind, built[c], period.start, period.days) for c in COUNTRIES], axis=1)
        stood = [standing_km(c, kind, record().build[c], period.start, 1) for c in COUNTRIES]
        grown = np.maximum(np.diff(km, axis=0, prepend=np.transpose(stood)), 0.0)
        return grown * self.price(f"{kind}_eur_per_km")

    @cached_property
    def barrier_eur(self) -> Floats:
        """Pay for wire and fence [EUR]."""
        return self.built_eur("wire") + self.built_eur("fence")

    @cached_property
    def surveillance_eur(self) -> Floats:
        """Pay for surveillance [EUR]."""
        return self.built_eur("surveillance")

    @cached_property
    def guards_eur(self) -> Floats:
        """Pay of officers, those on loan too, of Frontex, and of soldiers [EUR]."""
        guards = self.config.guards
        officers = self.dated(lambda c: guards[c].officers) + self.dated(lambda c: guards[c].frontex)
        soldiers = self.dated(lambda c: guards[c].soldiers)
        return officers * self.price("officer_eur_per_day") + soldiers * self.price("soldier_eur_per_day")

    @cached_property
    def voiced_probability(self) -> Floats:
        """Return the chance that people who would seek protection say so when they are pushed back."""
        return self.dated(lambda country: self.config.law[country].claim_voiced_probability)

    @cached_property
    def force_probability(self) -> Floats:
        """Return the chance of force in a turn-back."""
        return self.dated(lambda country: self.config.law[country].force_probability)

    @cached_property
    def cold_degc(self) -> Floats:
        """Return by how much it is too cold on each day, at the hours at which people set out [degC].

        The mean over the hours, weighted as they attract attempts; one column for all borders.
        """
        harm, choice = self.config.harm, self.config.choice
        hourly = self._month_degc[:, None] + np.array(harm.temperature_hour_degc)
        cold = np.maximum(harm.cold_below_degc - hourly, 0.0)
        return np.average(cold, axis=1, weights=choice.hour_factor)[:, None]

    @property
    def _month_degc(self) -> Floats:
        """The mean temperature of the month of each day [degC]."""
        start, days = self.config.period.start, self.config.period.days
        months = [(start + timedelta(day)).month for day in range(days)]
        return np.array([self.config.harm.temperature_month_degc[month - 1] for month in months])
