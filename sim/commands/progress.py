"""Progress with the time that remains, on a terminal; silence in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType


class Progress:
    """A bar on stderr that appears with the first call and goes when the work is done."""

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            self._start()
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show how many replicates are done."""
        if sys.stderr.isatty():
            self._bar.update(self._task, completed=done, total=total, description="replicates")

    def tell(self, text: str) -> None:
        """Say something above the bar; in a pipe it goes to stderr all the same."""
        if sys.stderr.isatty():
            self._bar.console.print(text)
        else:
            print(text, file=sys.stderr)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.stderr.isatty():
            self._bar.stop()

    def _start(self) -> None:
        """Show the bar; until the first replicates are in, the model may still have to be compiled."""
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
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
        )
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("preparing (the first run compiles the model)", total=None)
        self._bar.start()
