"""A session of the live page over two months, so that a history takes milliseconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bordersim.analyses.live.session import Session, session_of

PERIOD = {"period.end": "2021-06-30"}


@pytest.fixture(scope="session")
def session() -> Iterator[Session]:
    """Open a session with the histories that come with the package."""
    session = session_of("history_2021", PERIOD, workers=2)
    yield session
    session.live.close()
