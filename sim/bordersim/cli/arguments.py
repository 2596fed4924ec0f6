"""The arguments and options of single commands, with the help a user reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bordersim.cli.completing import scenarios
from bordersim.cli.options import whole
from bordersim.errors import BadInput
from bordersim.inputs.arguments import MOST_REPLICATES
from bordersim.words.text import shortened

DEFAULT_MOST = 2000

SETTINGS = "A:KEY=VALUE sets a value in A alone, A+B combines two into one."


def run_folder(name: str | None) -> str | None:
    """Return the run folder that is meant by 'latest' or by the end of its name; None where none is given."""
    from bordersim.results.store.runs import located

    if name is None:
        return None
    try:
        return located(name)
    except BadInput as error:
        raise typer.BadParameter(str(error)) from None


Names = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO...",
        help=f"Name or path; several run side by side, on the same days. {SETTINGS}",
        autocompletion=scenarios,
    ),
]
OneName = Annotated[
    list[str],
    typer.Argument(metavar="SCENARIO", help=f"Name or path. {SETTINGS}", autocompletion=scenarios),
]
Reference = Annotated[
    str,
    typer.Argument(
        metavar="REFERENCE",
        help=f"What the others are compared with. {SETTINGS}",
        autocompletion=scenarios,
    ),
]
Others = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO...",
        help="Scenarios, each compared with the reference.",
        autocompletion=scenarios,
    ),
]
Several = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO...", help="Scenarios; the first is the reference.", autocompletion=scenarios
    ),
]
Vary = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY[=LOW:HIGH[:STEP]]",
        help="Vary a value; a key alone from low to high; all, or a confidence like assumed, for many; -KEY"
        " excludes one.",
    ),
]
Listed = Annotated[Path | None, typer.Option(help="CSV, Parquet or YAML file with the draws.")]
Design = Annotated[
    str | None,
    typer.Option(
        metavar="grid|lhs|sobol",
        help="How draws are chosen from the ranges: grid, or lhs where a word varies many keys.",
    ),
]
Samples = Annotated[int | None, whole(1, None, "Number of draws; for a grid, points per range.")]
Method = Annotated[
    str, typer.Option(metavar="morris|sobol", help="morris: screening; sobol: shares of the variance.")
]
BasePoints = Annotated[
    int | None, whole(1, None, "Base points (sobol, a power of two) or trajectories (morris).")
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(metavar="KEY,KEY", help="Keys, a confidence (like calibrated), or all; -KEY excludes one."),
]
Repetitions = Annotated[
    int, whole(1, MOST_REPLICATES, "Replicates of each draw, with common random numbers.")
]
Metric = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME[:BORDER]", help="A figure, like attempts:LT; may be repeated."),
]
Watched = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME[:BORDER]", help="What --until-halfwidth watches, like attempts:LT; may be repeated."
    ),
]
WatchedOrTold = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME[:BORDER]",
        help="What --until-halfwidth watches, or --attribute tells, like attempts:LT; may be repeated.",
    ),
]
Halfwidth = Annotated[
    str | None,
    typer.Option(
        metavar="SHARE", help="Add replicates until half-widths are below this share of the mean, like 5%."
    ),
]
Most = Annotated[int, whole(1, MOST_REPLICATES, "Most replicates for --until-halfwidth.")]
Sets = Annotated[list[str] | None, typer.Option(metavar="KEY=VALUE", help="Set a value; may be repeated.")]
Folder = Annotated[
    str,
    typer.Argument(
        metavar="DIR",
        help="The run folder or its URL; 'latest', or the name that 'runs' shows.",
        callback=run_folder,
    ),
]
InAll = Annotated[int, whole(1, MOST_REPLICATES, "Total number of replicates wanted.")]
Readings = Annotated[
    bool,
    typer.Option(
        "--readings",
        help="Also with fresh luck from the day the policies part, and a host state that steers as it did.",
    ),
]


def only(names: Sequence[str]) -> str:
    """Return the one scenario that is named; several would once have been combined."""
    if len(names) > 1:
        said = f"one scenario at a time; {'+'.join(names)} combines them"
        raise BadInput(f"{shortened(' '.join(names))}: {said}")
    return names[0]


ValuesFrom = Annotated[
    str,
    typer.Option(
        "--values",
        metavar="given|fixed|DIR",
        help="Histories that agree with the record, where there are any; one fixed set of values; or the"
        " histories in the run of an assimilation.",
        callback=run_folder,
    ),
]
