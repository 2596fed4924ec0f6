"""The arguments and options of single commands, with the help a user reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bordersim.cli.options import whole
from bordersim.inputs.arguments import MOST_REPLICATES

DEFAULT_MOST = 2000

Names = Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="Several combine in order into one.")]
Reference = Annotated[str, typer.Argument(metavar="REFERENCE", help="What the others are compared with.")]
Others = Annotated[
    list[str], typer.Argument(metavar="SCENARIO...", help="Each is compared with the reference.")
]
Several = Annotated[
    list[str], typer.Argument(metavar="SCENARIO...", help="Each is run; the first is the reference.")
]
Vary = Annotated[
    list[str] | None,
    typer.Option(metavar="KEY[=LOW:HIGH[:STEP]]", help="Vary a value; a key alone has its low and high."),
]
Listed = Annotated[Path | None, typer.Option(help="A CSV, Parquet or YAML file that lists the draws.")]
Design = Annotated[str, typer.Option(metavar="grid|lhs|sobol", help="How draws are chosen from the ranges.")]
Samples = Annotated[int | None, whole(1, None, "Draws; of a grid the points of each range.")]
Method = Annotated[str, typer.Option(metavar="morris|sobol", help="Screening, or shares of the variance.")]
BasePoints = Annotated[
    int | None, whole(1, None, "Base points (sobol, a power of two) or trajectories (morris).")
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY,KEY", help="Keys, a confidence (like calibrated), or all; -KEY leaves one out."
    ),
]
Repetitions = Annotated[int, whole(1, MOST_REPLICATES, "Repetitions of each draw, the same in all.")]
Metric = Annotated[
    list[str] | None, typer.Option(metavar="NAME[:BORDER]", help="A figure, like attempts:LT; repeatable.")
]
Halfwidth = Annotated[
    str | None, typer.Option(metavar="SHARE", help="Add replicates until intervals are that narrow, like 5%.")
]
Most = Annotated[int, whole(1, MOST_REPLICATES, "Replicates at which --until-halfwidth gives up.")]
Sets = Annotated[list[str] | None, typer.Option(metavar="KEY=VALUE", help="Set a value; may be repeated.")]
Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a run, or its URL.")]
InAll = Annotated[int, whole(1, MOST_REPLICATES, "Repetitions there are to be in all.")]
