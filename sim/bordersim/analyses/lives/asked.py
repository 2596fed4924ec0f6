"""A story as it is asked for: of a finished comparison, or of two scenarios that are lived through for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bordersim.analyses.given import histories_for
from bordersim.analyses.lives.again import Again, again_in, again_of
from bordersim.analyses.lives.picks import PICKS, TYPICAL
from bordersim.analyses.lives.telling import Progress, Teller
from bordersim.errors import BadInput
from bordersim.experiments.values import FIXED
from bordersim.inputs.arguments import MOST_REPLICATES, choice, text, whole_number
from bordersim.inputs.loading import SEED, load, with_seed
from bordersim.inputs.lookup import scenario_files
from bordersim.inputs.paths import URL
from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.story.shown import ShownStory
from bordersim.results.store.folder import is_manifest
from bordersim.results.store.names import MANIFEST
from bordersim.results.store.runs import located
from bordersim.words.text import normal, shortened

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.inputs.arguments import Names, Values

AMONG = 20  # replicates or histories that are looked at


@dataclass(frozen=True)
class Whom:
    """Whom a story tells of.

    Parameters
    ----------
    pick
        "typical", a family with the two endings that occur together most often; "each-ending", one family
        for each of the commonest pairs of endings; "extreme-returns" or "extreme-captive", the family sent
        back most often or held longest between the two countries' guards, marked as extreme.
    person
        The name of a family, as stories print it; None to pick by rule.
    among
        How many replicates or histories are looked at, evenly spread.
    """

    pick: str = TYPICAL
    person: str | None = None
    among: int = AMONG

    def __post_init__(self) -> None:
        """Refuse what cannot be asked for, or not together."""
        choice("pick", self.pick, PICKS)
        whole_number("among", self.among, 1, MOST_REPLICATES)
        if self.person is not None and self.pick != TYPICAL:
            raise BadInput("person: is one family already; leave out 'pick'")

    def told_by(
        self,
        again: Again,
        progress: Progress | None = None,
        command: str = "",
        language: Language = ENGLISH,
    ) -> ShownStory:
        """Return the story of a comparison."""
        told = Teller(again, self.among, progress).story(self.pick, self.person)
        return ShownStory(told._replace(notes=again.notes, made_by=command), language)


def story(
    where: Names | Path,
    scenario: Names | None = None,
    *,
    values: str = FIXED,
    seed: int | None = None,
    set: Values | None = None,
    pick: str = TYPICAL,
    person: str | None = None,
    among: int = AMONG,
) -> ShownStory:
    """Tell what happens to a synthetic family under each of two policies, and why its two lives diverge.

    Replicates or histories are simulated again with a log of events; no run folder keeps one.

    Parameters
    ----------
    where
        A run folder or its URL; "latest", or the eight characters that end its name, looked up in the folder
        ``results``; or the reference, named as in `compare`.
    scenario
        The scenario that is compared with the reference; with a folder, which of its scenarios, None for the
        first.
    values
        As in `compare`.
    seed, set
        As in `compare`. A run folder has its own values: with one, leave out `values`, `seed` and `set`.
    pick
        An ending is where a family is on the last day. "typical": a family whose two endings occur together
        most often; "each-ending": one for each of the eight commonest pairs of endings; "extreme-returns" or
        "extreme-captive", the family sent back most often or held longest between the two countries' guards,
        marked as extreme.
    person
        The name of a family, as a story prints it; None to pick by rule.
    among
        Number of replicates or histories in which to look for it, 1 to 1,000,000: with a folder spread evenly
        over its own, else over all histories, or the first so many replicates where values are fixed.

    Returns
    -------
    ShownStory
        It prints as text, shows as a page in a notebook and saves as one file of HTML.

    Raises
    ------
    BadInput
        If there is no such folder, scenario or family, explained in one line.
    RunError
        If the counts differ from those in the folder: another version of the model made it.

    Examples
    --------
    >>> from bordersim import story
    >>> days = {"period.end": "2021-08-20"}
    >>> told = story("no_turn_back_2021", "history_2021", set=days, among=1)
    >>> told.story.survey.policies_part  # the first day on which the two policies differ
    datetime.date(2021, 8, 3)
    """
    whom = Whom(pick, person, among)
    if (found := run_named(where)) is not None:
        if set is not None or seed is not None or values != FIXED:
            raise BadInput(
                "set, seed, values: a run folder has values of its own; name two scenarios instead"
            )
        named = None if scenario is None else text("scenario", scenario)
        return whom.told_by(again_in(found, named))
    if scenario is None:
        raise BadInput(f"where: {shortened(str(where))}: no run folder; to compare, name two scenarios")
    sets = with_seed(set, seed)
    loaded = [load(each, sets) for each in (where, scenario)]
    return whom.told_by(again_for(loaded, sets, values))


def run_named(where: object) -> str | None:
    """Return the place of a run: a URL, a folder with a manifest, the manifest, or a name of one, or None."""
    if not isinstance(where, str | Path):
        return None
    named = str(where) if normal(str(where)) in scenario_files() else located(str(where))
    path = Path(named).expanduser()
    is_run = URL in named or is_manifest(named) or (path / MANIFEST).is_file()
    return named if is_run else None


def again_for(scenarios: Sequence[Scenario], sets: Mapping[str, object], values: str) -> Again:
    """Return what a comparison of two scenarios would be: of histories where there are any."""
    if values == FIXED:
        return again_of(scenarios, sets)
    given = histories_for(values, scenarios, sets)
    if given is None:
        note = f"no histories begin on {scenarios[0].config.period.start}: values are fixed"
        return again_of(scenarios, sets, notes=(note,))
    if SEED in sets:
        raise BadInput(f"{SEED}: histories have keys of their own; leave it out, or add --values {FIXED}")
    return again_of(scenarios, sets, given.draws, tuple(given.notes))
