"""Rerun the sessions in docs/experiments*.md: ``unshare -rm python -m docs.make_experiments``.

Every fence that begins with ``$`` is a shell session, run line by line in a new clone of the checkout (of
what is committed, so that a session may edit a rule or fill a disk), each going on where the one before
ended. Long outputs are cut in the middle. Times and the names of run folders are those of this run.
``unshare -rm`` lets a session mount its small disk. It takes some minutes; what takes more is left as it
is, unless ``--long`` is given.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

DOCS = Path(__file__).resolve().parent
PAGES = ("experiments.md", "experiments-sweeps.md")
SESSION = re.compile(r"(?<=^```\n)\$ .*?(?=^```$)", re.DOTALL | re.MULTILINE)
RUN_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}(?:-\d+)?")
LONG = re.compile(r"--samples 64(?!.*--dry-run)", re.DOTALL)
HEAD, TAIL, WIDTH = 18, 8, 150
UP_S = 5  # until a service in the background answers
OURS = f'bordersim() {{ "{sys.executable}" -m bordersim.cli "$@"; }}\n'


class Step(NamedTuple):
    """A command as it is shown, with what it printed."""

    command: str
    printed: str

    @property
    def plain(self) -> str:
        """The command in one line."""
        return self.command.replace("\\\n", " ")


def steps(session: str) -> Iterator[Step]:
    """Split a session into commands; a backslash at the end of a line continues the command."""
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        end = next(i for i, line in enumerate(lines, 1) if not line.endswith("\\\n"))
        yield Step("".join(lines[:end]).rstrip("\n"), "".join(lines[end:]))


def commands(page: str) -> Iterator[str]:
    """Yield every command of ours that a page shows, in one line."""
    for session in SESSION.findall(page):
        yield from (step.plain for step in steps(session) if step.plain.startswith("bordersim "))


class Shell:
    """A clone of the checkout in which commands are run; `names` leads from old run folders to new ones."""

    def __init__(self, root: Path, long: bool) -> None:
        self.root, self.long = root, long
        self.names: dict[str, str] = {}
        self._services: list[subprocess.Popen[bytes]] = []
        subprocess.run(["git", "clone", "-q", str(DOCS.parent), str(root)], check=True)

    def remade(self, session: str) -> str:
        """Run a session and return it with what it prints now."""
        return "".join(self._step(step) for step in steps(session))

    def close(self) -> None:
        """End what was left running in the background."""
        for service in self._services:
            service.terminate()
            service.wait()

    def _step(self, step: Step) -> str:
        """Run one command, unless it is a long one."""
        if LONG.search(step.plain) and not self.long:
            return f"$ {step.command}\n{step.printed}"
        command = RUN_NAME.sub(lambda old: self.names.get(old[0], old[0]), step.command)
        print(f"$ {command}", file=sys.stderr)
        printed = self._run(command)
        self.names |= dict(zip(_names(step.printed), _names(printed), strict=False))
        return f"$ {command}\n{shortened(printed)}"

    def _run(self, command: str) -> str:
        """Run a command; one with ``&`` at its end stays in the background."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "sim")}
        where = {"cwd": self.root, "env": environment}
        if command.endswith("&"):
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            bare = command.rstrip("& ")
            self._services.append(subprocess.Popen(f"exec {bare}", shell=True, **where, **quiet))  # type: ignore[call-overload]
            time.sleep(UP_S)
            return ""
        both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        words = ["bash", "-c", OURS + command]
        done = subprocess.run(words, check=False, **where, **both)  # type: ignore[call-overload]
        if str(self.root) in done.stdout:
            raise ValueError(f"a path of this machine would be shown: {command}")
        return str(done.stdout)


def shortened(printed: str) -> str:
    """Cut a long output in the middle and long lines at their end."""
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    lines = [line if len(line) <= WIDTH else f"{line[: WIDTH - 4]} ..." for line in lines]
    if len(lines) > HEAD + TAIL + 1:
        lines = [*lines[:HEAD], "...", *lines[-TAIL:]]
    return "".join(f"{line}\n" for line in lines)


def _names(printed: str) -> list[str]:
    """Return the run folders that are named, each once."""
    return list(dict.fromkeys(RUN_NAME.findall(printed)))


def main(long: bool) -> None:
    """Write the pages anew."""
    with TemporaryDirectory(prefix="experiments-", ignore_cleanup_errors=True) as scratch:
        shell = Shell(Path(scratch) / "bordersim", long)
        try:
            for name in PAGES:
                page = (DOCS / name).read_text(encoding="utf-8")
                made = SESSION.sub(lambda found: shell.remade(found[0]), page)
                (DOCS / name).write_text(made, encoding="utf-8")
        finally:
            shell.close()


if __name__ == "__main__":
    main("--long" in sys.argv[1:])
