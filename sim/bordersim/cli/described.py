"""A scenario and its values as text, for `show` and `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bordersim.inputs import Parameter, Scenario

# Values from these files are common to all scenarios.
COMMON = ("parameters.yaml:", "history.yaml:")


LISTS = "A list in a scenario replaces the entries from its first date on, those before stay"
KINDS = {
    "parameter": "parameter, an unknown constant of a rule",
    "what-if": "what-if: does nothing until a scenario switches its rule on",
    "way of counting": "way of counting: changes what is written down of what happens, not what happens",
    "input data": "input data: what stood, was ordered, flown or measured, or is set; no constant of a rule",
    "price or rate": "price or rate, applied to the counts of a run, after it; decides nothing that happens"
    " (bordersim value)",
}
HOLDS = {
    "value": "Each entry holds until the next",
    "regime": "Each entry holds until the next",
    "km": "Kilometres grow evenly from date to date",
    "seats": "Each entry is one flight, on its day",
}


def described(scenario: Scenario) -> str:
    """Return the question of a scenario and the values it sets itself."""
    period = scenario.config.period
    head = (f"{scenario.name}: {scenario.title}", scenario.question, f"{period.start} to {period.end}")
    own = {key: p for key, p in scenario.parameters.items() if not any(c in p.origin for c in COMMON)}
    lines = [f"  {key} = {_value(parameter)}  [{parameter.origin}]" for key, parameter in own.items()]
    more = "every value: --resolved; where each comes from: --origin"
    return "\n".join([*filter(None, head), "sets:", *(lines or ["  nothing"]), more])


def by_date(keys: tuple[str, ...]) -> str:
    """Return how the entries of a value combine, nothing for one that does not change by date."""
    from bordersim.inputs.schema.places import form_at

    key = form_at(keys).value_key
    return f"  by date     [{{from: 2021-08-03, {key}: ...}}]. {HOLDS[key]}. {LISTS}." if key else ""


def explained(parameter: Parameter, keys: tuple[str, ...]) -> str:
    """Return everything known about a value."""
    from bordersim.inputs.schema.kinds import kind_of
    from bordersim.inputs.schema.meaning import meaning_of

    facts = {
        "meaning": meaning_of(parameter.key),
        "value": _value(parameter),
        "unit": parameter.unit,
        "range": f"{parameter.low} to {parameter.high}" if parameter.low is not None else "",
        "confidence": parameter.confidence,
        "source": parameter.source,
        "kind": KINDS[kind_of(parameter.key)],
        "set in": parameter.origin,
    }
    lines = [f"  {name:<11} {value}" for name, value in facts.items() if value != ""]
    entries = (
        f"  from {e.from_}: {e.value}  ({e.confidence}; {e.source}) [{e.origin}]" for e in parameter.entries
    )
    return "\n".join([parameter.key, *lines, *entries, *filter(None, [by_date(keys)])])


def _value(parameter: Parameter) -> str:
    """Write a value; for a dated one its first and last."""
    if not parameter.entries:
        return str(parameter.value)
    steps = [f"{entry.value} from {entry.from_}" for entry in parameter.entries]
    return steps[0] if len(steps) == 1 else f"{steps[0]} .. {steps[-1]} ({len(steps)} entries)"
