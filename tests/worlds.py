"""Small worlds of which no value comes from a file, so that no test depends on values that are tuned.

In the plain world every value is neutral, as the schema says, but for a few: one origin sends people who
travel alone and do not present themselves; they set out the moment they reach the border zone, at noon of the
day they land. Nothing attracts or deters, nobody guards, nobody dies, nobody learns enough to matter, and
nothing is built. A test sets what it is about, by dotted key: ``guards.*.officers`` for all
countries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bordersim.geo.places import load_stations
from bordersim.inputs import Scenario, load_scenario
from bordersim.inputs.layers import parts
from bordersim.inputs.schema.neutral import neutral_values
from bordersim.inputs.schema.places import is_known
from bordersim.model.engine import BlockOutput, new_state, simulate_block
from bordersim.model.engine.loop import advance, run_days
from bordersim.model.records import State
from bordersim.model.world import World, build_world
from bordersim.results.valuation.formulas import with_valued
from bordersim.results.valuation.rates import Rates
from bordersim.words.codes import COUNTRIES, LT, STATES
from bordersim.words.valued import DAILY_NAMES

Sets = Mapping[str, object]

ORIGIN = "africa"
INFLOW = f"inflow.origins.{ORIGIN}.people_per_day"
NOON_H = 12.0
DAY_H = 24.0

HISTORY = load_scenario(["history_2021"])
NEUTRAL: Sets = neutral_values(HISTORY.config)
STRETCHES = tuple(station.name for station in load_stations())  # of Lithuania
LONE = STRETCHES.index("Kapčiamiestis")  # the only station of its district


def written_out(*sets: Sets) -> dict[str, object]:
    """Return sets as one with all keys in full, later ones over earlier ones, also within a set.

    A ``*`` stands for any one part of a key. What is set to a mapping is set to each of its values.
    """
    values: dict[str, object] = {}
    for key, value in (pair for each in sets for pair in _flat(each)):
        values |= dict.fromkeys(_meant(key), value)
    return values


def _flat(sets: Sets, before: str = "") -> Iterator[tuple[str, object]]:
    """Yield keys and values, of mappings each of theirs."""
    for key, value in sets.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


@cache
def _meant(key: str) -> tuple[str, ...]:
    """Return the keys that a key with ``*`` stands for; any other stands for itself, known or unknown."""
    if "*" not in key:
        return (key,)
    found = [known for known in NEUTRAL if _is_like(parts(HISTORY.tree, known) or [], key.split("."))]
    assert found, f"{key} stands for no key"
    return tuple(dict.fromkeys([*found, *_left_out(found)]))


def _left_out(keys: list[str]) -> Iterator[str]:
    """Yield the same keys of the other countries, also where history_2021 leaves them out."""
    for key in keys:
        names = key.split(".")
        for place, name in enumerate(names):
            each = [(*names[:place], country, *names[place + 1 :]) for country in COUNTRIES]
            yield from (".".join(other) for other in each if name in COUNTRIES and is_known(other))


def _is_like(known: list[str], given: list[str]) -> bool:
    """Return whether a key is one of those that the parts of another stand for."""
    return len(known) == len(given) and all(
        part in ("*", name) for name, part in zip(known, given, strict=True)
    )


# Neutral but for these. A wait or a memory that hangs on nothing in the plain world is one that a test which
# brings what it hangs on can use.
PLAIN = written_out(
    NEUTRAL,
    {
        "period.start": "2021-06-01",
        "period.end": "2021-06-10",
        "land.segment_length_km": 1.0,
        INFLOW: 100,
        "cross.approach_h": 0.5,
        "cross.clear_h": 2,
        "respond.dispatch_delay_h": 0.25,
        "respond.speed_km_per_h": 50,
        "patrols.speed_km_per_h": 16,
        "patrols.reallocation_memory_days": 7,
        "host.steering_memory_days": 5,
        "host.steering_floor_people": 1,
        "harm.cold_below_degc": 10,
        "harm.temperature_month_degc": [10] * 12,
        "learn.passage_memory_days": 4,
        "learn.lag_days": 2,
        "learn.admits_at_first.*": 0.5,
        "learn.prior_passage": 0.5,
        "learn.passage_prior_people": 100,
        "learn.stretch_prior_people": 30,
        "build.*.surveillance_km": [{"from": "2020-01-01", "km": 2000}],
        "run.seed": 1,
    },
)

# What several tests start from; in full, so that what is laid over one of them goes over it.
LT_ONLY: Sets = {"choice.country_factor.LV": 0, "choice.country_factor.PL": 0}
ONE_STATION: Sets = written_out(
    LT_ONLY, {"choice.attraction_factor.*": 0, "choice.attraction_factor.Lazdijai": 1}
)
WIRED: Sets = written_out({"build.*.wire_km": 2000})  # along all borders; by itself it changes nothing
ALL_DETECTED_AT_THE_LINE: Sets = written_out(WIRED, {"detect.alarm_probability.*": 1})
ALL_PRESENT: Sets = {"inflow.presents_share": 1, "learn.prior_passage": 0}
MANY_GUARDS: Sets = written_out({"guards.*.officers": 3000})
FIXED_BELIEFS: Sets = {"learn.passage_prior_people": 100_000}
TURN_BACK: Sets = written_out({"policy.*": "turn_back"})
ALL_MET: Sets = {**ALL_DETECTED_AT_THE_LINE, **MANY_GUARDS, "cross.clear_h": 48}
FAMILIES: Sets = {"inflow.family_size_mean": 2, "inflow.group_size_mean": 8}
ONE_DAY: Sets = {"period.end": "2021-06-01"}
CROWD: Sets = {INFLOW: 3000}
HELD: Sets = written_out(WIRED, {"cross.breach_probability.*": 0})
NOT_LET_BACK: Sets = written_out({"host.let_back_probability.*": 0})
TRYING_AGAIN: Sets = {"choice.retry_days_mean": 1}
# Everybody lands on the first day of half a year, so that nobody's next event lies beyond the horizon.
_LANDED_AT_ONCE: Sets = {
    "period.start": "2021-06-29",
    "period.end": "2021-12-31",
    INFLOW: [{"from": "2021-06-29", "value": 5000}, {"from": "2021-06-30", "value": 0}],
    "choice.rest_days": 1,
}


def plain_scenario(*sets: Sets) -> Scenario:
    """Load the plain scenario with values on top, later ones over earlier ones."""
    return load_scenario(["history_2021"], written_out(PLAIN, *sets))


def plain_world(*sets: Sets) -> World:
    """Build the plain world with values on top."""
    return build_world(plain_scenario(*sets))


def simulate(*sets: Sets, replicates: int = 4, seed: int = 1) -> BlockOutput:
    """Simulate the plain world with values on top; the days have what their counts come to as well."""
    scenario = plain_scenario(*sets)
    return valued(simulate_block(build_world(scenario), seed, 0, replicates), scenario)


def valued(out: BlockOutput, scenario: Scenario) -> BlockOutput:
    """Add to the days what their counts come to at the prices and rates of a scenario."""
    rates = Rates(scenario.config)
    days = [with_valued(np.moveaxis(counted, -1, 0), rates) for counted in out.daily]
    return out._replace(daily=np.moveaxis(np.stack(days), 1, -1))


def totals(out: BlockOutput) -> dict[str, float]:
    """Sum every metric over replicates, days and borders."""
    return dict(zip(DAILY_NAMES, out.daily.sum(axis=(0, 1, 2)), strict=True))


def run_to_end(world: World, replicate: int = 0, seed: int = 1) -> State:
    """Run one replicate and return all it leaves."""
    state = new_state(world.arrays, seed, replicate)
    advance(world.arrays, state, world.days)
    return state


def of_country(out: BlockOutput, metric: str, country: int = LT) -> NDArray[np.float64]:
    """Return a metric of one border by replicate and day."""
    return out.daily[:, :, country, DAILY_NAMES.index(metric)]


def at_the_end(*sets: Sets) -> dict[str, int]:
    """Count people by state at the end of the last day, over four replicates."""
    return dict(zip(STATES, simulate(*sets).stock[:, -1].sum(axis=0).tolist(), strict=True))


def all_in(state: int, *sets: Sets) -> bool:
    """Return whether everybody ends in one state."""
    found = at_the_end(*sets)
    return found[STATES[state]] == sum(found.values()) > 0


def born(*sets: Sets) -> State:
    """Draw everybody, before the first day."""
    return new_state(plain_world(*sets).arrays, 1, 0)


def after_a_day(*sets: Sets) -> State:
    """Run a first day of many landings and leave everybody asleep until their next event."""
    state = born(_LANDED_AT_ONCE, *sets)
    run_days(plain_world(_LANDED_AT_ONCE, *sets).arrays, state, 1)
    return state


def asleep(state: State, event: int) -> np.ndarray:
    """Return the groups that have tried once and now wait for an event."""
    groups = state.groups[(state.groups["people"] > 0) & (state.groups["attempt"] == 1)]
    return np.asarray(groups[groups["event"] == event])


def captives(**per_day: float) -> Sets:
    """Return how often a day each end of a wait between the lines comes: driven, admitted, taken_home..."""
    keys = {f"host.captives_{what}_per_day": often for what, often in per_day.items()}
    ends = {key if key in NEUTRAL else f"{key}.*": often for key, often in keys.items()}
    return written_out(NOT_LET_BACK, ends)
