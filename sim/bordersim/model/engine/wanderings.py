"""The host state's own mind and the drift of the inflow as daily series: of keys and values alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.engine.drift import shock
from bordersim.model.rules.drifting import drifted, inflow_factor
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.model.engine.histories import Keys
    from bordersim.model.world import Arrays

    Floats = NDArray[np.float64]


def minds(world: Arrays, keys: Keys) -> Floats:
    """Return log(how much the host state steers to a border / its answer to success): day, border."""
    sd, forgetting = float(world.params[0].host.mind_sd), float(world.derived[0].mind_forgetting)
    columns = [_path(world, keys, chance.MIND, code, sd, forgetting) for code in range(len(COUNTRIES))]
    return np.stack(columns, axis=1)


def inflow_factors(world: Arrays, keys: Keys) -> Floats:
    """Return how many come over how many are planned, by day [factor]."""
    sd, derived = float(world.params[0].inflow.drift_sd), world.derived[0]
    path = _path(world, keys, chance.INFLOW_DRIFT, 0, sd, float(derived.drift_forgetting))
    return np.array([inflow_factor(each, sd, float(derived.most_inflow_factor)) for each in path.tolist()])


def _path(world: Arrays, keys: Keys, decision: int, number: int, sd: float, forgetting: float) -> Floats:
    """Return where a process stands on each day."""
    places, place, kept = np.empty(len(world.calendar)), 0.0, 0.0
    for day in range(len(places)):
        today = shock(world, np.uint64(keys.on(day)), day, decision, number)
        places[day] = place = drifted(place, kept, sd, today)
        kept = forgetting
    return places
