"""Check the expectations of scenario files against their runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bordersim.cli.launch import tell_notes
from bordersim.cli.options import FAILED, FINE, Options, with_options
from bordersim.cli.screen import say, show, tell
from bordersim.errors import BadInput

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.report.sheets import Sheet
    from bordersim.validation.expectations import Checked

    Checks = dict[str, list[Checked]]

PIPE_WIDTH = 160
HEADER = ("expectation", "border", "published", "90 % of replicates", "median", "verdict")


@with_options
def check(
    options: Options,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO...]", help="Scenarios; default: all with expectations."),
    ] = None,
) -> int:
    """Check scenarios against their expectations. These are published figures in scenario files."""
    from bordersim.inputs import parse_sets
    from bordersim.inputs.loading import with_seed

    sets = with_seed(parse_sets(options.set or []), options.seed)
    scenarios = _expecting(names or [], sets)
    if options.dry_run:
        tell(f"would check {', '.join(f'{len(s.expect)} of {s.name}' for s in scenarios)}")
        return FINE
    checks = {scenario.name: _checked(scenario, options) for scenario in scenarios}
    _print(checks, options.json)
    return FINE if all(each.passes for found in checks.values() for each in found) else FAILED


def _expecting(names: Sequence[str], sets: dict[str, object]) -> list[Scenario]:
    """Load the named scenarios, or all; refuse a named one that expects nothing."""
    from bordersim.inputs import list_scenarios
    from bordersim.inputs.loading import load

    loaded = [load(name, sets) for name in names or [name for name, _ in list_scenarios()]]
    tell_notes(loaded if names else [])
    found = [scenario for scenario in loaded if scenario.expect]
    if len(found) < len(loaded) and names:
        nothing = next(scenario.name for scenario in loaded if not scenario.expect)
        raise BadInput(f"{nothing}: expects nothing; add a list 'expect' to its file")
    if not found:
        raise BadInput("no scenario expects anything; add a list 'expect' to a file")
    return found


def _checked(scenario: Scenario, options: Options) -> list[Checked]:
    """Run one scenario and compare."""
    from bordersim.api import run_experiment
    from bordersim.cli.progress import Progress
    from bordersim.experiments.settings import Settings
    from bordersim.validation.expectations import check as compared
    from bordersim.validation.recorded import of_results

    with Progress() as progress:
        settings = Settings(options.replicates, options.workers, progress=progress)
        experiment = run_experiment([scenario], settings)
    recorded = of_results(experiment.results)
    return [compared(recorded, expectation) for expectation in scenario.expect]


def _print(checks: Checks, as_json: bool) -> None:
    """Print a table for each scenario, then every failure in a line of its own."""
    if as_json:
        _print_json(checks)
        return
    from bordersim.validation.expectations import KNOWN

    show((_sheet(name, found) for name, found in checks.items()), PIPE_WIDTH)
    failed = [each for found in checks.values() for each in found if not each.passes]
    for each in failed:
        tell(each.line)
    count = sum(map(len, checks.values()))
    known = sum(each.verdict == KNOWN for found in checks.values() for each in found)
    passed = f"{count - len(failed)} passed (including {known} known failures)"
    say(f"{count} expectations: {passed}, {len(failed)} failed")


def _sheet(name: str, found: Sequence[Checked]) -> Sheet:
    """Return the checks of one scenario as a table."""
    from bordersim.report.sheets import Sheet

    rows: list[tuple[str, ...]] = [
        (
            each.expectation.title.replace(f" {each.expectation.country} ", " ", 1),
            each.expectation.country,
            each.expected,
            each.obtained,
            f"{each.median:,.0f}",
            each.verdict,
        )
        for each in sorted(found, key=lambda each: each.passes)
    ]
    return Sheet(f"expectations: {name}", HEADER, rows)


def _print_json(checks: Checks) -> None:
    """Print what was expected and obtained as JSON."""
    import json

    rows = [
        {
            "scenario": name,
            "expectation": each.expectation.title,
            "expected": [each.expectation.low, each.expectation.high],
            "obtained": [each.low, each.high],
            "median": each.median,
            "replicates": each.replicates,
            "holds": each.holds,
            "passes": each.passes,
            "known_failure": each.expectation.known_failure,
            "source": each.expectation.source,
            "origin": each.expectation.origin,
        }
        for name, found in checks.items()
        for each in found
    ]
    say(json.dumps(rows, indent=1))
