"""The options that all experiments share, and the turning of errors into one line and an exit code."""

from __future__ import annotations

import functools
import inspect
import os
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, get_type_hints

import typer

from bordersim.cli import streams
from bordersim.cli.completing import sets
from bordersim.cli.screen import warn
from bordersim.errors import BadInput, RunError
from bordersim.inputs.arguments import MOST_REPLICATES, MOST_WORKERS, bounds, read_whole_number
from bordersim.inputs.loading import DEFAULT_REPLICATES
from bordersim.words.escaping import visible

BLOCK_THREADS = "blocks"  # only those that were given up are there at the end
NUMBER = "NUMBER"  # what help calls a whole number
FINE, FAILED, BAD_INPUT, PARTIAL = range(4)
DAYS = ("begins", "ends")
SHOWN = (*DAYS, "brief", "full")


class OnError(StrEnum):
    """What to do when a replicate fails."""

    CONTINUE = "continue"
    STOP = "stop"


def whole(low: int, high: int | None, help: str) -> Any:
    """Make an option that takes a whole number by the rule that holds from Python too."""

    def read(text: str) -> int:
        try:
            return read_whole_number(NUMBER, text, low, high)
        except BadInput as error:
            raise typer.BadParameter(str(error).removeprefix(f"{NUMBER}: ")) from None

    return typer.Option(parser=read, metavar=NUMBER, help=f"{help} [{bounds(low, high)}]")


@dataclass(frozen=True)
class Options:
    """The common options."""

    replicates: Annotated[int, whole(1, MOST_REPLICATES, "Replicates of each scenario.")] = DEFAULT_REPLICATES
    seed: Annotated[int | None, whole(0, None, "Random seed; the same seed gives the same numbers.")] = None
    set: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE",
            help="Set a value, like guards.LT.officers=900, or change it, like guards.LT.officers.add=200 or"
            " guards.LT.officers.times=2; may be repeated.",
            autocompletion=sets,
        ),
    ] = None
    out: Annotated[str, typer.Option(help="Folder or URL in which the run folder is created.")] = "results"
    workers: Annotated[
        int | None,
        whole(1, MOST_WORKERS, "Threads; default: one per processor. Results do not depend on it."),
    ] = None
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler whose workers run the simulation.")
    ] = None
    on_error: Annotated[
        OnError, typer.Option(help="When a replicate fails: continue with the others, or stop.")
    ] = OnError.CONTINUE
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON instead of tables.")] = False
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the input, print what would run, and stop.")
    ] = False
    no_plots: Annotated[bool, typer.Option("--no-plots", help="Draw no plots and no maps.")] = False
    attribute: Annotated[
        bool,
        typer.Option(
            "--attribute",
            help="Which change did it: also run each change of the scenario alone, and all but one.",
        ),
    ] = False
    begins: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day shown.")] = None
    ends: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day shown.")] = None
    brief: Annotated[bool, typer.Option("--brief", help="Print an answer that fits on a screen.")] = False
    full: Annotated[
        bool,
        typer.Option("--full", help="Print the four ledgers in full (always so without histories)."),
    ] = False
    lang: Annotated[str, typer.Option(metavar="LANG", help="Language of the page: en or lt.")] = "en"


OF_COMPARE, OF_PAGES = ("attribute",), ("lang",)
COMMON = tuple(field.name for field in fields(Options) if field.name not in (*OF_COMPARE, *OF_PAGES, *SHOWN))


def with_options(command: Callable[..., int], names: Sequence[str] = ()) -> Callable[..., None]:
    """Add the common options, or those named, to a command as its parameter `options`."""
    names = names or COMMON
    shared = [_parameter(name) for name in names]
    own = [p for p in _own_parameters(command) if p.name != "options"]

    @functools.wraps(command)
    def wrapper(**given: Any) -> None:
        options = Options(**{name: given.pop(name) for name in names})
        finish(functools.partial(command, options=options, **given), options.debug)

    return _with_signature(wrapper, [*own, *shared])


def with_exit_codes(command: Callable[..., int]) -> Callable[..., None]:
    """Let a command without the common options report errors as the others do."""

    @functools.wraps(command)
    def wrapper(**given: Any) -> None:
        finish(functools.partial(command, **given), debug=False)

    return _with_signature(wrapper, _own_parameters(command))


def finish(command: Callable[[], int], debug: bool) -> None:
    """Run a command and exit with its code; an error is one line, with `debug` also its traceback."""
    try:
        code = command()
    except KeyboardInterrupt as stop:
        code = _complain(str(stop) or "stopped", PARTIAL)
    except Exception as error:
        if debug:
            print(visible(traceback.format_exc()), file=sys.stderr)
        code = _complain_of(error)
    _leave_what_never_ends(code)
    raise typer.Exit(code)


def exit_code(command_line: Callable[[], object]) -> int:
    """Run the command line; output that could not be written is an error of its own."""
    try:
        command_line()
        code = FINE
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else FINE
    if complaint := streams.complaint():
        code = _complain(complaint, code or FAILED)
    return code


def _leave_what_never_ends(code: int) -> None:
    """Exit at once if an abandoned block is still running: Python would wait for it."""
    if any(thread.name.startswith(BLOCK_THREADS) for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _complain_of(error: Exception) -> int:
    """Print an error in one line and return its exit code."""
    if isinstance(error, BadInput):
        return _complain(str(error), BAD_INPUT)
    if isinstance(error, RunError):
        return _complain(f"run failed: {error}", FAILED)
    return _complain(f"{type(error).__name__}: {error} (--debug shows where)", FAILED)


def _complain(text: str, code: int) -> int:
    """Print one line on stderr and return the code."""
    warn(text)
    return code


def _own_parameters(command: Callable[..., int]) -> list[inspect.Parameter]:
    """Return a command's own parameters with their annotations."""
    return list(inspect.signature(command, eval_str=True).parameters.values())


@functools.cache
def _annotations() -> dict[str, Any]:
    """Return the annotations of the common options, read once for all commands."""
    return get_type_hints(Options, include_extras=True)


def _parameter(name: str) -> inspect.Parameter:
    """Make a common option a parameter."""
    default, annotation = getattr(Options, name), _annotations()[name]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _with_signature(
    function: Callable[..., None], parameters: list[inspect.Parameter]
) -> Callable[..., None]:
    """Set the signature that typer reads."""
    function.__dict__["__signature__"] = inspect.Signature(parameters)
    function.__annotations__ = {p.name: p.annotation for p in parameters}
    return function


HOW = ("workers", "cluster", "on_error", "json", "debug", "no_plots")
with_comparison = functools.partial(with_options, names=(*COMMON, *SHOWN, *OF_COMPARE))
with_how = functools.partial(with_options, names=HOW)
with_how_days_and_lang = functools.partial(with_options, names=(*DAYS, *OF_PAGES, *HOW))
with_shown = functools.partial(with_options, names=(*SHOWN, "json", "debug"))
with_all = functools.partial(with_options, names=(*COMMON, *SHOWN))
with_fit = functools.partial(with_options, names=("out", *HOW, "dry_run"))
with_draws = functools.partial(with_options, names=("seed", "set", "out", *HOW, "dry_run"))
