"""`bordersim summary`: the answer and the tables of a finished run, or of some of its days."""

from __future__ import annotations

import time

from bordersim.cli import arguments
from bordersim.cli.options import FINE, Options, with_shown
from bordersim.cli.screen import say, say_where, warn
from bordersim.cli.window import View


@with_shown
def summary(folder: arguments.Folder, options: Options) -> int:
    """Show a finished run, all of its days or some. Nothing is simulated and nothing is written."""
    from bordersim.experiments.reading import read_run
    from bordersim.results.kept import refuse_sums

    started, view = time.monotonic(), View.of_options(options)
    experiment, how = read_run(folder)
    if view.is_window:
        refuse_sums(folder, (how.analysis or {}).get("kind"), how.keep, "summary --from --to")
    view.of(experiment)  # refuses days outside the run before anything is said
    for note in how.notes:
        warn(f"note: {note}")
    if options.json:
        say(view.json_text(experiment, time.monotonic() - started))
    else:
        view.show(experiment)
    say_where(experiment.folder, seconds=time.monotonic() - started, as_json=options.json)
    return FINE
