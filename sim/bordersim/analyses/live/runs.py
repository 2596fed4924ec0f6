"""Runs of the live page: histories under both scenarios, a few at a time, dropped when a lever moves."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from bordersim.analyses.live.state import State, scenarios_of
from bordersim.analyses.live.worlds import HistoryWorlds
from bordersim.errors import RunError
from bordersim.model.engine import simulate_history
from bordersim.report.app.counts import SHOWN, Counts, Pair, Side
from bordersim.results.reach import worth_of
from bordersim.results.valuation.formulas import with_valued
from bordersim.results.valuation.rates import Rates
from bordersim.words.codes import COUNTRIES
from bordersim.words.valued import DAILY_NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario
    from bordersim.model.engine import Keys
    from bordersim.model.world import Arrays
    from bordersim.report.app.lever import Choices
    from bordersim.results.draws import Draw

    Assumptions = tuple[tuple[str, object], ...]

FIRST_SIZES = (10, 30, 50)  # how many histories there are when ranges are told, each set within the next
REFERENCES_KEPT = 4  # of assumptions, the last ones looked at
THREADS = "live"  # how the names of the threads begin


class DroppedError(RunError):
    """A run that nobody waits for any more."""


def sizes_of(histories: int) -> tuple[int, ...]:
    """Return the sizes of sets: fifty histories, or all."""
    return tuple(sorted({min(size, histories) for size in FIRST_SIZES} | {histories}))


class Live:
    """What stays in memory from one move of a lever to the next.

    Parameters
    ----------
    reference
        The scenario of A, without assumptions of the user.
    draws
        The histories.
    choices
        The levers.
    workers
        Number of threads.
    worth
        How many independent ones all the histories are worth; None where that is not known.
    """

    def __init__(
        self,
        reference: Scenario,
        draws: Sequence[Draw],
        choices: Choices,
        workers: int | None,
        worth: float | None = None,
    ) -> None:
        self.reference, self.choices, self.worth = reference, choices, worth
        self.worlds = HistoryWorlds(reference, draws, FIRST_SIZES[-1])
        self.sizes = sizes_of(len(draws))
        self.pool = ThreadPoolExecutor(workers, thread_name_prefix=THREADS)
        self._kept: OrderedDict[Assumptions, dict[int, Counts]] = OrderedDict()

    def kept(self, assumptions: Assumptions) -> dict[int, Counts]:
        """Return the runs of the reference under some assumptions, by history, as far as they were made."""
        found = self._kept.setdefault(assumptions, {})
        self._kept.move_to_end(assumptions)
        while len(self._kept) > REFERENCES_KEPT:
            self._kept.popitem(last=False)
        return found

    def question(self, state: State) -> Question:
        """Return what is to be run for a state.

        Raises
        ------
        BadInput
            In one line, where values are out of range or do not go together.
        """
        return Question(self, state)

    def close(self) -> None:
        """Let go of the threads; what they are at ends within a history."""
        self.pool.shutdown(cancel_futures=True)


class Question:
    """The two scenarios of a state, run history by history until it is dropped."""

    def __init__(self, live: Live, state: State) -> None:
        self.live, self.state, self.dropped = live, state, Event()
        self.before, self.after = scenarios_of(state, live.reference, live.choices)
        assumed = {key: live.choices.assumption[key] for key, _ in state.assumptions}
        policies = {each.key: live.choices.policy[each.key] for each in state.policies}
        self._left = {*assumed, *policies}
        self._reached = (
            live.worlds.reached(self.before, assumed),
            live.worlds.reached(self.after, assumed | policies),
        )
        self._kept = live.kept(state.assumptions)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many histories there are each time ranges are told."""
        return tuple(size for size in self.live.sizes if size <= self.state.most)

    def asked(self, numbers: Iterable[int]) -> list[Future[tuple[Counts, Counts]]]:
        """Let the threads run some histories; what is not begun can be cancelled."""
        return [self.live.pool.submit(self.pair, number) for number in numbers]

    def pair(self, number: int) -> tuple[Counts, Counts]:
        """Return the counts of a history under A, kept from before where it was run, and under B.

        Raises
        ------
        DroppedError
            If nobody waits for it any more.
        """
        if number not in self._kept:
            self._kept[number] = self._lived(number, self.before)
        before = self._kept[number]
        return before, self._lived(number, self.after) if self.state.policies else before

    def world(self, number: int, scenario: Scenario) -> tuple[Arrays, Rates]:
        """Return the world of a history under one of the two scenarios, and its prices and rates."""
        reached = self._reached[0] if scenario is self.before else self._reached[1]
        config = self.live.worlds.config(number, scenario.config, self._left)
        return self.live.worlds.under(number, config, reached), Rates(config)

    def sides(self, found: Sequence[tuple[Counts, Counts]]) -> Pair:
        """Return both scenarios with the histories run so far."""
        start = self.before.config.period.start
        before, after = zip(*found, strict=True)
        return Pair(
            Side(self.before.name, self.before.title, start, before),
            Side(self.after.name, self.after.title, start, after),
            worth_of(len(found), self.live.sizes[-1], self.live.worth),
        )

    def _lived(self, number: int, scenario: Scenario) -> Counts:
        """Simulate a history under a scenario."""
        if self.dropped.is_set():
            raise DroppedError("dropped")
        world, rates = self.world(number, scenario)
        return counted(world, self.live.worlds.keys(number), rates)


def counted(world: Arrays, keys: Keys, rates: Rates) -> Counts:
    """Run a history and keep the little of it that the page shows."""
    output = simulate_history(world, keys)
    daily = with_valued(np.moveaxis(output.daily[0], -1, 0), rates)
    return Counts(daily.sum(axis=1).T, output.people[0], _shown(daily))


def _shown(daily: NDArray[np.float64]) -> Mapping[tuple[str, str], NDArray[np.float64]]:
    """Return the counts by day of the figures that are shown by day."""
    return {
        (metric, country): daily[DAILY_NAMES.index(metric), :, COUNTRIES.index(country)].copy()
        for metric, country in SHOWN
    }
