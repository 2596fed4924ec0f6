"""An executor that does its work in the wrong order, for tests of what must not depend on it."""

from __future__ import annotations

import threading
from concurrent.futures import Executor, Future
from typing import Any


class LastFirst(Executor):
    """Does the work handed in last before the rest."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Put work aside; start it all, in reverse order, once nothing more comes."""
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        if len(self.waiting) == 1:
            threading.Timer(0.1, self.work).start()
        return future

    def work(self) -> None:
        """Do what waits, last first."""
        waiting, self.waiting = self.waiting, []
        for future, call in reversed(waiting):
            future.set_result(call())
