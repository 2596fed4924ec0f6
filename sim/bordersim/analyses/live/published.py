"""What was published of the days of a run, looked up in a process of its own: pandas goes with it."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bordersim.report.page.days import Published

    Found = Mapping[tuple[str, str], Published]


def published_apart(start: date, days: int) -> Found:
    """Return what was published of the figures that are shown by day, by metric and border."""
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        return apart.submit(_looked_up, start, days).result()


def _looked_up(start: date, days: int) -> Found:
    """Look it up in the record."""
    from bordersim.report.page.days import SHOWN, record_of

    found = record_of(start, days)
    return {key: found(*key) for key in SHOWN}
