"""What a shell offers to complete: names of scenarios, keys, metrics and terms."""

from __future__ import annotations

from collections.abc import Iterator


def scenarios(incomplete: str) -> Iterator[str]:
    """Yield the scenarios whose names begin so, and files, which the shell knows."""
    from bordersim.inputs.lookup import PARAMETERS, scenario_files

    yield from (name for name in scenario_files() if name.startswith(incomplete) and name != PARAMETERS)


def keys(incomplete: str) -> Iterator[str]:
    """Yield the keys, metrics and terms that begin so."""
    from bordersim.inputs.finding import parameters
    from bordersim.inputs.layers import leaves
    from bordersim.report.looking_up import BY_NAME
    from bordersim.report.terms import TERMS

    known = (*(key for key, _ in leaves(parameters().values)), *BY_NAME, *TERMS)
    yield from (word for word in known if word.startswith(incomplete))


def sets(incomplete: str) -> Iterator[str]:
    """Yield the keys that begin so, ready for a value."""
    from bordersim.inputs.finding import parameters
    from bordersim.inputs.layers import leaves

    yield from (f"{key}=" for key, _ in leaves(parameters().values) if key.startswith(incomplete))
