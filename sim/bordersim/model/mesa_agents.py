"""Views on the arrays of a run as Mesa agents: they can be read, and refuse to be written.

The engine moves people and guards; an agent that took a write would keep a value that the run does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import mesa

from bordersim.errors import BordersimError
from bordersim.model.rules.guards import patrol_position_km
from bordersim.words.codes import COUNTRIES, STATES

if TYPE_CHECKING:
    from bordersim.model.mesa_model import BorderModel

OF_MESA = ("model", "unique_id", "pos")  # what Mesa itself sets once


class ReadOnlyError(BordersimError, AttributeError):
    """A write to an agent, or its removal: agents show what the engine does and cannot change it."""


class ViewAgent(mesa.Agent):
    """An agent that shows one row of the arrays; Mesa's own `step` of an agent does nothing."""

    def __init__(self, model: BorderModel, row: int, **facts: object) -> None:
        super().__init__(model)
        self.__dict__.update(facts, row=row, is_ready=True)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse every write, but for what Mesa itself sets at the beginning."""
        if name not in OF_MESA or "is_ready" in self.__dict__:
            self._refuse(f"{name} cannot be set")
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        """Refuse."""
        self._refuse(f"{name} cannot be deleted")

    def remove(self) -> None:
        """Refuse: who leaves is decided by the rules."""
        self._refuse("cannot be removed")

    def _refuse(self, what: str) -> NoReturn:
        """Say how a value of the run is changed."""
        raise ReadOnlyError(
            f"{type(self).__name__} {self.__dict__.get('row', '')}: {what}: agents show what the engine does;"
            " change values of the scenario instead: BorderModel(..., set={'guards.LT.officers': 900})"
        )


class SegmentAgent(ViewAgent):
    """One barrier segment."""

    @property
    def attempts(self) -> int:
        """Attempts here so far."""
        return int(self.model.state.segment_counts[self.row, 0])

    @property
    def position(self) -> tuple[float, float]:
        """Longitude and latitude of the midpoint [degrees]."""
        segments = self.model.world.segments
        return float(segments.mid_lon[self.row]), float(segments.mid_lat[self.row])


class StationAgent(ViewAgent):
    """One station and its stretch; `name` is that of the stretch."""

    @property
    def crews_on_shift(self) -> int:
        """Patrol crews on shift today."""
        return int(self.model.state.stretches[self.row].crews)

    @property
    def believed_chance(self) -> float:
        """The public belief about the chance to slip through here [0-1]."""
        return float(self.model.state.stretches[self.row].passage)


class PatrolAgent(ViewAgent):
    """One patrol crew of the stretch with the number `stretch`."""

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


class GroupAgent(ViewAgent):
    """A group of synthetic people who go together, from the day they land; `row` is that of its first family.

    A group is there as long as it holds together: one that another has joined, or whose people are all
    elsewhere, stays as an agent with no people.
    """

    def __repr__(self) -> str:
        """Return which group it is, how many are in it, their state, and their last border."""
        size = f"people={self.people}, families={self.families}"
        tried = f"attempts={self.attempts}, returns={self.returns}, country={self.country}"
        return f"<GroupAgent {self.row}: {size}, {self.condition}, {tried}>"

    @property
    def people(self) -> int:
        """How many people go in it now."""
        return int(self.model.state.groups[self.row].people)

    @property
    def families(self) -> int:
        """How many families go in it now."""
        return int(self.model.state.groups[self.row].families)

    @property
    def condition(self) -> str:
        """The state of its first family, one of the words of `model.people()`."""
        return str(STATES[int(self.model.state.families[self.row].state)])

    @property
    def country(self) -> str | None:
        """The border of the stretch it is at, or tried last; None before its first attempt."""
        group = self.model.state.groups[self.row]
        if not self.attempts:
            return None
        return str(COUNTRIES[int(self.model.world.arrays.stretches[int(group.stretch)].country)])

    @property
    def attempts(self) -> int:
        """Attempts of its first person so far."""
        return int(self._first_person.attempts)

    @property
    def returns(self) -> int:
        """Pushbacks of its first person so far."""
        return int(self._first_person.returns)

    @property
    def _first_person(self) -> Any:
        """The row of its first person."""
        state = self.model.state
        return state.persons[int(state.families[self.row].first_person)]
