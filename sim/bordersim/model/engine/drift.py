"""What wanders from day to day whatever anybody does: the host state's own mind, and how many come."""

from __future__ import annotations

import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.compiling.compiled import compiled
from bordersim.model.population import candidates, comes
from bordersim.model.randomness import uniform
from bordersim.model.records import State
from bordersim.model.rules.drifting import answer_to_chance, drifted, inflow_factor
from bordersim.model.rules.elementary import normal
from bordersim.model.world import Arrays


@compiled
def shock(world: Arrays, key: np.uint64, day: int, decision: int, number: int) -> float:
    """Return a standard normal draw of a day."""
    return normal(uniform(key, np.uint64(world.derived[0].first_day + day), decision, number))


@compiled
def drift(world: Arrays, state: State) -> None:
    """Let a night pass for both; on the first day they start anywhere within their spread."""
    clock, derived, params = state.clock[0], world.derived[0], world.params[0]
    begun = 1.0 if clock.day > 0 else 0.0
    for c in range(3):
        border, forgetting = state.borders[c], derived.mind_forgetting * begun
        today = shock(world, clock.key, clock.day, chance.MIND, c)
        border.mind = drifted(border.mind, forgetting, params.host.mind_sd, today)
    forgetting = derived.drift_forgetting * begun
    today = shock(world, clock.key, clock.day, chance.INFLOW_DRIFT, 0)
    clock.inflow_drift = drifted(clock.inflow_drift, forgetting, params.inflow.drift_sd, today)
    if params.inflow.drift_sd > 0.0 or params.inflow.answer_to_chance > 0.0:
        thin_out(world, state)


@compiled
def thin_out(world: Arrays, state: State) -> None:
    """Let those of the day's candidates stay away whose place in the process lies above the day's rate."""
    clock, params = state.clock[0], world.params[0]
    sd, most = params.inflow.drift_sd, world.derived[0].most_inflow_factor
    answer = answer_to_chance(params.inflow.answer_to_chance, chance_gained(world, state))
    factor, day = min(inflow_factor(clock.inflow_drift, sd, most) * answer, most), clock.day
    g = state.days[day].first_family
    for origin in range(world.inflow.shape[1]):
        number, gone = 0, comes(world, clock.first_key, origin, day, 0, 0.0)
        while gone < candidates(world, origin, day):
            if gone >= world.inflow[day, origin] * factor:
                stay_away(state, g)
            g += state.groups[g].families
            number += 1
            gone = comes(world, clock.first_key, origin, day, number, gone)


@compiled
def chance_gained(world: Arrays, state: State) -> float:
    """Return by how much the best believed chance, as those knew it who land today, exceeds that at first."""
    known = state.clock[0].day - int(world.params[0].inflow.answer_lag_days)
    return state.days[known].best_chance - state.days[0].best_chance if known > 0 else 0.0


@compiled
def stay_away(state: State, g: int) -> None:
    """Let a group never land."""
    state.clock[0].stayed_away += state.groups[g].people
    state.groups[g].people = 0
