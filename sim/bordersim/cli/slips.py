"""Usage errors: one line that names the option, as for every other error, and exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from bordersim.cli.commands import COMMANDS, built
from bordersim.cli.options import BAD_INPUT
from bordersim.cli.screen import warn
from bordersim.inputs.nearest import did_you_mean

# typer has click inside in some versions and beside it in others: what it raises is found by its own error.
USAGE_ERROR: type[Any] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")
HELP = "NoArgsIsHelpError"


class Commands(TyperGroup):
    """The commands; an error in a command or its options is one line."""

    def make_context(self, *given: Any, **more: Any) -> Any:
        """Read the options before the command."""
        with _told_in_one_line():
            return super().make_context(*given, **more)

    def invoke(self, ctx: Any) -> Any:
        """Read the command and its options, and run it."""
        with _told_in_one_line():
            return super().invoke(ctx)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order in which help lists them."""
        return [*COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, which is imported for it."""
        return built(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands; none is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.summary) for name, listed in COMMANDS.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; suggest the one that was probably meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            raise USAGE_ERROR(f"{name}: unknown command{did_you_mean(name, self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    """Turn a usage error into one line and an exit code; without a command the help is shown."""
    try:
        yield
    except USAGE_ERROR as error:
        if type(error).__name__ == HELP:
            raise
        warn(_words(error))
        raise typer.Exit(BAD_INPUT) from None


def _words(error: Any) -> str:
    """Return what was not understood."""
    kind, message = type(error).__name__, str(error.message).strip().removesuffix(".")
    if kind == "NoSuchOption":
        return (
            f"{error.option_name}: unknown option{did_you_mean(error.option_name, error.possibilities or [])}"
        )
    if kind == "MissingParameter":
        return f"{_named(error)}: is missing"
    if isinstance(error, typer.BadParameter):
        return f"{_named(error)}: {message.removeprefix('Value error, ')}"
    return message


def _named(error: Any) -> str:
    """Return the option or argument that an error is about, as the help writes it."""
    if error.param is None:
        return str(error.param_hint or "what was typed")
    is_option = error.param.param_type_name == "option"
    return str(error.param.opts[-1] if is_option else error.param.metavar or error.param.name)
