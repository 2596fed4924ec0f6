"""What wanders by itself: a process looked at once a day, worked out for all days before the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.randomness import uniform
from bordersim.model.rules.drifting import answer_to_chance, drifted, inflow_factor
from bordersim.model.rules.elementary import normal

if TYPE_CHECKING:
    from plain_model import PlainModel


def path(model: PlainModel, decision: int, number: int, sd: float, forgetting: float) -> list[float]:
    """Return where a process stands on each day; it starts anywhere within its spread."""
    places: list[float] = []
    for day in range(model.world.days):
        entity = np.uint64(model.world.derived.first_day + day)
        shock = normal(float(uniform(model.key_on(day), entity, decision, number)))
        was, kept = (places[-1], forgetting) if places else (0.0, 0.0)
        places.append(drifted(was, kept, sd, shock))
    return places


def minds(model: PlainModel) -> list[list[float]]:
    """Return the host state's own mind about each border, day by day."""
    sd, forgetting = model.world.params.host.mind_sd, model.world.derived.mind_forgetting
    return [path(model, chance.MIND, code, sd, forgetting) for code in range(len(model.world.countries))]


def inflow_drift(model: PlainModel) -> list[float]:
    """Return the logarithm of how many come over how many are planned, day by day."""
    sd, forgetting = model.world.params.inflow.drift_sd, model.world.derived.drift_forgetting
    return path(model, chance.INFLOW_DRIFT, 0, sd, forgetting)


def inflow_today(model: PlainModel) -> float:
    """Return how many come today over how many are planned: by drift, and by what was believed."""
    inflow, most = model.world.params.inflow, model.world.derived.most_inflow_factor
    drifting = inflow_factor(model.inflow_drift[model.day], inflow.drift_sd, most)
    known = model.day - int(inflow.answer_lag_days)
    gained = model.best_chances[known] - model.best_chances[0] if known > 0 else 0.0
    return min(drifting * answer_to_chance(inflow.answer_to_chance, gained), most)
