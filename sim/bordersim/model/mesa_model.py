"""BorderModel: the model for Mesa, with the same engine as ensembles; Mesa does no arithmetic.

``BorderModel("history_2021", replicate=3)`` is the very replicate 3 of an ensemble with the same seed,
one day a step. Segments, stations and patrols are Mesa agents that read their row of the arrays; people
are counted by state (`people()`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import mesa
import numpy as np

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.inputs.arguments import MOST_REPLICATES, Names, text, whole_number
from bordersim.inputs.loading import with_seed
from bordersim.model.engine.histories import Keys, take_key
from bordersim.model.engine.loop import advance
from bordersim.model.engine.replicate import BlockOutput, finished, state_of_key
from bordersim.model.records import State
from bordersim.model.rules.guards import patrol_position_km
from bordersim.model.world import World, build_world
from bordersim.words.codes import COUNTRIES, STATES
from bordersim.words.metrics import METRIC_NAMES

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.inputs.arguments import Values


class SegmentAgent(mesa.Agent):
    """One barrier segment."""

    def __init__(self, model: BorderModel, row: int) -> None:
        super().__init__(model)
        self.row = row

    @property
    def attempts(self) -> int:
        """Attempts here so far."""
        return int(self.model.state.segment_counts[self.row, 0])

    @property
    def position(self) -> tuple[float, float]:
        """Longitude and latitude of the midpoint [degrees]."""
        segments = self.model.world.segments
        return float(segments.mid_lon[self.row]), float(segments.mid_lat[self.row])


class StationAgent(mesa.Agent):
    """One station and its stretch."""

    def __init__(self, model: BorderModel, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.name = model.world.segments.stretches[row].name

    @property
    def crews_on_shift(self) -> int:
        """Patrol crews on shift today."""
        return int(self.model.state.stretches[self.row].crews)

    @property
    def believed_chance(self) -> float:
        """The public belief about the chance to slip through here [0-1]."""
        return float(self.model.state.stretches[self.row].passage)


class PatrolAgent(mesa.Agent):
    """One patrol crew."""

    def __init__(self, model: BorderModel, row: int, stretch: int) -> None:
        super().__init__(model)
        self.row, self.stretch = row, stretch

    @property
    def is_on_shift(self) -> bool:
        """Whether it is on shift today: if its number is below the crews of its station."""
        state = self.model.state
        return bool(state.patrols[self.row].number < state.stretches[self.stretch].crews)

    @property
    def is_busy(self) -> bool:
        """Whether it is handling a group now."""
        return bool(self.model.state.patrols[self.row].busy_until_h > self.model.now_h)

    @property
    def position_km(self) -> float:
        """Its position on the border's axis now [km]."""
        beat, params = self.model.world.arrays.stretches[self.stretch], self.model.world.arrays.params[0]
        phase = float(self.model.state.patrols[self.row].phase)
        speed = float(params.patrols.speed_km_per_h)
        return float(
            patrol_position_km(self.model.now_h, phase, float(beat.from_km), float(beat.length_km), speed)
        )


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
        Index of the replicate, from 0; its numbers are those of the ensemble.
    set
        Values on top of the scenario, by dotted key, each in the unit of its key, as in `bordersim.run`.
    seed
        Seed of the ensemble, 0 to 2^63 - 1; None for the scenario's own. Mesa's own random numbers, which
        the model does not use, start from it too.
    luck
        The keys of a history, as `posterior.parquet` holds them; its values are given by `set`. None for
        those of the replicate.

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
    ) -> None:
        self.replicate = whole_number("replicate", replicate, 0, MOST_REPLICATES - 1)
        loaded = load_scenario(scenario, with_seed(set, seed))
        own_seed = loaded.config.run.seed
        super().__init__(seed=None if seed is None else own_seed)
        self.world: World = build_world(loaded)
        self.keys = Keys.of_replicate(own_seed, self.replicate) if luck is None else _keys(luck)
        self.state: State = state_of_key(self.world.arrays, np.uint64(self.keys.first))
        stretches = self.world.arrays.stretches
        self.segments = [SegmentAgent(self, row) for row in range(len(self.world.segments))]
        self.stations = [StationAgent(self, row) for row in range(len(stretches))]
        self.patrols = [
            PatrolAgent(self, int(beat.first_patrol) + i, stretch)
            for stretch, beat in enumerate(stretches)
            for i in range(int(beat.patrols))
        ]

    @property
    def day(self) -> int:
        """Days simulated so far [day]."""
        return int(self.state.clock[0].day)

    @property
    def now_h(self) -> float:
        """Hours since the first midnight, at the start of the next day to come [h]."""
        return float(self.world.arrays.calendar[self.day - 1].end_h) if self.day else 0.0

    @property
    def date(self) -> date:
        """The next day to be simulated."""
        return self.world.start + timedelta(self.day)

    def step(self) -> None:
        """Simulate one day; the last one ends the run."""
        if self.day < self.world.days:
            take_key(self.state, self.keys.on(self.day))
            advance(self.world.arrays, self.state, self.day + 1)
        self.running: bool = self.day < self.world.days

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
