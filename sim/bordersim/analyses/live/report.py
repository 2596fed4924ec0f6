"""The report of a state, made in a process of its own: its memory goes with it, and it can be given up."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bordersim.analyses.live.session import Opened, Session, session_of
from bordersim.analyses.live.state import command, scenarios_of


def report_apart(opened: Opened, pairs: Sequence[tuple[str, str]]) -> str:
    """Return the report of the state in the words of an address, made by a process that ends with it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        return apart.submit(_made, opened, list(pairs)).result()


def _made(opened: Opened, pairs: Sequence[tuple[str, str]]) -> str:
    """Open the session again and write the report."""
    session = session_of(*opened)
    try:
        return report_of(session, pairs)
    finally:
        session.live.close()


def report_of(session: Session, pairs: Sequence[tuple[str, str]]) -> str:
    """Run both scenarios as the command line does, and return the report of the comparison."""
    from bordersim.experiments.run import simulated
    from bordersim.experiments.settings import Settings
    from bordersim.report.page.page import page

    state = session.state(pairs)
    assumed = dict(state.assumptions)
    draws = [
        {key: value for key, value in draw.items() if key not in assumed}
        for draw in session.live.worlds.draws[: state.most]
    ]
    settings = Settings(
        workers=session.opened.workers,
        pictures=(),
        command=command(state, session.reference, session.opened.sets),
        notes=tuple(session.notes(state)),
        happened=session.happened,
    )
    scenarios = list(scenarios_of(state, session.reference, session.live.choices))
    with simulated(scenarios, settings, {**session.opened.sets, **assumed}, draws) as made:
        return page(made.experiment, made.settings, language=session.language)
