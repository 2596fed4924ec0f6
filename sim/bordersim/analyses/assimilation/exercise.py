"""An exercise of assimilation: what is conditioned on which days of the record, and with what effort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bordersim.analyses.assimilation.study import Study
from bordersim.analyses.exercise import opened, ranges_in, title_in
from bordersim.analyses.exercise_values import day_of, number_in, whole_in
from bordersim.analyses.ranges import Range
from bordersim.errors import BadInput
from bordersim.inputs.finding import name_of
from bordersim.inputs.nodes import Node
from bordersim.inputs.yaml_source import entry_of, place, shown, word_of
from bordersim.results.store.manifest import refuse
from bordersim.validation.evidence import Window, windows_in
from bordersim.validation.targets import targets

if TYPE_CHECKING:
    from bordersim.inputs import Scenario

LEFT_OUT_STREAM = 0x1EF7  # keeps the choice of windows apart from all other chance
KEYS = (
    *("schema_version", "name", "title", "scenario", "legs", "seed", "discrepancy", "rounds", "chains"),
    *("left_out", "parameters", "set"),
)
NEEDED = ("name", "scenario", "legs", "parameters")
MOST_SEED, MOST_DISCREPANCY, MOST_OF_EACH = 900_000_000, 10.0, 10_000
MOST_ROUNDS, MOST_SWEEPS = 10, 80  # each has seeds of its own within a leg
DISCREPANCY, ROUNDS = 0.35, ((4, 100), (8, 150))
STUDIES_AT_HAND = 32
KEPT, HISTORIES, SWEEPS, STEPS = 24, 200, 4, 50

Some = Annotated[int, Field(ge=1, le=MOST_OF_EACH)]
Round = tuple[Some, Some]


class Exercise(BaseModel):
    """What is asked.

    Parameters
    ----------
    scenario
        What happened, by name; `sets` are put on top of it.
    legs
        The last day of each leg; the first begins with the scenario.
    rounds
        Of the first leg: how many filters, each of how many particles; later legs have the last of them.
    kept
        Histories that each filter keeps.
    histories, sweeps, steps
        Chains that begin at these and end as the posterior; sweeps after each of which chains learn from each
        other in which directions values go together; changes that each tries in a sweep.
    known_before
        Only what was known before this day: figures published until then, and of values by date those until
        then; all, if it is empty.
    left_out, left_out_seed
        Share of the windows that no filter and no chain sees, and what they are chosen from [0-1].
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    kind: Literal["assimilation"] = "assimilation"
    name: str
    title: str = ""
    scenario: str
    sets: dict[str, Any]
    legs: tuple[str, ...]
    seed: Annotated[int, Field(ge=0, le=MOST_SEED)]
    discrepancy: Annotated[float, Field(gt=0, le=MOST_DISCREPANCY)]
    rounds: Annotated[tuple[Round, ...], Field(min_length=1, max_length=MOST_ROUNDS)]
    kept: Some
    histories: Annotated[int, Field(ge=2, le=MOST_OF_EACH)]
    sweeps: Annotated[int, Field(ge=1, le=MOST_SWEEPS)]
    steps: Some
    left_out: Annotated[float, Field(ge=0, lt=1)]
    left_out_seed: Annotated[int, Field(ge=0, le=MOST_SEED)]
    ranges: Annotated[tuple[Range, ...], Field(min_length=1)]
    known_before: str = ""

    @model_validator(mode="after")
    def _legs_in_order(self) -> Self:
        if not self.legs or list(self.ends) != sorted(set(self.ends)):
            raise ValueError("legs must be days in order, at least one")
        if self.known is not None and self.known <= self.ends[-1]:
            raise ValueError("known_before must be after the last leg")
        return self

    @property
    def ends(self) -> tuple[date, ...]:
        """The last day of each leg."""
        return tuple(map(date.fromisoformat, self.legs))

    @property
    def runs(self) -> int:
        """How many runs of the model it takes, but for those that go over a part of the days."""
        each = [filters * particles for filters, particles in self.rounds]
        chains = len(self.legs) * self.histories * self.sweeps * self.steps
        return sum(each) + (len(self.legs) - 1) * each[-1] + chains

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, which the manifest of a run keeps."""
        return self.model_dump(mode="json", exclude=set() if self.known_before else {"known_before"})

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any], where: str) -> Exercise:
        """Read it from the plain data of a manifest; `where` begins a complaint."""
        import json

        try:
            return cls.model_validate_json(json.dumps(dict(plain)))
        except ValidationError as error:
            refuse(error, where)

    def loaded(self, end: date) -> Scenario:
        """Load the scenario, running until a day."""
        from bordersim.inputs.as_known import as_known_on
        from bordersim.inputs.loading import load

        scenario = load(self.scenario, {**self.sets, "period.end": str(end)})
        return as_known_on(scenario, self.known) if self.known else scenario

    @property
    def known(self) -> date | None:
        """The day before which things must have been known, if there is one."""
        return date.fromisoformat(self.known_before) if self.known_before else None

    def study(self, end: date) -> Study:
        """Return what is conditioned on the record up to a day, without the windows that are left out."""
        scenario = self.loaded(end)
        windows = _windows(scenario.config.period.start, end, self.name, self.known)
        pairs = zip(windows, self.is_left_out(windows), strict=True)
        used = tuple(window for window, is_out in pairs if not is_out)
        return Study(scenario, self.ranges, used, self.discrepancy)

    def windows(self, end: date) -> tuple[Window, ...]:
        """Return all windows up to a day, in the order in which they become known."""
        return _windows(self.loaded(end).config.period.start, end, self.name, self.known)

    def is_left_out(self, windows: Sequence[Window]) -> list[bool]:
        """Choose the windows that are left out; a longer record leaves out the same ones of a shorter."""
        return [self._luck_of(window) < self.left_out for window in windows]

    def _luck_of(self, window: Window) -> float:
        """Return the luck of one window, which hangs on nothing but what it is."""
        text = f"{window.country} {window.series} {window.spans}"
        return float(np.random.default_rng([LEFT_OUT_STREAM, self.left_out_seed, *text.encode()]).uniform())


@lru_cache(maxsize=STUDIES_AT_HAND)
def _windows(start: date, end: date, name: str, known: date | None) -> tuple[Window, ...]:
    """Read the windows of some days once."""
    return tuple(windows_in(targets(name, (start, end), before=known), start))


def read_exercise(path: Path) -> Exercise:
    """Read an exercise and check it against its scenario.

    Raises
    ------
    BadInput
        In one line with file, line and key, before anything is simulated.
    """
    given = opened(path, KEYS, NEEDED)
    chains = _section(given, "chains", ("histories", "sweeps", "steps"))
    left_out = _section(given, "left_out", ("share", "seed"))
    scenario, sets = word_of(given["scenario"], "scenario"), _sets(given)
    legs = _legs(given["legs"])
    exercise = Exercise(
        name=name_of(given["name"], "name"),
        title=title_in(given),
        scenario=scenario,
        sets=sets,
        legs=legs,
        seed=whole_in(given, "seed", 1, 0, MOST_SEED),
        discrepancy=number_in(given, "discrepancy", DISCREPANCY, MOST_DISCREPANCY),
        rounds=_rounds(given["rounds"]) if "rounds" in given else ROUNDS,
        kept=KEPT,
        histories=whole_in(chains, "histories", HISTORIES, 2, MOST_OF_EACH),
        sweeps=whole_in(chains, "sweeps", SWEEPS, 1, MOST_SWEEPS),
        steps=whole_in(chains, "steps", STEPS, 1, MOST_OF_EACH),
        left_out=number_in(left_out, "share", 0.5, 0.99) if left_out else 0.0,
        left_out_seed=whole_in(left_out, "seed", 1, 0, MOST_SEED),
        ranges=_ranges(given, scenario, {**sets, "period.end": legs[-1]}),
    )
    _check_legs(exercise, given["legs"])
    return exercise


def _check_legs(exercise: Exercise, node: Node) -> None:
    """Refuse legs that end before the scenario begins, or of which nothing is published."""
    try:
        for end in exercise.ends:
            exercise.windows(end)
    except BadInput as error:
        raise BadInput(f"{place(node.origin, 'legs')}: {error}") from None
    if not exercise.study(exercise.ends[-1]).windows:
        nothing = f"no week, month or season is published, and not left out, up to {exercise.ends[-1]}"
        raise BadInput(f"{place(node.origin, 'legs')}: {nothing}")


def _section(given: dict[str, Node], name: str, keys: tuple[str, ...]) -> dict[str, Node]:
    """Read a part that may be left out."""
    return entry_of(given[name], keys, (), name, f"{name}.") if name in given else {}


def _sets(given: dict[str, Node]) -> dict[str, Any]:
    """Read the values that are put on top of the scenario."""
    return {key: node.value for key, node in given["set"].mapping().items()} if "set" in given else {}


def _legs(node: Node) -> tuple[str, ...]:
    """Read the last day of each leg."""
    days = [day_of(item, "legs") for item in node.items()]
    if not days or days != sorted(set(days)):
        raise BadInput(f"{place(node.origin, 'legs')}: expects days in order, is {shown(node.value)}")
    return tuple(map(str, days))


def _rounds(node: Node) -> tuple[Round, ...]:
    """Read how many filters there are in each round, and of how many particles."""
    keys = ("filters", "particles")
    rounds = [entry_of(item, keys, keys, "rounds", "rounds.") for item in node.items()]
    if not 1 <= len(rounds) <= MOST_ROUNDS:
        example = f"a list of 1 to {MOST_ROUNDS}, like '- {{filters: 8, particles: 150}}'"
        raise BadInput(f"{place(node.origin, 'rounds')}: expects {example}")
    return tuple(
        (whole_in(each, "filters", 1, 1, MOST_OF_EACH), whole_in(each, "particles", 1, 2, MOST_OF_EACH))
        for each in rounds
    )


def _ranges(given: dict[str, Node], scenario: str, sets: dict[str, Any]) -> tuple[Range, ...]:
    """Read the values that vary, each with its range."""
    from bordersim.inputs.loading import load

    try:
        loaded = load(scenario, sets)
    except BadInput as error:
        raise BadInput(f"{place(given['scenario'].origin, 'scenario')}: {error}") from None
    return ranges_in(given["parameters"], loaded)
