"""`bordersim export`: the results of a finished run by place, for programs that draw maps."""

from __future__ import annotations

import time
from functools import partial

from bordersim.cli import arguments
from bordersim.cli.finished import read_finished
from bordersim.cli.launch import settings_of
from bordersim.cli.options import FINE, Options, with_options
from bordersim.cli.screen import say_where

TABLES = ("stretches", "segments")


@partial(with_options, names=("debug",))
def export(folder: arguments.Folder, options: Options) -> int:
    """Write a finished run by place as GeoJSON. Attempts by segment; who got in by stretch only."""
    from bordersim.report.geojson import geojson_of
    from bordersim.report.readings import own_results
    from bordersim.results.store.files import own_folder, save_text
    from bordersim.results.store.names import MAPS
    from bordersim.results.store.run_lock import alone_in

    started = time.monotonic()
    run, experiment, _ = read_finished(folder, settings_of(options, ()), "export")
    results = own_results(experiment)
    with alone_in(run):
        place = own_folder(run.path / MAPS)
        written = [save_text(place / f"{name}.geojson", geojson_of(results, name)) for name in TABLES]
        run.publish()
    say_where(*written, seconds=time.monotonic() - started)
    return FINE
