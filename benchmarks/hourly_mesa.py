"""The model as most would write it in Mesa: each group and each patrol is an agent that steps every hour.

It takes land, law, families and what happens in an attempt from the plain model of the tests, and so the
same rules. Its own are the clock, the scheduling and the chance: hours instead of events, all agents in
turn in a new order every hour, draws from Mesa's generator. Patrols stand for an hour where they are at
its start. So it agrees with the engine in distribution and not in bits.
"""

from __future__ import annotations

import sys
from math import exp, inf
from pathlib import Path
from typing import TYPE_CHECKING

import mesa
import numpy as np

from bordersim.model import randomness as chance
from bordersim.model.rules.elementary import log
from bordersim.model.rules.guards import patrol_position_km, response_time_h

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "reference"))

from plain_groups import MigrantGroup
from plain_land import Patrol, Stretch
from plain_model import NOBODY, PlainModel
from plain_output import arrays_of

if TYPE_CHECKING:
    from types import SimpleNamespace

    from plain_output import PlainOutput
    from plain_people import Family

    from bordersim.model.world import World

HOURS_PER_DAY = 24.0
# Drawn once and for all, or once for a spell of days; all else is drawn when it is decided.
LASTING = (chance.WILLING_TO_FLY_HOME, chance.FOCUS, chance.FOCUS_STRETCH)


def probability_from_rate(rate_per_h: float, duration_h: float) -> float:
    """Return the chance [0-1] that something happens within a time at a constant hazard [1/h]."""
    return 1.0 - exp(-rate_per_h * duration_h)


class HourlyPatrol(Patrol):
    """One crew, driving its stretch to and fro."""

    model: HourlyModel

    def __init__(self, model: HourlyModel, key: np.uint64, beat: SimpleNamespace) -> None:
        super().__init__(model, key, beat)
        self.position_km = beat.from_km

    def step(self) -> None:
        """Drive on."""
        speed = self.model.world.params.patrols.speed_km_per_h
        beat, now = self.beat, self.model.now_h
        self.position_km = patrol_position_km(now, self.phase, beat.from_km, beat.length_km, speed)

    def arrival_h(self, place_km: float) -> float:
        """When it could be at a place: after what it is busy with, from where it is this hour."""
        now, respond = self.model.now_h, self.model.world.params.respond
        wait, away_km = max(self.busy_until_h - now, 0.0), abs(self.position_km - place_km)
        return now + response_time_h(wait, respond.dispatch_delay_h, away_km, respond.speed_km_per_h)


class HourlyGroup(MigrantGroup):
    """Families travelling together: every hour it sees whether something happens to it."""

    model: HourlyModel

    def __init__(self, model: HourlyModel, families: list[Family], presents: bool) -> None:
        super().__init__(model, families, presents)
        self.due_h, self.is_waiting = inf, False
        self.rested_h, self.wait_days_mean = 0.0, 0.0

    def step(self) -> None:
        """Set out if this is the hour, and do all that falls into it."""
        model = self.model
        if self.is_waiting and self.is_ready():
            self.is_waiting = False
            self.set_out()
            self.leave_if_empty()
        while self.due_h < model.hour + 1.0:
            model.now_h, self.due_h = max(self.due_h, float(model.hour)), inf
            getattr(self, self.plan)()
            self.leave_if_empty()

    def is_ready(self) -> bool:
        """Return whether it takes heart in this hour; the clock of the model then shows when."""
        hour, hazard = self.model.hour, self.model.world.hazard
        start = max(self.rested_h, float(hour))
        days = (hour + 1.0 - start) * (hazard[hour + 1] - hazard[hour])
        if days <= 0.0:
            return False
        if self.wait_days_mean <= 0.0:
            self.model.now_h = start
            return True
        probability = probability_from_rate(1.0 / self.wait_days_mean, days)
        if self.random.random() >= probability:
            return False
        passed_days = -log(1.0 - self.random.random() * probability) * self.wait_days_mean
        self.model.now_h = start + passed_days / days * (hour + 1.0 - start)
        return True

    def leave_if_empty(self) -> None:
        """Leave the model when nobody is with the group any more."""
        if self.people == 0:
            self.due_h, self.is_waiting = inf, False
            self.remove()

    def sleep(self, until_h: float, plan: str) -> None:
        """Note what to do and when."""
        self.due_h, self.plan, self.is_waiting = until_h, plan, False

    def wait_for_a_chance(self) -> None:
        """Wait for night, weather and courage, with no rest before."""
        self.wait(self.model.now_h, self.model.world.params.choice.first_try_days_mean)

    def try_again_later(self) -> None:
        """Rest after a failed try, then wait for night, weather and courage."""
        params = self.model.world.params
        self.wait(self.model.now_h + params.choice.rest_days * HOURS_PER_DAY, params.choice.retry_days_mean)

    def wait(self, rested_h: float, days_mean: float) -> None:
        """Wait from an hour on, so many days of ordinary weather on average."""
        self.due_h, self.plan, self.is_waiting = inf, "set_out", True
        self.rested_h, self.wait_days_mean = rested_h, days_mean


class HourlyStretch(Stretch):
    """The segments of one station and its patrols."""

    patrol_type = HourlyPatrol


class HourlyModel(PlainModel):
    """One replicate of a world, hour by hour."""

    stretch_type, group_type = HourlyStretch, HourlyGroup
    migrant_type: type[mesa.Agent] = HourlyGroup  # who takes its turn every hour, beside the patrols

    def __init__(self, world: World, seed: int) -> None:
        self.hour, self.turns = 0, 0
        self.lasting: dict[tuple[int, int], float] = {}
        super().__init__(world, seed, 0)

    def draw(self, entity: np.uint64, decision: int, number: int = 0, other: np.uint64 = NOBODY) -> float:
        """Draw from Mesa's generator."""
        if decision in LASTING:
            return self.lasting.setdefault((int(entity), decision), self.random.random())
        return self.random.random()

    @property
    def groups(self) -> list[HourlyGroup]:
        """All groups in the model."""
        return list(self.agents_by_type.get(self.group_type, ()))

    def step(self) -> None:
        """Simulate one hour."""
        self.now_h = float(self.hour)
        if self.hour == self.today.start_h:
            self.start_day()
        self.take_turns()
        self.hour += 1
        if self.hour == self.today.end_h:
            self.end_day()
            self.day += 1

    def take_turns(self) -> None:
        """Let all patrols and then all migrants step, and count how many did."""
        patrols = self.agents_by_type[HourlyPatrol].do("step")
        self.turns += len(patrols)
        if self.migrant_type in self.agents_by_type:
            migrants = self.agents_by_type[self.migrant_type]
            self.turns += len(migrants)
            migrants.shuffle_do("step")

    def fly_home(self) -> None:
        """Let those fly home who would; groups that nobody is left of leave the model."""
        super().fly_home()
        for group in self.groups:
            group.leave_if_empty()

    def run(self) -> PlainOutput:
        """Simulate all hours and return what was counted."""
        while self.day < self.world.days:
            self.step()
        return arrays_of(self)
