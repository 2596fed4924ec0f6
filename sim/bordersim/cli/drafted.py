"""The text of a new scenario file: the values of its base, each commented out and explained."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from bordersim.errors import BadInput
from bordersim.inputs import Parameter, Scenario
from bordersim.inputs.hints import meant
from bordersim.inputs.layers import plain, within
from bordersim.inputs.lookup import SCHEMA_VERSION
from bordersim.inputs.nearest import EVERY_KEY, nearest, suggestion
from bordersim.inputs.nodes import Node
from bordersim.inputs.resolved import flow
from bordersim.inputs.schema import Config
from bordersim.inputs.schema.meaning import meaning_of
from bordersim.inputs.schema.places import entry_of, form_at, schema_at
from bordersim.words.text import shortened

ALL, PERIOD = "all", "period"
LEVERS = ("policy", "guards", "build")  # what a government decides
WIDTH = 110
INDENT = "  "
HEAD = """\
# yaml-language-server: $schema={schema}
## A scenario on top of {base}. Try it: bordersim compare {base} {file}
##
## A line that begins with one # and a space holds a value as it is in {base}: take these two
## signs away, change the value, save. Lines that begin with ## explain. The rest stays as in {base}.
##
##   officers: 1100                      this value, on all days
##   officers: {{add: 200}}                200 more than {base} has, on each of its dates
##   officers: {{times: 2}}                twice as many, on each of its dates
##   officers: [{{from: 2021-07-01, add: 200}}, {{from: 2021-10-01, add: 0}}]     200 more until September
##
## Where a value may change by date: each entry holds until the next; kilometres grow evenly from date to
## date; an entry with seats is one flight. A list replaces the values of {base} from its first date on,
## those before stay. A date after the end of the period changes nothing.
##
## A value outside its range runs with a note. A source may stand beside a value:
##   officers: {{value: 1100, source: "the ministry's plan of May", confidence: published}}
schema_version: {version}
name: {name}
title: {name}
## question: what you ask, in one sentence
extends: {extends}
"""


def drafted(base: Scenario, name: str, extends: str, about: Sequence[str], schema: str) -> str:
    """Return the file.

    Parameters
    ----------
    base, extends
        The scenario below, and how the file names it.
    about
        Sections or dotted keys whose values are listed; "all" for every value.
    schema
        The file of the JSON schema, as seen from this one.

    Raises
    ------
    BadInput
        In one line: there is no such section.
    """
    wanted = _wanted(about, base)
    told = {"version": SCHEMA_VERSION, "name": flow(name), "extends": flow(extends), "schema": schema}
    head = HEAD.format(base=base.name, file=f"{name}.yaml", **told)
    lines = [*_sections(base, wanted), *_others(wanted)]
    return "\n".join([head, *lines, ""])


def _wanted(about: Sequence[str], base: Scenario) -> tuple[str, ...]:
    """Return the keys whose values are listed; the days always are."""
    if ALL in about:
        return tuple(Config.model_fields)
    for key in about:
        if within(base.tree, key) is None:
            near = None if "." in key else nearest(key, Config.model_fields)
            hint = suggestion(key, near) if near else meant(key, base.tree)
            raise BadInput(f"--about {shortened(key)}: unknown key{hint}")
    return (PERIOD, *about)


def _sections(base: Scenario, wanted: Sequence[str]) -> Iterator[str]:
    """Yield the sections in the order in which they are wanted."""
    for name in dict.fromkeys(key.partition(".")[0] for key in wanted):
        yield from _part(base, base.tree.mapping()[name], (name,), wanted)
        yield ""


def _part(base: Scenario, node: Node, keys: tuple[str, ...], wanted: Sequence[str]) -> Iterator[str]:
    """Yield a section with its name as it is, or a value commented out."""
    indent, key = INDENT * (len(keys) - 1), ".".join(keys)
    if not _is_wanted(key, wanted):
        return
    if isinstance(node.value, dict):
        yield f"{indent}{flow(keys[-1])}:"
        for name, child in node.value.items():
            yield from _part(base, child, (*keys, name), wanted)
        return
    yield ""
    yield from _comment(indent, [_explained(base.parameters[key], keys)])
    yield from _comment(indent, _entries(base.parameters[key], base), hanging=INDENT)
    yield f"{indent}# {flow(keys[-1])}: {flow(plain(node))}"


def _is_wanted(key: str, wanted: Sequence[str]) -> bool:
    """Return whether a key is wanted, or lies in, or on the way to one that is."""
    return any(f"{key}.".startswith(f"{each}.") or f"{each}.".startswith(f"{key}.") for each in wanted)


def _explained(parameter: Parameter, keys: tuple[str, ...]) -> str:
    """Return what a value is, its range and its source."""
    form, words = form_at(keys), [meaning_of(parameter.key)]
    if parameter.low is not None and parameter.high is not None:
        words.append(f"range {parameter.low:g} to {parameter.high:g} {parameter.unit}")
    if regimes := entry_of(schema_at(keys)).get("regime"):
        words.append(f"one of {', '.join(regimes['enum'])}")
    if not parameter.entries and parameter.unit != "date":
        words.append(f"{parameter.confidence}: {parameter.source}")
    if form.value_key:
        words.append(f"may change by date, [{{from: DATE, {form.value_key}: ...}}]")
    return "; ".join(words)


def _entries(parameter: Parameter, base: Scenario) -> Iterator[str]:
    """Yield the entries that hold in the period, with their sources, and how many are left out."""
    start, end = base.config.period.start, base.config.period.end
    ends = [following.from_ for _, following in pairwise(parameter.entries)] + [date.max]
    held = [
        entry
        for entry, until in zip(parameter.entries, ends, strict=False)
        if entry.from_ <= end and until > start
    ]
    for entry in held:
        yield f"from {entry.from_}: {flow(entry.value)} ({entry.confidence}: {entry.source})"
    if left := len(parameter.entries) - len(held):
        yield f"and {left} outside the period"


def _comment(indent: str, lines: Iterable[str], hanging: str = "") -> Iterator[str]:
    """Yield lines as comments, wrapped."""
    for line in lines:
        begin = f"{indent}## {hanging}"
        yield from textwrap.wrap(
            line, WIDTH, initial_indent=begin, subsequent_indent=f"{begin}{INDENT}", break_on_hyphens=False
        )


def _others(wanted: Sequence[str]) -> Iterator[str]:
    """Yield which sections the file does not list."""
    others = [name for name in Config.model_fields if not _is_wanted(name, wanted)]
    if others:
        yield from _comment("", [f"More sections, with --about {ALL} or by name: {', '.join(others)}."])
        yield f"## {EVERY_KEY.capitalize()}; one of them: bordersim explain KEY"
