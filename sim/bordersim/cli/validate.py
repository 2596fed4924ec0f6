"""Score a scenario, or the folder of a finished run, on the published record."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bordersim.cli.arguments import only
from bordersim.cli.launch import settings_of, tell_notes
from bordersim.cli.options import FINE, PARTIAL, Options, with_options
from bordersim.cli.screen import hand_out, say, say_where, show, tell, warn
from bordersim.errors import BadInput
from bordersim.inputs.paths import user_path

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.validation.recorded import Recorded
    from bordersim.validation.scorecard import Card
    from bordersim.validation.targets import Targets

    Span = tuple[date, date]
    Cards = list[tuple[Recorded, Card]]

PIPE_WIDTH = 180
# What decides a run; a finished one has decided it.
OF_A_RUN = ("replicates", "seed", "set", "workers")


class Basis(NamedTuple):
    """What is scored: a file of figures, which were inputs, what naive forecasts may know."""

    observations: Path | None = None
    fitted: Path | None = None
    known_until: str | None = None

    def targets(self, name: str, span: Span) -> Targets:
        """Return what a scenario is scored against; refuse invalid input before anything runs."""
        from bordersim.validation.fitted import load_fitted
        from bordersim.validation.targets import targets

        fitted = load_fitted(self.fitted) if self.fitted else None
        return targets(name, span, self.observations, fitted, _day(self.known_until))


class Source(NamedTuple):
    """Scenarios with their days, and a function that returns folder, records and failures."""

    spans: list[tuple[str, Span]]
    read: Callable[[], tuple[Path, list[Recorded], list[str]]]


def _day(text: str | None) -> date | None:
    """Read a date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(f"--naive-until: expects a date like 2021-08-03, is '{text}'") from None


def validated(names: Sequence[str], basis: Basis, markdown: bool, options: Options) -> int:
    """Print the scorecard and write it beside the run; the time and the path are the last lines."""
    from bordersim.results.readings import listed
    from bordersim.validation.scorecard import scorecard

    started = time.monotonic()
    source = _source(names, options)
    held = [basis.targets(name, span) for name, span in source.spans]
    if options.dry_run:
        tell(f"would score {listed(name for name, _ in source.spans)}")
        return FINE
    folder, recorded, failures = source.read()
    try:
        cards = [(each, scorecard(each, against)) for each, against in zip(recorded, held, strict=True)]
        _print(cards, markdown, options.json)
        failures += _written(folder, cards, basis.observations, plots=not options.no_plots)
    finally:
        say_where(folder, seconds=time.monotonic() - started, as_json=markdown or options.json)
    for failure in failures:
        warn(f"failed: {failure}")
    return PARTIAL if failures else FINE


def _written(folder: Path, cards: Cards, observations: Path | None, plots: bool) -> list[str]:
    """Write the cards and draw them; return which pictures failed, without losing anything else."""
    from bordersim.report.scorecard_files import write_scorecards

    failures = []

    def drawing(picture: Callable[[], object]) -> None:
        try:
            picture()
        except Exception as error:
            failures.append(f"pictures: {error!r}")

    write_scorecards(folder, cards, observations, drawing if plots else None)
    return failures


def _source(names: Sequence[str], options: Options) -> Source:
    """Find a finished run, or a scenario to be run once all else is known to be right."""
    from bordersim.inputs import parse_sets
    from bordersim.inputs.loading import load, with_seed
    from bordersim.inputs.lookup import scenario_files
    from bordersim.results.store.runs import located
    from bordersim.validation.recorded import is_run_folder, of_folder
    from bordersim.words.text import normal

    named = names[0] if normal(names[0]) in scenario_files() else located(names[0])
    if len(names) == 1 and is_run_folder(named):
        folder = Path(user_path(named))
        recorded = of_folder(folder)
        _refuse_options(options)
        spans = [(each.name, (each.start, each.end)) for each in recorded]
        return Source(spans, lambda: (folder, recorded, []))
    sets = with_seed(parse_sets(options.set or []), options.seed)
    scenario = load(only(names), sets)
    tell_notes([scenario])
    span = scenario.config.period.start, scenario.config.period.end
    return Source([(scenario.name, span)], partial(_run, scenario, sets, options))


def _run(
    scenario: Scenario, sets: Mapping[str, object], options: Options
) -> tuple[Path, list[Recorded], list[str]]:
    """Run a scenario and keep it as `run` does."""
    from bordersim.api import run_experiment
    from bordersim.cli.progress import Progress
    from bordersim.validation.recorded import of_results

    with Progress() as progress:
        experiment = run_experiment([scenario], settings_of(options, (), progress), sets)
    recorded = [of_results([result]) for result in experiment.results]
    return Path(str(experiment.folder)), recorded, list(experiment.failures)


def _refuse_options(options: Options) -> None:
    """Refuse options that would change a finished run."""
    plain = Options()
    given = [name for name in OF_A_RUN if getattr(options, name) != getattr(plain, name)]
    if given:
        raise BadInput(f"--{given[0]}: the run is finished; name its scenario to run it anew")


def _print(cards: Cards, markdown: bool, as_json: bool) -> None:
    """Print the cards as tables, Markdown or JSON."""
    from bordersim.report import scorecard_text as text

    if as_json:
        import pandas as pd

        say(pd.concat([card.rows for _, card in cards]).to_json(orient="records", indent=1))
        return
    if markdown:
        hand_out("\n".join(text.markdown(card) for _, card in cards))
        return
    _print_tables([card for _, card in cards])


def _print_tables(cards: Sequence[Card]) -> None:
    """Print the tables, how to read them, and the limits of use."""
    from bordersim.limits import LIMITS_OF_USE
    from bordersim.report import scorecard_text as text

    for card in cards:
        show([text.sheet_of(card)], PIPE_WIDTH)
        tell(text.verdict(card))
        tell(text.reading(card))
    tell(LIMITS_OF_USE)


@with_options
def validate(
    names: Annotated[
        list[str], typer.Argument(metavar="SCENARIO|FOLDER", help="A scenario, or a run folder.")
    ],
    options: Options,
    observations: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="CSV of published figures to score on, in the format of observations.csv."
        ),
    ] = None,
    fitted: Annotated[
        Path | None, typer.Option(metavar="FILE", help="YAML list of the figures that were inputs.")
    ] = None,
    naive_until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day known to the naive forecasts.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the scorecard as Markdown.")] = False,
) -> int:
    """Score simulated official counts. Against published figures and naive forecasts."""
    return validated(names, Basis(observations, fitted, naive_until), markdown, options)
