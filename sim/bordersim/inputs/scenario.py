"""From scenario files to one validated, frozen configuration that knows where each value comes from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.errors import BadInput
from bordersim.inputs.arguments import Names, named, text, values_to_set
from bordersim.inputs.checks import check_dates, check_missions
from bordersim.inputs.complaints import validated
from bordersim.inputs.expecting import Expectation, expectations_of
from bordersim.inputs.finding import MOST_NAME_LETTERS, Layer, chain, parameters, title_of
from bordersim.inputs.hints import meant
from bordersim.inputs.layers import (
    check_closed_names,
    entry_date,
    leaves,
    merged,
    plain,
    within,
)
from bordersim.inputs.lookup import HISTORY, PARAMETERS, scenario_files
from bordersim.inputs.metadata import CONFIDENCES, is_dated_list
from bordersim.inputs.nearest import listed
from bordersim.inputs.nodes import Facts, Node
from bordersim.inputs.noticing import notes_on
from bordersim.inputs.relative import refuse_without_base
from bordersim.inputs.resolved import flow, written
from bordersim.inputs.schema import Config
from bordersim.inputs.setting import by_key, own_values, parse_sets, with_set
from bordersim.words.text import normal, shortened, visible

if TYPE_CHECKING:
    from bordersim.inputs.arguments import Values

__all__ = ["Entry", "Parameter", "Scenario", "list_scenarios", "load_scenario", "parse_sets"]

ASSUMED = "assumed"


@dataclass(frozen=True)
class Entry:
    """One entry of a dated value: the value from a date on, and its source."""

    from_: date
    value: object
    confidence: str
    source: str
    origin: str


@dataclass(frozen=True)
class Parameter:
    """One value with its unit, range and source; a dated one has the weakest confidence of its entries."""

    key: str
    value: object
    unit: str
    low: float | None
    high: float | None
    confidence: str
    source: str
    origin: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A validated configuration with its name and the origin of every value."""

    name: str
    title: str
    question: str = field(repr=False)
    config: Config = field(repr=False)
    tree: Node = field(repr=False)
    named_files: frozenset[str] = field(default=frozenset(), repr=False)  # whose dates are the user's own
    expect: tuple[Expectation, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False, compare=False)  # allowed, but to be noticed

    def with_values(self, values: Mapping[str, object]) -> Scenario:
        """Return a copy with other values by dotted key, as ``--set`` would make it.

        No file is read, so that thousands of draws of parameters are cheap.

        Raises
        ------
        BadInput
            As `load_scenario` does.
        """
        return _checked(self, reduce(with_set, by_key(values_to_set(values).items()).items(), self.tree))

    @cached_property
    def origins(self) -> dict[str, str]:
        """File and line, or ``--set``, of every value by dotted key."""
        return {key: node.origin for key, node in leaves(self.tree)}

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """Every value by dotted key, with unit, range, confidence, source and origin."""
        return {key: _parameter(key, node) for key, node in leaves(self.tree)}

    @cached_property
    def digest(self) -> str:
        """Hash of the resolved values, sha256 in hex; the same values have the same digest."""
        values = self.config.model_dump(mode="json", by_alias=True)
        canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def resolved_yaml(self, origins: bool = False) -> str:
        """Return all values as YAML that can be run again; with `origins`, each with its origin."""
        header = {"schema_version": 1, "name": self.name, "title": self.title, "resolved": True}
        head = "".join(f"{key}: {flow(value)}\n" for key, value in header.items())
        return head + written(
            self.config.model_dump(by_alias=True, exclude_unset=True), self._origin_of if origins else None
        )

    def explain(self, key: str) -> Parameter:
        """Return everything known about the value at a dotted key."""
        key = normal(text("key", key))
        if key in self.parameters:
            return self.parameters[key]
        section = within(self.tree, key)
        if section is not None:
            raise BadInput(f"{shortened(key)}: is a section; explain one of {listed([*section.mapping()])}")
        raise BadInput(f"{shortened(key)}: unknown key{meant(key, self.tree)}")

    def checked(self) -> Scenario:
        """Return the scenario after checking its dates and that its values agree with each other."""
        check_dates(self.tree, self.config.period, self.named_files)
        check_missions(self.config, self.tree)
        return self

    def _origin_of(self, key: str, number: int | None) -> str:
        node = within(self.tree, key)
        assert node is not None
        if number is None or number >= len(node.items()):
            return node.origin
        return node.items()[number].origin


