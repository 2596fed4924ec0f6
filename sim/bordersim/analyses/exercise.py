"""An exercise: which parameters are fitted to which figures and days, and what is then predicted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordersim.analyses.exercise_values import day_of, end_of, number_in, whole_in
from bordersim.analyses.ranges import MOST_POINTS, MOST_VALUES, VARY, Range, parse_range, range_of_parameter
from bordersim.errors import BadInput
from bordersim.inputs.finding import check_version, name_of
from bordersim.inputs.nodes import SET, Node
from bordersim.inputs.paths import user_path
from bordersim.inputs.yaml_source import entry_of, place, read_yaml, shown, word_of
from bordersim.validation.matched import Summary, published

if TYPE_CHECKING:
    from bordersim.inputs import Scenario

PRIOR = "prior"
KEYS = (
    *("schema_version", "name", "title", "scenario", "fit", "predict", "seed", "draws", "replicates"),
    *("posterior", "rule_out_above", "discrepancy", "accept_share", "parameters", "summaries"),
)
NEEDED = ("name", "scenario", "fit", "parameters", "summaries")
KEPT_KEYS = ("draws", "replicates")
ENDS = ("low", "high")
SUMMARY_KEYS = ("country", "series", "from", "to", "discrepancy")
RULE_OUT_ABOVE, DISCREPANCY, ACCEPT_SHARE = 3.0, 0.2, 0.2
MOST_IMPLAUSIBLE, MOST_DISCREPANCY, MOST_SEED = 1_000_000, 100, 2**63 - 1
DRAWS, REPLICATES, KEPT = 1024, 2, 200


@dataclass(frozen=True)
class Exercise:
    """The request of a calibration.

    Parameters
    ----------
    first, last
        The days of the fit.
    predicted_to
        The last day that is predicted; the first is that of the fit.
    draws, replicates
        Size of the design, and replicates of each draw.
    kept, kept_replicates
        Draws of the posterior that are written, and replicates of each in the prediction.
    rule_out_above
        Implausibility above which a draw is rejected.
    accept_share
        Share of the remaining simulations that is accepted.
    """

    name: str
    title: str
    scenario: str
    first: date
    last: date
    predicted_to: date
    seed: int
    draws: int
    replicates: int
    kept: int
    kept_replicates: int
    rule_out_above: float
    accept_share: float
    ranges: tuple[Range, ...]
    summaries: tuple[Summary, ...]

    def sets(self, end: date) -> dict[str, object]:
        """Return the values that are set on top of the scenario to run it until a day."""
        return {"period.start": self.first, "period.end": end, "run.seed": self.seed}

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, which the manifest of a run keeps."""
        days = {key: str(getattr(self, key)) for key in ("first", "last", "predicted_to")}
        summaries = [each.plain() for each in self.summaries]
        return {**asdict(self), **days, "ranges": [asdict(r) for r in self.ranges], "summaries": summaries}

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> Exercise:
        """Read it from plain data."""
        days = {key: date.fromisoformat(plain[key]) for key in ("first", "last", "predicted_to")}
        ranges = tuple(Range(**{**each, "values": tuple(each["values"])}) for each in plain["ranges"])
        summaries = tuple(Summary.of_plain(each) for each in plain["summaries"])
        return cls(**{**plain, **days, "ranges": ranges, "summaries": summaries})


def read_exercise(path: Path) -> Exercise:
    """Read an exercise and check it against its scenario.

    Raises
    ------
    BadInput
        In one line with file, line and key, before anything is simulated.
    """
    given = opened(path, KEYS, NEEDED)
    first, last, predicted_to = _days(given)
    kept = _kept(given["posterior"]) if "posterior" in given else {}
    exercise = Exercise(
        name=name_of(given["name"], "name"),
        title=title_in(given),
        scenario=word_of(given["scenario"], "scenario"),
        first=first,
        last=last,
        predicted_to=predicted_to,
        seed=whole_in(given, "seed", 1, 0, MOST_SEED),
        draws=whole_in(given, "draws", DRAWS, 2, MOST_POINTS),
        replicates=whole_in(given, "replicates", REPLICATES, 2, MOST_POINTS),
        kept=whole_in(kept, "draws", KEPT, 2, MOST_POINTS),
        kept_replicates=whole_in(kept, "replicates", REPLICATES, 1, MOST_POINTS),
        rule_out_above=number_in(given, "rule_out_above", RULE_OUT_ABOVE, MOST_IMPLAUSIBLE),
        accept_share=number_in(given, "accept_share", ACCEPT_SHARE, 1),
        ranges=(),
        summaries=_summaries(given, (first, last)),
    )
    return _checked_size(_with_ranges(exercise, given), given, kept)


def opened(path: Path, keys: Sequence[str], needed: Sequence[str]) -> dict[str, Node]:
    """Read the keys of an exercise of any kind."""
    given = entry_of(read_yaml(user_path(path), str(path)), keys, needed, "")
    check_version(given)
    return given


def title_in(given: dict[str, Node]) -> str:
    """Read the title; there need be none."""
    return word_of(given["title"], "title") if "title" in given else ""


