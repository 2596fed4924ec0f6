"""A story from its parts: the families looked at, those that are told of, and why their ways part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from bordersim.analyses.lives import picks
from bordersim.analyses.lives.apart import Lives, Log, lives_of
from bordersim.analyses.lives.moments import date_at, deaths, life
from bordersim.analyses.lives.names import name_of, parts_of, replicate_and_key
from bordersim.analyses.lives.picks import All, Chosen
from bordersim.analyses.lives.why import why
from bordersim.analyses.readings import parting_day
from bordersim.errors import BadInput
from bordersim.model.world import build_world
from bordersim.report.story.told import Story, Survey, Told
from bordersim.results.draws import values_of

if TYPE_CHECKING:
    from bordersim.analyses.lives.again import Again, Run
    from bordersim.inputs import Scenario

Progress = Callable[[int, int], None]


class Teller:
    """Lives through the replicates of a comparison again and tells of families in them."""

    def __init__(self, again: Again, among: int, progress: Progress | None = None) -> None:
        self.again, self.progress = again, progress
        self.among = again.spread(among)
        first = build_world(self._scenarios(0)[0])
        self.names = [stretch.name.removesuffix(" (assumed)") for stretch in first.segments.stretches]
        codes, origins = first.arrays.origins["code"].tolist(), self._scenarios(0)[0].config.inflow.origins
        self.origins = dict(zip(codes, origins, strict=True))

    def story(self, pick: str, person: str | None = None) -> Story:
        """Return the story of the families that are asked for."""
        who = None if person is None else replicate_and_key(person, self.origins, self.again.plan.replicates)
        everybody = self._everybody([who[0]] if who else self.among)
        if who:
            chosen = self._only(picks.person(everybody, who[1]), str(person))
        else:
            chosen = picks.picked(everybody, pick)
        return self._story(everybody, chosen)

    def _story(self, everybody: All, chosen: list[Chosen]) -> Story:
        """Return a story of the families that were chosen."""
        one, other = self.again.scenarios
        survey, start = self._survey(everybody), one.config.period.start
        days = (one.config.period.end - start).days + 1
        left = len(survey.endings) - len({(each.pick.pair, each.pick.is_same) for each in chosen})
        told = tuple(self._told(each) for each in chosen)
        names, titles = (one.name, other.name), (one.title, other.title)
        return Story(names, titles, days, start, survey, told, left)

    def _everybody(self, replicates: Sequence[int]) -> All:
        """Live through replicates and pair the lives of all families in each."""
        lives = []
        for done, replicate in enumerate(replicates):
            lives.append(self._lives(self.again.runs(replicate))[0])
            if self.progress:
                self.progress(done + 1, len(replicates))
        return All(replicates, lives)

    @staticmethod
    def _lives(runs: Sequence[Run]) -> tuple[Lives, list[Log]]:
        """Pair the lives of one replicate."""
        logs = [Log.of(run.traced) for run in runs]
        return lives_of(*logs), logs

    def _survey(self, everybody: All) -> Survey:
        """Return what there is to say of all families."""
        first = everybody.first_h
        anyone = np.ones(len(everybody.keys), np.bool_)
        return Survey(
            len(everybody.replicates),
            self.again.plan.replicates,
            self.again.word,
            everybody.counted(anyone),
            everybody.counted(~everybody.is_parted),
            everybody.kinds(),
            tuple(everybody.endings()),
            self._policies_part(),
            date_at(self.again.runs(everybody.replicates[0])[0], first) if np.isfinite(first) else None,
        )

    def _policies_part(self) -> date | None:
        """Return the first day on which what decides what happens differs; None where none does."""
        one, other = self.again.scenarios
        day = parting_day(one, other, self.again.plan.draws[0])
        days = (one.config.period.end - one.config.period.start).days + 1
        return one.config.period.start + timedelta(day) if day < days else None

    def _told(self, chosen: Chosen) -> Told:
        """Tell of one family."""
        runs = self.again.runs(chosen.replicate)
        lives, logs = self._lives(runs)
        at = int(np.searchsorted(lives.keys, np.uint64(chosen.key)))
        kind, parted = int(lives.kind[at]), int(lives.parted[at])
        scenarios = self._scenarios(chosen.replicate)
        valued = list(zip(self.again.scenarios, scenarios, strict=True))
        known = next(run for run, log in zip(runs, logs, strict=True) if len(log.of_family(chosen.key)))
        family = known.traced.families[int(np.flatnonzero(known.traced.families["key"] == chosen.key)[0])]
        both = tuple(
            life(run, log.of_family(chosen.key), scenario, self.names)
            for run, log, scenario in zip(runs, logs, scenarios, strict=True)
        )
        died = tuple(deaths(run, log.of_family(chosen.key)) for run, log in zip(runs, logs, strict=True))
        origin, landed, _ = parts_of(chosen.key, self.origins)
        return Told(
            name_of(chosen.replicate, chosen.key, self.origins),
            chosen.pick,
            int(family.people),
            bool(family.seeks_protection),
            origin,
            landed,
            (both[0], both[1]),
            parted,
            None if kind < 0 else date_at(known, float(lives.time_h[at])),
            None if kind < 0 else why(runs, logs, chosen.key, kind, parted, valued, self.names),
            (died[0], died[1]),
        )

    def _scenarios(self, replicate: int) -> tuple[Scenario, Scenario]:
        """Return both scenarios with the values of a history."""
        one, other = self.again.scenarios
        if not self.again.plan.is_given:
            return one, other
        draw = self.again.plan.draws[replicate]
        return one.with_values(values_of(draw, one.name)), other.with_values(values_of(draw, other.name))

    @staticmethod
    def _only(chosen: list[Chosen], person: str) -> list[Chosen]:
        """Return the family that is asked for, or refuse."""
        if not chosen:
            raise BadInput(f"--person {person}: no such family came as far as the border zone in this run")
        return chosen
