"""`bordersim report`: the page of a finished comparison, which `compare` writes as well."""

from __future__ import annotations

import time
from pathlib import Path

from bordersim.cli import arguments
from bordersim.cli.options import FINE, Options, with_how_days_and_lang
from bordersim.cli.screen import say_where
from bordersim.cli.window import View
from bordersim.errors import BadInput


@with_how_days_and_lang
def report(folder: arguments.Folder, options: Options) -> int:
    """Write the page of a comparison of histories. One file that anyone can open, of all days or some."""
    from bordersim.experiments.reading import read_run
    from bordersim.report.catalogue import language_of
    from bordersim.report.files import write_page
    from bordersim.results.draws import LUCK
    from bordersim.results.kept import refuse_sums
    from bordersim.results.store.draw_files import read_draws
    from bordersim.results.store.folder import RunFolder
    from bordersim.results.store.names import DRAWS

    language = language_of(options.lang)
    started, run = time.monotonic(), RunFolder.open(folder)
    run.refuse_unended(folder)
    refuse_sums(folder, run.kind, run.manifest["keep"], "report")
    draws = read_draws(run.place, run.manifest["draws"]) if run.holds(DRAWS) else ()
    if len(run.manifest["scenarios"]) < 2 or not (draws and LUCK in draws[0]):
        raise BadInput(f"{folder}: is no comparison of histories; its tables and pictures are all there is")
    experiment, how = read_run(folder)
    name = write_page(run, View.of_options(options).of(experiment), how, language)
    run.publish()
    path = Path(str(experiment.folder)) / name
    say_where(path, seconds=time.monotonic() - started, as_json=options.json)
    return FINE
