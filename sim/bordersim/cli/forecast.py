"""`bordersim forecast`: what histories that agree with the record up to a day do afterwards."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bordersim.cli.assimilate import RUNS, described
from bordersim.cli.exercises import located, naming
from bordersim.cli.launch import PICTURES, settings_of
from bordersim.cli.options import FINE, PARTIAL, Options, whole, with_fit
from bordersim.cli.screen import say, say_where, show, tell, warn
from bordersim.errors import BadInput

if TYPE_CHECKING:
    from bordersim.analyses.assimilation.exercise import Exercise
    from bordersim.results.experiment import Experiment

MOST_MONTHS = 24
TABLE, WINDOWS = "forecast.csv", "forecast_windows.csv"


@with_fit
def forecast(
    exercise: Annotated[Path, naming("given_2021")],
    options: Options,
    begins: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day of the forecast.")],
    months: Annotated[int, whole(1, MOST_MONTHS, "How many months it covers.")] = 6,
) -> int:
    """Forecast from a day on. Nothing that was published later is looked at."""
    from bordersim.analyses.assimilation.exercise import KEYS, read_exercise
    from bordersim.analyses.forecast import exercise_from

    started, day = time.monotonic(), _day(begins)
    last = _last(day, months)
    asked = exercise_from(read_exercise(located(exercise, KEYS)), day)
    if options.dry_run:
        tell(described(asked))
        return FINE
    experiment = _made(asked, day, last, options)
    _show(experiment, day, options.json)
    for failure in experiment.failures:
        warn(f"failed: {failure}")
    say_where(experiment.folder, seconds=time.monotonic() - started, as_json=options.json)
    return PARTIAL if experiment.failures else FINE


def _day(text: str) -> date:
    """Read the first day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"--from: expects a date like 2021-10-01, is '{text}'") from None


def _last(day: date, months: int) -> date:
    """Return the last day of the forecast; refuse one that cannot be simulated before anything is run."""
    from bordersim.analyses.forecast import months_on
    from bordersim.inputs.schema.dated import LAST_DAY

    last = months_on(day, months) if day <= LAST_DAY else day
    if last > LAST_DAY:
        raise BadInput(
            f"--from {day}, --months {months}: ends on {last}; the last possible day is {LAST_DAY}"
        )
    return last


def _made(asked: Exercise, day: date, last: date, options: Options) -> Experiment:
    """Find the histories, or those found before, and run them to the end of the forecast."""
    from bordersim.analyses.assimilation.run import found
    from bordersim.analyses.forecast import freed
    from bordersim.analyses.given import histories_in
    from bordersim.api import run_experiment
    from bordersim.cli.progress import Progress

    with Progress(RUNS) as progress:
        folder = found(asked, settings_of(options, (), progress))
    scenario = asked.loaded(last)
    histories, worth = histories_in(folder)
    draws = freed(histories, scenario.config.period.start, day)
    notes = (
        f"histories agree with what was published of {asked.scenario} before {day} ({folder}); from then on"
        " they are free",
        f"of values by date, those before {day} hold on; {len(asked.ranges)} values vary",
    )
    for note in notes:
        warn(f"note: {note}")
    with Progress() as progress:
        settings = replace(settings_of(options, PICTURES, progress), notes=notes, worth=worth)
        return run_experiment([scenario], settings, {}, draws)


def _show(experiment: Experiment, day: date, as_json: bool) -> None:
    """Print and keep the months of the forecast, and score them where anything was published."""
    from bordersim.limits import LIMITS_OF_USE
    from bordersim.report.forecast import forecast_sheet, forecast_table, windows_table
    from bordersim.report.scorecard_files import write_scorecards
    from bordersim.results.csv_tables import write_csv
    from bordersim.validation.recorded import of_results
    from bordersim.validation.scorecard import scorecard
    from bordersim.validation.targets import any_targets

    (result,), folder = experiment.results, Path(str(experiment.folder))
    recorded, last = of_results([result]), result.scenario.config.period.end
    held = any_targets(result.name, (day, last), known_until=day - timedelta(1))
    table = forecast_table(recorded, held, day, last, experiment.worth)
    write_csv(folder / TABLE, table)
    if held:
        write_csv(folder / WINDOWS, windows_table(recorded, held, experiment.worth))
        write_scorecards(folder, [(recorded, scorecard(recorded, held))], None, None)
    if as_json:
        say(table.to_json(orient="records", indent=1))
        return
    show([forecast_sheet(table, f"forecast of {result.name} from {day}")])
    tell(LIMITS_OF_USE)
