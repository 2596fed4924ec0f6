"""Progress with the remaining time: a bar on a terminal, a line a minute in a pipe or a file."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from bordersim.cli.screen import warn
from bordersim.words.escaping import one_line

LINE_EVERY_S = 60.0


class Progress:
    """A bar on stderr that disappears when the work is done; a line now and then where it is no terminal."""

    def __init__(self, what: str = "replicates") -> None:
        self.what = what

    def __enter__(self) -> Progress:
        self._said = time.monotonic()
        self._first: tuple[float, int] | None = None
        if sys.stderr.isatty():
            self._start()
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show how much is done."""
        if sys.stderr.isatty():
            self._bar.update(self._task, completed=done, total=total, description=self.what)
        elif self._first is None:
            self._first = time.monotonic(), done
        elif time.monotonic() - self._said >= LINE_EVERY_S:
            self._say(*self._first, done, total)

    def tell(self, text: str) -> None:
        """Print a message above the bar; in a pipe it goes to stderr too."""
        if sys.stderr.isatty():
            self._bar.console.print(one_line(text), markup=False, highlight=False, emoji=False)
        else:
            warn(text)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.stderr.isatty():
            self._bar.stop()

    def _say(self, began: float, had: int, done: int, total: int) -> None:
        """Print how far the work has come, and the time left at its pace since it `had` that many."""
        self._said = time.monotonic()
        left_s = (self._said - began) / max(done - had, 1) * (total - done)
        warn(f"{done:,} of {total:,} {self.what}, about {left_s:,.0f} s left")

    def _start(self) -> None:
        """Show the bar; before the first replicates arrive the model may have to be compiled."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as Bar

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("passed"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
        )
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("preparing (takes up to a minute the first time)", total=None)
        self._bar.start()
