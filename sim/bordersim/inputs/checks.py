"""Checks across values: implausible dates, and values that must agree with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from bordersim.errors import BadInput
from bordersim.inputs.layers import entry_date, leaves, parts, within
from bordersim.inputs.metadata import is_dated_list
from bordersim.inputs.nodes import SET, Node
from bordersim.inputs.schema.base import ByCountry
from bordersim.inputs.schema.dated import FIRST_DAY, LAST_DAY, AnyStep
from bordersim.inputs.schema.places import schema_at
from bordersim.inputs.yaml_source import place

if TYPE_CHECKING:
    from bordersim.inputs.schema import Config, Period


def check_dates(tree: Node, period: Period, named_files: frozenset[str]) -> None:
    """Refuse a date that cannot be meant.

    An entry after the last day there is, given by the user, is a mistake; one after the end does nothing.
    """
    for key, node in leaves(tree):
        if not is_dated_list(node):
            continue
        _check_first_entry(tree, key, node.items()[0], period.start)
        for entry in node.items():
            ours = entry.origin == SET or entry.origin.rpartition(":")[0] in named_files
            if ours and entry_date(entry) > LAST_DAY:
                allowed = f"must be between {FIRST_DAY} and {LAST_DAY}"
                raise BadInput(f"{place(entry.origin, key)}: {allowed}, is {entry_date(entry)}")


def _falls_back(tree: Node, key: str) -> bool:
    """Return whether something holds before the first entry: what holds where the key is left out."""
    return "default" in schema_at(parts(tree, key) or ())


def _check_first_entry(tree: Node, key: str, entry: Node, start: date) -> None:
    """Something must hold on the first day; kilometres and flights are none before their first date."""
    begins_at_nothing = entry.mapping().keys() & {"km", "seats"}
    if entry_date(entry) > start and not begins_at_nothing and not _falls_back(tree, key):
        raise BadInput(
            f"{place(entry.origin, key)}: nothing holds from the start {start} to {entry_date(entry)}"
        )


def check_missions(config: Config, tree: Node) -> None:
    """Nobody is reached by two missions: the probabilities of the three do not exceed 1 together."""
    steps = {name: config.claims[name].mission_reach_probability for name in ByCountry.model_fields}
    start, end = config.period.start, config.period.end
    changes = {step.from_ for each in steps.values() for step in each if start < step.from_ <= end}
    for day in (start, *sorted(changes)):
        held = {name: _held(each, day) for name, each in steps.items()}
        if sum(each[-1].value for each in held.values()) > 1:
            _refuse_missions(day, steps, held, tree)


def _held(steps: Sequence[AnyStep], day: date) -> list[AnyStep]:
    """Return the entries up to a day; the last of them holds."""
    return [step for step in steps if step.from_ <= day]


def _refuse_missions(
    day: date, steps: Mapping[str, Sequence[AnyStep]], held: Mapping[str, list[AnyStep]], tree: Node
) -> NoReturn:
    """Point at the largest of the three; what holds before the first entry of a list stands in no file."""
    most = max(held, key=lambda name: held[name][-1].value)
    key = f"claims.{most}.mission_reach_probability"
    node = within(tree, key)
    assert node is not None
    later = len(steps[most]) - len(held[most])
    entry = node.items()[-1 - later] if is_dated_list(node) else node
    values = " + ".join(f"{steps[-1].value:g} {name}" for name, steps in held.items())
    raise BadInput(f"{place(entry.origin, key)}: must not exceed 1 together, is {values} from {day} on")
