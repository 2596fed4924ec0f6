"""One session of the live page: the reference, its histories, the levers, and what is said of a state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bordersim.analyses.given import SCENARIOS, VALUES, histories_for
from bordersim.analyses.live import state as states
from bordersim.analyses.live.levers import choices_of
from bordersim.analyses.live.published import published_apart
from bordersim.analyses.live.runs import FIRST_SIZES, Live
from bordersim.errors import BadInput
from bordersim.experiments.values import GIVEN
from bordersim.inputs.loading import SEED, load
from bordersim.inputs.nearest import did_you_mean
from bordersim.report.app import form, shell
from bordersim.report.app.answer import parts_of
from bordersim.report.app.lever import Change
from bordersim.report.catalogue import language_of
from bordersim.results.draws import values_of
from bordersim.shipped import shipped

if TYPE_CHECKING:
    from bordersim.analyses.live.published import Found
    from bordersim.analyses.live.runs import Question
    from bordersim.analyses.live.state import State
    from bordersim.inputs import Scenario
    from bordersim.report.app.counts import Counts
    from bordersim.report.catalogue import Language
    from bordersim.report.page.days import Published


class Opened(NamedTuple):
    """What a session was opened with, so that another process can open the same."""

    name: str
    sets: Mapping[str, object]
    values: str
    workers: int | None
    lang: str = "en"


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
    kept
        The answers that were made before anybody asked, by state.
    """

    reference: Scenario
    opened: Opened
    said: Sequence[str]
    happened: str
    live: Live
    file: str = states.FILE
    kept: dict[State, dict[str, str]] = field(default_factory=dict)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many histories can be asked for, the usual number first."""
        usual = min(FIRST_SIZES[-1], self.live.sizes[-1])
        return (usual, *(size for size in self.live.sizes if size != usual))

    @property
    def language(self) -> Language:
        """In which words the page is."""
        return language_of(self.opened.lang)

    @cached_property
    def record(self) -> Found:
        """What was published of the days, by metric and border."""
        period = self.reference.config.period
        return published_apart(period.start, period.days)

    def warm_up(self) -> None:
        """Run the histories that are usually shown under the reference, and write what is shown first.

        So each move runs B alone, and the page is there at once.
        """
        state = states.State(most=self.sizes[0])
        self.live.pool.submit(lambda: self.record)
        question = self.live.question(state)
        found = [each.result() for each in question.asked(range(state.most))]
        self.kept[state] = self.parts(question, found)

    def parts(self, question: Question, found: Sequence[tuple[Counts, Counts]]) -> dict[str, str]:
        """Write the answer from the histories run so far."""
        notes, of = self.notes(question.state), question.sizes[-1]

        def published(metric: str, country: str) -> Published:
            return self.record[metric, country]

        return parts_of(question.sides(found), notes, of, published, self.language)

    def state(self, pairs: Sequence[tuple[str, str]]) -> State:
        """Read a state from the words of an address, and refuse what cannot be run."""
        read = states.read_state(pairs, self.live.choices, self.reference.config.period, self.sizes)
        states.scenarios_of(read, self.reference, self.live.choices)
        return read

    def notes(self, state: State) -> list[str]:
        """Return what a reader must know first of the answer."""
        keys = ", ".join(key for key, _ in state.assumptions)
        return [*([self.language.say("app.changed", keys=keys)] if keys else []), *self.said]

    def page(self, state: State) -> str:
        """Return the page with its levers as a state has them."""
        language, levers = self.language, self.live.choices.assumption
        policies = [self._policy_row(each) for each in state.policies]
        assumptions = [form.assumption_row(levers[key], value, language) for key, value in state.assumptions]
        sizes = form.sizes(state.most, self.sizes, language)
        return shell.page(self.reference.title, self.live.choices, (policies, assumptions), sizes, language)

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
            return form.assumption_row(lever, lever.value, self.language)
        period = self.reference.config.period
        return self._policy_row(Change(key, period.start, period.end, lever.value))

    def _policy_row(self, change: Change) -> str:
        """Return the fieldset of a policy."""
        period = self.reference.config.period
        days = period.start, period.end
        return form.policy_row(self.live.choices.policy[change.key], change, days, self.language)

    def yaml(self, state: State) -> str:
        """Return the policies as a scenario file."""
        return states.scenario_yaml(state, self.reference, self.live.choices, self.opened.sets)


def session_of(
    name: str,
    sets: Mapping[str, object],
    values: str = GIVEN,
    workers: int | None = None,
    lang: str = "en",
) -> Session:
    """Open a session: load the reference and its histories.

    Raises
    ------
    BadInput
        In one line: no such scenario or language, or no histories begin on its first day.
    """
    language_of(lang)
    reference = load(name, dict(sets))
    if SEED in sets:
        raise BadInput(f"{SEED}: histories have keys of their own; leave it out")
    given = histories_for(values, [reference], sets)
    if given is None:
        first = reference.config.period.start
        raise BadInput(f"{name}: no histories begin on {first}; {_others()}, or {VALUES} DIR")
    varied = set(values_of(given.draws[0], reference.name))
    live = Live(reference, given.draws, choices_of(reference, varied), workers, given.worth)
    opened = Opened(name, sets, values, workers, lang)
    return Session(reference, opened, given.notes, given.happened, live)


def _others() -> str:
    """Name the scenarios that histories come with."""
    folders = sorted(path.name for path in shipped(SCENARIOS).joinpath("given").iterdir())
    return f"take {', '.join(folders[:-1])} or {folders[-1]}"
