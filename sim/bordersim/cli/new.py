"""`bordersim new`: a scenario file of one's own, with the values of its base as comments."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from bordersim.cli.options import FINE, with_exit_codes
from bordersim.cli.screen import say, warn
from bordersim.errors import BadInput
from bordersim.words.text import BREAKS, UNPRINTABLE, normal, shortened

SCHEMA_FILE = "bordersim.schema.json"
ENDING = ".yaml"


@with_exit_codes
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name; the file is NAME.yaml.")],
    base: Annotated[
        str, typer.Option("--from", metavar="SCENARIO", help="The scenario it changes: a name or a path.")
    ] = "history_2021",
    about: Annotated[
        str | None,
        typer.Option(
            metavar="SECTION,...",
            help="Sections or keys to list, like guards,build or guards.LT; all for every value."
            " Default: policy,guards,build.",
        ),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the file is written.")] = Path(),
) -> int:
    """Write a new scenario file. Every value of its base stands in it as a comment, with range and source."""
    from bordersim.cli.drafted import LEVERS, drafted
    from bordersim.inputs.loading import load
    from bordersim.inputs.paths import user_path

    folder, plain = user_path(out), _plain(name)
    path = folder / f"{plain}{ENDING}"
    extends, scenario = _extends(base, folder), load(base, {})
    _refuse_taken(plain, folder)
    keys = [key.strip() for key in about.split(",") if key.strip()] if about else list(LEVERS)
    _write(path, drafted(scenario, plain, extends, keys, SCHEMA_FILE))
    _write_schema(folder / SCHEMA_FILE)
    _say_what_next(path, base)
    return FINE


def _plain(name: str) -> str:
    """Return the name in canonical form; it must be that of a file."""
    plain = normal(name).removesuffix(ENDING)
    is_path = {"/", os.sep, os.altsep} & {*plain} or plain in ("", ".", "..")
    if is_path or plain != plain.strip() or {":", "+"} & {*plain}:
        said = "expects a name without / : + or spaces around it; --out names a folder"
        raise BadInput(f"NAME '{shortened(name)}': {said}")
    if UNPRINTABLE.search(plain) or BREAKS.search(plain):
        raise BadInput(f"NAME '{shortened(name)}': expects one that can be printed in a line")
    return plain


def _extends(base: str, folder: Path) -> str:
    """Return how a file of a folder names the scenario it extends; it extends one, without settings."""
    from bordersim.inputs.arguments import named
    from bordersim.inputs.lookup import ENDINGS
    from bordersim.inputs.paths import user_path

    names, settings = named(base)
    if len(names) > 1 or settings:
        raise BadInput(f"--from {shortened(base)}: a scenario extends one other, as it is; name one")
    path = user_path(base)
    return os.path.relpath(path, folder) if path.lower().endswith(ENDINGS) or os.sep in path else base


def _refuse_taken(name: str, folder: Path) -> None:
    """Never write over a file, nor give a name twice: the file would hide the other one."""
    from bordersim.inputs.lookup import ENDINGS, HISTORY, PARAMETERS, same_file, scenario_files

    for ending in ENDINGS:
        if found := same_file(folder / f"{name}{ending}"):
            raise BadInput(f"{found}: is there already and is left as it is; choose another name")
    if name in (*scenario_files(), HISTORY, PARAMETERS):
        raise BadInput(f"{name}: is the name of a scenario there is; choose another")


def _write(path: Path, text: str) -> None:
    """Write a new file, whole or not at all."""
    begun = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            begun = True
            file.write(text)
    except OSError as error:
        if begun:
            path.unlink(missing_ok=True)
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from None


def _write_schema(path: Path) -> None:
    """Write the schema for the editor beside the file; one that is there stays."""
    from bordersim.cli.schema import schema_text

    if not path.exists():
        _write(path, schema_text())
    elif path.read_text(encoding="utf-8", errors="replace") != schema_text():
        warn(f"note: {path} is of another version; to renew it: bordersim schema > {path}")


def _say_what_next(path: Path, base: str) -> None:
    """Say what was written and how it is used."""
    say("It changes nothing yet. Take the '# ' off a line and change its value, then:")
    say(f"bordersim compare {shlex.quote(base)} {shlex.quote(str(path))}")
    say(str(path))