def _days(given: dict[str, Node]) -> tuple[date, date, date]:
    """Read the days of the fit and the last of the prediction."""
    fit = entry_of(given["fit"], ("from", "to"), ("from", "to"), "fit", "fit.")
    first, last = (day_of(fit[key], f"fit.{key}") for key in ("from", "to"))
    predicted_to = last
    if "predict" in given:
        predict = entry_of(given["predict"], ("to",), ("to",), "predict", "predict.")
        predicted_to = day_of(predict["to"], "predict.to")
    if not first < last <= predicted_to:
        raise BadInput(f"{place(given['fit'].origin, 'fit')}: expects from < to <= the end of predict")
    return first, last, predicted_to


def _kept(node: Node) -> dict[str, Node]:
    """Read how much of the posterior is kept."""
    if not node.mapping():
        said = f"expects keys with values, is {shown(node.value)}"
        raise BadInput(f"{place(node.origin, 'posterior')}: {said}")
    return entry_of(node, KEPT_KEYS, (), "posterior", "posterior.")


def _checked_size(exercise: Exercise, given: dict[str, Node], kept: dict[str, Node]) -> Exercise:
    """Refuse more values or replicates than memory holds."""
    sizes = ((exercise.draws, exercise.replicates, given), (exercise.kept, exercise.kept_replicates, kept))
    for draws, replicates, keys in sizes:
        for what, each in (("parameters", len(exercise.ranges)), ("replicates", replicates)):
            if draws * each > MOST_VALUES:
                where = place(keys["draws" if "draws" in keys else "replicates"].origin, "draws")
                raise BadInput(f"{where}: {draws} draws x {each} {what} are more than {MOST_VALUES:,}")
    return exercise


def loaded(exercise: Exercise, end: date) -> Scenario:
    """Load the scenario of an exercise, running until a day."""
    from bordersim.inputs.loading import load

    return load(exercise.scenario, exercise.sets(end))


def _with_ranges(exercise: Exercise, given: dict[str, Node]) -> Exercise:
    """Read the parameters with their priors."""
    return replace(exercise, ranges=ranges_in(given["parameters"], _scenario(exercise, given)))


def ranges_in(node: Node, scenario: Scenario) -> tuple[Range, ...]:
    """Read parameters, each with its range."""
    if not node.mapping():
        raise BadInput(f"{place(node.origin, 'parameters')}: expects keys, each with 'prior' or low and high")
    return tuple(_range(key, each, scenario) for key, each in node.mapping().items())


def _range(key: str, node: Node, scenario: Scenario) -> Range:
    """Read the prior of one parameter: that of parameters.yaml, or ends of its own."""
    if node.value == PRIOR:
        return _said_of(node, PRIOR, lambda: range_of_parameter([scenario], key, PRIOR))
    if not set(ENDS) <= node.mapping().keys():
        raise BadInput(
            f"{place(node.origin, key)}: expects '{PRIOR}' or low and high, is {shown(node.value)}"
        )
    ends = entry_of(node, ENDS, (), key, f"{key}.")
    low, high = (end_of(ends[each], f"{key}.{each}") for each in ENDS)
    return _said_of(node, VARY, lambda: parse_range(f"{key}={low}:{high}", [scenario]))


def _scenario(exercise: Exercise, given: dict[str, Node]) -> Scenario:
    """Load the scenario; an error in a value set on top names the key of the exercise."""
    try:
        return loaded(exercise, exercise.predicted_to)
    except BadInput as error:
        said = str(error)
    for key, option in (("fit", "period.start"), ("predict", "period.end"), ("seed", "run.seed")):
        if said.startswith(f"{SET} {option}: "):
            where = given.get(key, given["fit"])
            raise BadInput(f"{place(where.origin, key)}: {said.partition(': ')[2]}")
    raise BadInput(f"{place(given['scenario'].origin, 'scenario')}: {said}")


def _said_of(node: Node, option: str, read: Callable[[], Range]) -> Range:
    """Read a range; an error begins with file and line instead of the option."""
    try:
        return read()
    except BadInput as error:
        raise BadInput(f"{node.origin}: {str(error).removeprefix(f'{option} ')}") from None


def _summaries(given: dict[str, Node], fit: tuple[date, date]) -> tuple[Summary, ...]:
    """Read the summaries; each must have been published and lie within the fit."""
    node, general = given["summaries"], number_in(given, "discrepancy", DISCREPANCY, MOST_DISCREPANCY)
    if not node.items():
        said = f"expects a list, like '- {{country: LT, ...}}', is {shown(node.value)}"
        raise BadInput(f"{place(node.origin, 'summaries')}: {said}")
    return tuple(_summary(item, fit, general) for item in node.items())


def _summary(node: Node, fit: tuple[date, date], general: float) -> Summary:
    given = entry_of(node, SUMMARY_KEYS, SUMMARY_KEYS[:-1], "summaries", "summaries.")
    first, last = (day_of(given[key], key) for key in ("from", "to"))
    if not fit[0] <= first <= last <= fit[1]:
        days = f"{first} to {last} lies outside the fit, {fit[0]} to {fit[1]}"
        raise BadInput(f"{place(node.origin, 'summaries')}: {days}")
    country, series = (word_of(given[key], f"summaries.{key}") for key in ("country", "series"))
    discrepancy = number_in(given, "discrepancy", general, MOST_DISCREPANCY)
    return published(country, series, first, last, discrepancy, node.origin)
