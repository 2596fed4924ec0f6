"""Where stderr is no terminal, long work says how far it has come, and short work says nothing."""

from __future__ import annotations

import pytest

from bordersim.cli import progress
from bordersim.cli.progress import LINE_EVERY_S, Progress


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], times: list[float]
) -> list[str]:
    """Return what is said when a quarter more of 400 replicates is done at each of these times [s]."""
    clock = {"now": 0.0}
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock["now"])
    with Progress() as bar:
        for number, now in enumerate(times, 1):
            clock["now"] = now
            bar(100 * number, 400)
    return capsys.readouterr().err.splitlines()


def test_short_work_says_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(monkeypatch, capsys, [1.0, 2.0, 3.0, LINE_EVERY_S - 1.0]) == []


def test_long_work_says_a_line_a_minute_with_what_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(monkeypatch, capsys, [10.0, 70.0, 135.0, 140.0])
    assert lines == [
        "200 of 400 replicates, about 120 s left",
        "300 of 400 replicates, about 62 s left",
    ]
