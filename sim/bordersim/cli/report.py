"""`bordersim report`: the page of a finished comparison, which `compare` writes as well."""

from __future__ import annotations

import time
from pathlib import Path

from bordersim.cli import arguments
from bordersim.cli.launch import PICTURES, settings_of
from bordersim.cli.options import FINE, PARTIAL, Options, with_how_and_days
from bordersim.cli.screen import say_where, warn
from bordersim.cli.window import View
from bordersim.errors import BadInput


@with_how_and_days
def report(folder: arguments.Folder, options: Options) -> int:
    """Write the page of a comparison of histories. One file that anyone can open, of all days or some."""
    from bordersim.api import resume_run
    from bordersim.report.files import REPORT
    from bordersim.results.draws import LUCK
    from bordersim.results.store.draw_files import read_draws
    from bordersim.results.store.folder import RunFolder
    from bordersim.results.store.manifest import COMPLETE
    from bordersim.results.store.names import DRAWS

    started, run = time.monotonic(), RunFolder.open(folder)
    if run.manifest["status"] != COMPLETE:
        raise BadInput(f"{folder}: has not ended; go on with it: bordersim resume {folder}")
    draws = read_draws(run.place, run.manifest["draws"]) if run.holds(DRAWS) else ()
    if len(run.manifest["scenarios"]) < 2 or not (draws and LUCK in draws[0]):
        raise BadInput(f"{folder}: is no comparison of histories; its tables and pictures are all there is")
    if (view := View.of_options(options)).is_window:
        return _part(folder, view, options, started)
    experiment = resume_run(folder, settings_of(options, PICTURES))
    for failure in experiment.failures:
        warn(f"failed: {failure}")
    say_where(Path(str(experiment.folder)) / REPORT, seconds=time.monotonic() - started, as_json=options.json)
    return PARTIAL if experiment.failures else FINE


def _part(folder: str, view: View, options: Options, started: float) -> int:
    """Write the page of some of the days; nothing is simulated."""
    from bordersim.experiments.reading import read_run
    from bordersim.report.files import write_part

    experiment, how = read_run(folder)
    path = Path(str(experiment.folder)) / write_part(folder, view.of(experiment), how)
    say_where(path, seconds=time.monotonic() - started, as_json=options.json)
    return FINE
