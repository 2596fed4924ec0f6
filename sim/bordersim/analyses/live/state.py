"""The state of the levers: read from the address of the page, written back into it, and as a scenario."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bordersim.analyses.live.dates import changed
from bordersim.analyses.ranges import check_values
from bordersim.errors import BadInput
from bordersim.inputs.nearest import did_you_mean
from bordersim.inputs.resolved import flow, written
from bordersim.report.app.lever import Change, Choices, Lever
from bordersim.report.app.named import label_of
from bordersim.report.catalogue import ENGLISH
from bordersim.words.text import shortened

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.inputs.schema import Period

POLICY, ASSUME, HISTORIES = WORDS = "policy", "assume", "histories"
MOST_CHANGES = 40
NAME = "your_policy"  # of scenario B
FILE = f"{NAME}.yaml"
FORMS = {POLICY: "KEY,FIRST,LAST,VALUE", ASSUME: "KEY,VALUE"}


@dataclass(frozen=True)
class State:
    """Where the levers stand.

    Parameters
    ----------
    policies
        What differs in scenario B, in layers: later ones lie over earlier ones.
    assumptions
        Values of both scenarios, by key.
    most
        Number of histories that are run.
    """

    policies: tuple[Change, ...] = ()
    assumptions: tuple[tuple[str, object], ...] = ()
    most: int = 0

    def query(self, usual: int) -> str:
        """Return it as the query of an address; the usual number of histories is left out."""
        said = [
            (POLICY, f"{each.key},{each.first},{each.last},{_text(each.value)}") for each in self.policies
        ]
        said += [(ASSUME, f"{key},{_text(value)}") for key, value in self.assumptions]
        return urlencode([*said, *([] if self.most == usual else [(HISTORIES, self.most)])])


def read_state(
    pairs: Iterable[tuple[str, str]], choices: Choices, period: Period, sizes: Sequence[int]
) -> State:
    """Read a state from the words of an address.

    Raises
    ------
    BadInput
        In one line: no such word, lever, day or value.
    """
    pairs = list(pairs)
    for word, _ in pairs:
        if word not in WORDS:
            raise BadInput(f"{shortened(word)}: unknown{did_you_mean(word, WORDS)}")
    policies = [_policy(text, choices, period) for word, text in pairs if word == POLICY]
    assumptions = [_assumption(text, choices) for word, text in pairs if word == ASSUME]
    if max(len(policies), len(assumptions)) > MOST_CHANGES:
        raise BadInput(f"at most {MOST_CHANGES} policies and {MOST_CHANGES} assumptions at a time")
    for key, _ in assumptions:
        if [each for each, _ in assumptions].count(key) > 1:
            raise BadInput(f"{ASSUME}={key}: given twice")
    return State(tuple(policies), tuple(assumptions), _most(pairs, sizes))


def _most(pairs: Iterable[tuple[str, str]], sizes: Sequence[int]) -> int:
    """Read how many histories are wanted."""
    given = [text for word, text in pairs if word == HISTORIES]
    if len(given) > 1:
        raise BadInput(f"{HISTORIES}: given twice")
    if given and given[0] not in map(str, sizes):
        raise BadInput(
            f"{HISTORIES}={shortened(given[0])}: must be {', '.join(map(str, sizes[:-1]))} or {sizes[-1]}"
        )
    return int(given[0]) if given else sizes[0]


def _policy(text: str, choices: Choices, period: Period) -> Change:
    """Read a policy."""
    key, *days, said = _parted(POLICY, text)
    lever = _lever(POLICY, key, choices.policy, choices.assumption, "an assumption")
    first, last = (_day(text, day, period) for day in days)
    if last < first:
        raise BadInput(f"{POLICY}={shortened(text)}: the last day, {last}, is before the first, {first}")
    return Change(key, first, last, _value(f"{POLICY}={key}", said, lever))


def _assumption(text: str, choices: Choices) -> tuple[str, object]:
    """Read an assumption."""
    key, said = _parted(ASSUME, text)
    lever = _lever(ASSUME, key, choices.assumption, choices.policy, "a policy")
    value: Any = _value(f"{ASSUME}={key}", said, lever)
    if not lever.low <= value <= lever.high:
        ends = f"{lever.low:g} and {lever.high:g} {lever.unit}".rstrip()
        raise BadInput(f"{ASSUME}={key}: must be between {ends}, is {value:g}")
    return key, value


def _parted(word: str, text: str) -> list[str]:
    """Part a text at its last commas: a name within a key may have some."""
    form = FORMS[word]
    parts = text.rsplit(",", form.count(","))
    if len(parts) <= form.count(","):
        raise BadInput(f"{word}={shortened(text)}: expects {form}")
    return parts


def _lever(word: str, key: str, levers: Mapping[str, Lever], others: Mapping[str, Lever], what: str) -> Lever:
    """Return the lever of a key; one of the other group is none."""
    if key in others:
        raise BadInput(f"{word}={key}: is {what}, the two are never mixed")
    if key not in levers:
        raise BadInput(f"{word}={shortened(key)}: unknown lever{did_you_mean(key, levers)}")
    return levers[key]


def _day(text: str, day: str, period: Period) -> date:
    """Read a day of the period."""
    try:
        read = date.fromisoformat(day)
    except ValueError:
        read = None
    if read is None or not period.start <= read <= period.end:
        allowed = f"expects a day between {period.start} and {period.end}"
        raise BadInput(f"{POLICY}={shortened(text)}: {allowed}, is '{shortened(day)}'")
    return read


def _value(where: str, said: str, lever: Lever) -> object:
    """Read a value; its range is looked at later."""
    if lever.words:
        if said not in lever.words:
            raise BadInput(f"{where}: must be one of {', '.join(lever.words)}, is '{shortened(said)}'")
        return said
    try:
        number = float(said)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadInput(f"{where}: expects a number, is '{shortened(said)}'")
    return int(number) if number.is_integer() else number


def scenarios_of(state: State, reference: Scenario, choices: Choices) -> tuple[Scenario, Scenario]:
    """Return both scenarios: the reference with the assumptions, and that with the policies on top.

    Raises
    ------
    BadInput
        In one line, where a value is out of the range of the schema or values do not go together.
    """
    assumed = dict(state.assumptions)
    check_values(reference, assumed, f"{ASSUME}:")
    before = reference.with_values(assumed) if assumed else reference
    laid = by_key(state, before)
    check_values(before, dict(laid), f"{POLICY}:")
    after = before.with_values(dict(laid)) if laid else before
    title = f"{reference.title}, but {told(state, choices)}" if state.policies else reference.title
    return before, replace(after, name=NAME, title=title)


def by_key(state: State, reference: Scenario) -> dict[str, list[dict[str, object]]]:
    """Return the entries by date of each lever of the policies."""
    ordered = sorted(state.policies, key=lambda each: each.key)  # keeps the layers of each key in order
    return {
        key: changed(reference, key, list(layers)) for key, layers in groupby(ordered, lambda each: each.key)
    }


def told(state: State, choices: Choices) -> str:
    """Return the policies in words."""
    return "; ".join(_told(each, choices.policy[each.key]) for each in state.policies)


def _told(change: Change, lever: Lever) -> str:
    """Return a policy in words."""
    value = f"{_text(change.value)} {lever.unit}".strip().replace("_", " ")
    return f"{label_of(lever.key, ENGLISH)} {value} from {change.first} to {change.last}"


def command(state: State, reference: Scenario, sets: Mapping[str, object]) -> str:
    """Return what gives the same numbers on the command line, once the policies are saved as a scenario."""
    assumed = {**sets, **dict(state.assumptions)}
    options = [word for key, value in assumed.items() for word in ("--set", f"{key}={_text(value)}")]
    return shlex.join(["bordersim", "compare", reference.name, FILE, *options])


def scenario_yaml(state: State, reference: Scenario, choices: Choices, sets: Mapping[str, object]) -> str:
    """Return the policies as a scenario file; assumptions, which are of both sides, stand in the command."""
    before, after = scenarios_of(state, reference, choices)
    head = {"schema_version": 1, "name": NAME, "title": after.title, "extends": reference.name}
    lines = [
        f"# Save as {FILE} and run, for the answer from all histories:",
        f"#   {command(state, reference, sets)}",
        *(f"{key}: {flow(value)}" for key, value in head.items()),
    ]
    nested: dict[str, Any] = {}
    for key, entries in by_key(state, before).items():
        *above, last = key.split(".")
        inner = nested
        for part in above:
            inner = inner.setdefault(part, {})
        inner[last] = entries
    return "\n".join([*lines, written(nested, None) if nested else ""])


def _text(value: object) -> str:
    """Write a value as a user types it."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
