"""BorderModel: the model for Mesa, with the same engine as ensembles; Mesa does no arithmetic.

``BorderModel("history_2021", replicate=3)`` is the very replicate 3 of an ensemble with the same seed,
one day a step. Segments, stations, patrols and groups of people are Mesa agents that read their row of the
arrays and refuse to be written; people are counted by state (`people()`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import mesa
import numpy as np

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.inputs.arguments import MOST_REPLICATES, MOST_SEED, Names, text, whole_number
from bordersim.inputs.loading import with_seed
from bordersim.model.engine.histories import Keys, take_key
from bordersim.model.engine.loop import advance
from bordersim.model.engine.replicate import BlockOutput, finished, state_of_key
from bordersim.model.mesa_agents import GroupAgent, PatrolAgent, SegmentAgent, StationAgent
from bordersim.model.records import State
from bordersim.model.world import World, build_world
from bordersim.words.codes import COUNTRIES, STATES
from bordersim.words.metrics import METRIC_NAMES

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.inputs.arguments import Values

    Rng = int | np.integer | np.random.Generator | np.random.SeedSequence | Sequence[int] | None


COLLECTED = (
    *("attempts", "detected", "entry_prevented", "turned_back", "apprehended"),
    *("got_away", "undetected_entry", "withdrawn"),
)


def _so_far(metric: int, country: int, model: BorderModel) -> float:
    """Return a metric of the run so far at one border."""
    return float(model.state.daily[:, country, metric].sum())


def _in_state(code: int, model: BorderModel) -> int:
    """Return how many people are in a state."""
    return int(model.state.in_state[code])


def _collector() -> mesa.DataCollector:
    """Return what is collected after each day: what happened so far at each border, people by state."""
    counts = {
        f"{name}_{country}": partial(_so_far, METRIC_NAMES.index(name), c)
        for name in COLLECTED
        for c, country in enumerate(COUNTRIES)
    }
    people = {f"people_{name}": partial(_in_state, code) for code, name in enumerate(STATES)}
    return mesa.DataCollector(model_reporters={"last_day": "last_day", **counts, **people})


def _seed_of(seed: int | None, rng: Rng) -> int | None:
    """Return the seed of the ensemble: that given, or a whole number as `rng`, or one drawn from it."""
    if seed is not None and rng is not None:
        raise BadInput("seed and rng: give one of them")
    if rng is None:
        return seed
    if isinstance(rng, (int, np.integer)):
        return int(rng)
    try:
        return int(np.random.default_rng(rng).integers(MOST_SEED))
    except (TypeError, ValueError) as error:
        raise BadInput(f"rng: {error}") from None


def _keys(luck: str) -> Keys:
    """Read the keys of a history."""
    try:
        return Keys.read(text("luck", luck))
    except ValueError as error:
        raise BadInput(f"luck: {error}") from None


class BorderModel(mesa.Model):
    """One replicate of a scenario, or one history, advanced a day at a time.

    Parameters
    ----------
    scenario
        Name, path, or several of them, as in `bordersim.run`.
    replicate
        Index of the replicate, from 0; it gives the results of that replicate of `bordersim.run`.
    set
        Values on top of the scenario, by dotted key, each in the unit of its key, as in `bordersim.run`.
    seed
        Seed of the run, a Python or NumPy integer from 0 to 2^63 - 1; None for the scenario's
        own. Mesa's own random numbers, which the model does not use, start from it too.
    luck
        The random draws of one history: the text in the column `luck` of `posterior.parquet`, in a folder
        that ``bordersim assimilate`` made. Give the history's values with `set`. None for the draws of the
        replicate.
    rng
        Mesa's newer name for the seed; give one of the two. A whole number is taken as the seed; from a
        `numpy.random.Generator`, or what `numpy.random.default_rng` accepts, a seed is drawn.

    Attributes
    ----------
    datacollector
        A row for each day: attempts and their outcomes so far by border, people by state.
    groups
        Groups of people who have landed, in the order they came.

    Raises
    ------
    BadInput
        In one line: no such scenario, key, replicate, seed or history, or a value that is not allowed.

    Examples
    --------
    >>> from bordersim.model.mesa_model import BorderModel
    >>> model = BorderModel("history_2021", replicate=3, set={"period.end": "2021-05-07"})
    >>> while model.running:
    ...     model.step()
    >>> model.day
    7
    """

    def __init__(
        self,
        scenario: Names = "history_2021",
        replicate: int = 0,
        set: Values | None = None,
        seed: int | None = None,
        luck: str | None = None,
        rng: Rng = None,
    ) -> None:
        self.replicate = whole_number("replicate", replicate, 0, MOST_REPLICATES - 1)
        seed = _seed_of(seed, rng)
        loaded = load_scenario(scenario, with_seed(set, seed))
        own_seed = loaded.config.run.seed
        super().__init__(seed=None if seed is None else own_seed)
        self.world: World = build_world(loaded)
        self.keys = Keys.of_replicate(own_seed, self.replicate) if luck is None else _keys(luck)
        self._which = f"replicate {self.replicate}" if luck is None else "a history"
        self.state: State = state_of_key(self.world.arrays, np.uint64(self.keys.first))
        stretches = self.world.arrays.stretches
        self.segments = [SegmentAgent(self, row) for row in range(len(self.world.segments))]
        names = [stretch.name for stretch in self.world.segments.stretches]
        self.stations = [StationAgent(self, row, name=names[row]) for row in range(len(stretches))]
        self.patrols = [
            PatrolAgent(self, int(beat.first_patrol) + i, stretch=stretch)
            for stretch, beat in enumerate(stretches)
            for i in range(int(beat.patrols))
        ]
        self.groups: list[GroupAgent] = []
        self._to_come = np.flatnonzero(self.state.groups["families"])
        self.datacollector = _collector()

    def __repr__(self) -> str:
        """Return the scenario, which replicate, how many days are done, and the groups that have landed."""
        done = f"{self.day} of {self.world.days} days from {self.world.start}"
        return f"<BorderModel of {self.world.name}, {self._which}: {done}, {len(self.groups)} groups landed>"

    @property
    def day(self) -> int:
        """Days simulated so far [day]."""
        return int(self.state.clock[0].day)

    @property
    def now_h(self) -> float:
        """Hours since the first midnight, at the start of the next day to come [h]."""
        return float(self.world.arrays.calendar[self.day - 1].end_h) if self.day else 0.0

    @property
    def last_day(self) -> date:
        """The day simulated last; the day before the run at its beginning."""
        return self.world.start + timedelta(self.day - 1)

    @property
    def date(self) -> date:
        """The next day to be simulated."""
        return self.world.start + timedelta(self.day)

    def step(self) -> None:
        """Simulate one day; the last one ends the run, and after it a step does nothing."""
        if self.day < self.world.days:
            take_key(self.state, self.keys.on(self.day))
            advance(self.world.arrays, self.state, self.day + 1)
            self._welcome()
            self.datacollector.collect(self)
        self.steps: int = self.day  # Mesa counts calls
        self.running: bool = self.day < self.world.days

    def _welcome(self) -> None:
        """Make an agent of every group that has landed by now."""
        landed = int(self.state.days[self.day - 1].landed)
        first = self.state.families["first_person"][self._to_come]
        here = int(np.searchsorted(first, landed))
        self.groups += [GroupAgent(self, int(row)) for row in self._to_come[:here]]
        self._to_come = self._to_come[here:]

    def output(self) -> BlockOutput:
        """Return the counts of the replicate so far, after checking that they add up."""
        return finished(self.world.arrays, self.state, f"replicate {self.replicate}")

    def counts(self) -> pd.DataFrame:
        """Return what was counted on all days so far, one row per country; no money."""
        import pandas as pd

        totals = self.state.daily.sum(axis=0)
        return pd.DataFrame(totals, index=pd.Index(COUNTRIES, name="country"), columns=list(METRIC_NAMES))

    def people(self) -> dict[str, int]:
        """Return how many people are in each state."""
        return {name: int(np.sum(self.state.persons["state"] == code)) for code, name in enumerate(STATES)}