def load_scenario(names: Names, sets: Values | None = None) -> Scenario:
    """Return the scenario of one or several names, combined in order.

    Parameters
    ----------
    names
        Name (``history_2021``) or path (ending ``.yaml``), a list of them, or some joined by ``+``. Each
        comes with the files it extends; a file that several of them extend is applied once. A name may be
        followed by a colon and values, applied after its files; a later name that gives the same key
        overrides them: ``history_2021:guards.LT.officers=1100,policy.LT=turn_back``.
    sets
        Values by dotted key, each in the unit of its key, applied on top of the files; text is read as YAML.
        ``{"guards.LT.officers.add": 200}`` adds to the scenario's own value, ``.times`` multiplies it, at
        each of its dates; a plain value replaces the value at every date.

    Returns
    -------
    Scenario
        The values, frozen and validated, each with its unit, range, source (a publication) and
        origin (a file or an option).

    Raises
    ------
    BadInput
        If a name, key or value is wrong: file, line, key, and what is allowed, in one line.

    Examples
    --------
    >>> from bordersim import load_scenario
    >>> load_scenario("history_2021", {"guards.LT.officers": 900}).explain("guards.LT.officers").unit
    'people'
    """
    combined, own = named(names)
    given, settings = values_to_set(sets), own_values(own)
    chains = [chain(name) for name in combined]
    ours = [layers[-1] for layers in chains]
    tree = _on_top(parameters().values, _once(chains))
    refuse_without_base(tree)
    for values in (given, settings):
        tree = reduce(with_set, by_key(values.items()).items(), tree)
    check_closed_names(parameters().values, tree)
    config = validated(tree)
    files = frozenset(layer.label for layer in ours if "resolved" not in layer.header)
    base = _on_top(parameters().values, [layer for layer in _once(chains) if layer.label not in files])
    scenario = Scenario(
        **_header(ours, own),
        config=config,
        tree=tree,
        named_files=files,
        expect=_expected(ours, config, {**given, **settings}),
        notes=notes_on(tree, base, config.period.end, files),
    )
    return scenario.checked()


def _on_top(tree: Node, layers: Sequence[Layer]) -> Node:
    """Return the tree with the values of files on top, each on those before."""
    return reduce(merged, [layer.values for layer in layers], tree)


def _header(ours: Sequence[Layer], own: Sequence[str]) -> dict[str, str]:
    """Return name, title and question; settings of a scenario's own are part of its name."""
    said = visible(",".join(own))
    name = "+".join(layer.name for layer in ours) + (f":{said}" if own else "")
    title = " + ".join(layer.text("title") or layer.name for layer in ours)
    return {
        "name": shortened(name, MOST_NAME_LETTERS) if own else name,
        "title": f"{title}, with {shortened(said)}" if own else title,
        "question": " ".join(filter(None, (layer.text("question") for layer in ours))),
    }


def _expected(named: Sequence[Layer], config: Config, sets: Mapping[str, object]) -> tuple[Expectation, ...]:
    """Read the expectations of the file itself, not of those it extends or is combined with."""
    if len(named) > 1:
        return ()
    period = None if any(key.startswith("period") for key in sets) else config.period
    return expectations_of(named[0].header.get("expect"), period)


def list_scenarios() -> list[tuple[str, str]]:
    """Return name and title of every available scenario."""
    files = scenario_files().items()
    return [(name, title_of(path)) for name, path in files if name not in (PARAMETERS, HISTORY)]


def _checked(scenario: Scenario, tree: Node) -> Scenario:
    """Return the scenario with the values of another tree, after the checks of a scenario just loaded."""
    return replace(scenario, config=validated(tree), tree=tree).checked()


def _once(chains: Sequence[Sequence[Layer]]) -> list[Layer]:
    """Return the layers in order; what two chains share is applied at its first place only."""
    first: dict[Path, Layer] = {}
    for layer in (layer for layers in chains for layer in layers):
        first.setdefault(layer.path.resolve(), layer)
    return [layer for layer in first.values() if layer.path.stem != PARAMETERS]


def _parameter(key: str, node: Node) -> Parameter:
    facts = node.facts or Facts()
    entries = tuple(_entry(item) for item in node.items()) if is_dated_list(node) else ()
    weakest = max((entry.confidence for entry in entries), key=CONFIDENCES.index, default=ASSUMED)
    return Parameter(
        key=key,
        value=plain(node),
        unit=facts.unit or ("date" if isinstance(node.value, date) else ""),
        low=facts.low,
        high=facts.high,
        confidence=facts.confidence or weakest,
        source=facts.source or ("by date" if entries else f"set in {node.origin}"),
        origin=node.origin,
        entries=entries,
    )


def _entry(item: Node) -> Entry:
    said = {key: child.value for key, child in item.mapping().items()}
    source = str(said.pop("source", "") or f"set in {item.origin}")
    confidence = str(said.pop("confidence", "") or ASSUMED)
    said.pop("from")
    return Entry(entry_date(item), next(iter(said.values())), confidence, source, item.origin)
