"""One session of the live page: the reference, its histories, the levers, and what is said of a state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bordersim.analyses.given import SCENARIOS, VALUES, histories_for
from bordersim.analyses.live import state as states
from bordersim.analyses.live.levers import choices_of
from bordersim.analyses.live.runs import FIRST_SIZES, Live
from bordersim.errors import BadInput
from bordersim.experiments.values import GIVEN
from bordersim.inputs.loading import SEED, load
from bordersim.inputs.nearest import did_you_mean
from bordersim.report.app import form, shell
from bordersim.report.app.lever import Change
from bordersim.results.draws import values_of
from bordersim.shipped import shipped

if TYPE_CHECKING:
    from bordersim.analyses.live.state import State
    from bordersim.inputs import Scenario

CHANGED = "{keys}: assumed by you, in A and in B; the histories are no longer conditioned on the record"


class Opened(NamedTuple):
    """What a session was opened with, so that another process can open the same."""

    name: str
    sets: Mapping[str, object]
    values: str
    workers: int | None


@dataclass(frozen=True)
class Session:
    """What the server needs to answer.

    Parameters
    ----------
    reference
        A, without assumptions from the page.
    opened
        What it was opened with.
    said
        What a reader must know first.
    happened
        The name of the scenario of what happened.
    live
        The histories, and the threads that run them.
    """

    reference: Scenario
    opened: Opened
    said: Sequence[str]
    happened: str
    live: Live
    file: str = states.FILE

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many histories can be asked for, the usual number first."""
        usual = min(FIRST_SIZES[-1], self.live.sizes[-1])
        return (usual, *(size for size in self.live.sizes if size != usual))

    def warm_up(self) -> None:
        """Run all histories that are usually shown under the reference, so that each move runs B alone."""
        question = self.live.question(states.State(most=self.sizes[0]))
        for each in question.asked(range(self.sizes[0])):
            each.result()

    def state(self, pairs: Sequence[tuple[str, str]]) -> State:
        """Read a state from the words of an address, and refuse what cannot be run."""
        read = states.read_state(pairs, self.live.choices, self.reference.config.period, self.sizes)
        states.scenarios_of(read, self.reference, self.live.choices)
        return read

    def notes(self, state: State) -> list[str]:
        """Return what a reader must know first of the answer."""
        keys = ", ".join(key for key, _ in state.assumptions)
        return [*([CHANGED.format(keys=keys)] if keys else []), *self.said]

    def page(self, state: State) -> str:
        """Return the page with its levers as a state has them."""
        policies = [self._policy_row(each) for each in state.policies]
        levers = self.live.choices.assumption
        assumptions = [form.assumption_row(levers[key], value) for key, value in state.assumptions]
        sizes = form.sizes(state.most, self.sizes)
        return shell.page(self.reference.title, self.live.choices, (policies, assumptions), sizes)

    def row(self, pairs: Sequence[tuple[str, str]]) -> str:
        """Return the fieldset of a lever that is added: as it is without, on all days.

        Raises
        ------
        BadInput
            If there is no such lever in the group.
        """
        asked = dict(pairs)
        groups = {form.POLICY: self.live.choices.policy, form.ASSUME: self.live.choices.assumption}
        group, key = asked.pop("group", ""), asked.pop("key", "")
        if group not in groups or key not in groups[group] or asked:
            raise BadInput(
                f"key={key}: no lever of the group '{group}'{did_you_mean(key, groups.get(group, ()))}"
            )
        lever = groups[group][key]
        if group == form.ASSUME:
            return form.assumption_row(lever, lever.value)
        period = self.reference.config.period
        return self._policy_row(Change(key, period.start, period.end, lever.value))

    def _policy_row(self, change: Change) -> str:
        """Return the fieldset of a policy."""
        period = self.reference.config.period
        return form.policy_row(self.live.choices.policy[change.key], change, (period.start, period.end))

    def yaml(self, state: State) -> str:
        """Return the policies as a scenario file."""
        return states.scenario_yaml(state, self.reference, self.live.choices, self.opened.sets)


def session_of(
    name: str, sets: Mapping[str, object], values: str = GIVEN, workers: int | None = None
) -> Session:
    """Open a session: load the reference and its histories.

    Raises
    ------
    BadInput
        In one line: no such scenario, or no histories begin on its first day.
    """
    reference = load(name, dict(sets))
    if SEED in sets:
        raise BadInput(f"{SEED}: histories have keys of their own; leave it out")
    given = histories_for(values, [reference], sets)
    if given is None:
        first = reference.config.period.start
        raise BadInput(f"{name}: no histories begin on {first}; {_others()}, or {VALUES} DIR")
    varied = set(values_of(given.draws[0], reference.name))
    live = Live(reference, given.draws, choices_of(reference, varied), workers)
    return Session(reference, Opened(name, sets, values, workers), given.notes, given.happened, live)


def _others() -> str:
    """Name the scenarios that histories come with."""
    folders = sorted(path.name for path in shipped(SCENARIOS).joinpath("given").iterdir())
    return f"take {', '.join(folders[:-1])} or {folders[-1]}"
