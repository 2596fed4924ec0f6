"""The answer in a few sentences: a direction with its count, a range with every number, protection first."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bordersim.inputs.schema.kinds import KINDS, Kind, kind_of
from bordersim.report.alike import other_policy, same_policy
from bordersim.report.catalogue import ENGLISH, Language
from bordersim.report.headlines import HOME
from bordersim.report.published_sums import fit_sentence
from bordersim.report.readings import own_results, without_readings
from bordersim.report.told import KEYS, PROTECTION, named_figure, within_a_sentence
from bordersim.results.ledgers import ALL
from bordersim.results.tested import found_on_borders
from bordersim.validation.recorded import of_results

if TYPE_CHECKING:
    import pandas as pd

    from bordersim.inputs import Parameter, Scenario
    from bordersim.results.experiment import Experiment

SURE, MOST = (
    0.95,
    0.8,
)  # of the histories: below the first a direction holds in most, below the other it is open
MORE, FEWER = "more", "fewer"


class Answer(NamedTuple):
    """What one scenario changed: what is read first, then a line for each other figure.

    Attributes
    ----------
    scenario
        Its name.
    lead
        The protection figure with the clearest direction, in whole sentences.
    lines
        The other figures told first.
    """

    scenario: str
    lead: str
    lines: tuple[str, ...]


def answers_of(experiment: Experiment, language: Language = ENGLISH) -> list[Answer]:
    """Return the answer for each scenario of a comparison of histories.

    Parameters
    ----------
    experiment
        A comparison of histories.
    language
        In which words.
    """
    titles = {result.name: result.scenario.title for result in own_results(experiment)}
    return answers_in(without_readings(experiment.differences), titles, language, experiment.worth)


def answers_in(
    comparison: pd.DataFrame, titles: Mapping[str, str], language: Language, worth: float | None = None
) -> list[Answer]:
    """Return the same from the table of differences.

    How many independent histories are `worth` the same is told beside the first count, where it is known.
    """
    by_scenario = comparison.groupby(["reference", "scenario"], sort=False)
    return [answer_of(list(rows.itertuples(index=False)), titles, language, worth) for _, rows in by_scenario]


def answer_of(
    rows: Sequence[Any], titles: Mapping[str, str], language: Language, worth: float | None = None
) -> Answer:
    """Return the answer of one scenario from its rows of differences."""
    found = {(row.metric, row.country): row for row in rows}
    told = [found[key] for key in KEYS if key in found]
    first = max((found[key] for key in PROTECTION if key in found), key=_clearness, default=told[0])
    # Beside a sum over borders, so that nobody takes the sum for this border's.
    at_home = found.get((first.metric, *HOME)) if first.country == ALL else None
    lines = [line(row, language) for row in told if row is not first]
    if at_home is not None:
        lines.insert(0, language.say("answer.of_these", line=within_a_sentence(line(at_home, language))))
    return Answer(str(rows[0].scenario), lead(first, titles, language, worth), tuple(lines))


def lead(row: Any, titles: Mapping[str, str], language: Language, worth: float | None = None) -> str:
    """Return one difference in whole sentences, with the titles of both scenarios."""
    titled = {"scenario": titles[row.scenario], "reference": titles[row.reference]}
    figure = language.say(f"of.{row.metric}"), language.say(f"where.{row.country}")
    values = _values(row, language)
    if worth is not None:
        counted = {"histories": values["histories"], "worth": f"{worth:.0f}"}
        values["histories"] = language.say("answer.worth", **counted)
    return language.say(f"lead.{case(row)}", of=figure[0], where=figure[1], **titled, **values)


def line(row: Any, language: Language) -> str:
    """Return one difference in a line, what it is of first."""
    what = named_figure(row.metric, row.country, language)
    return f"{what}: {language.say(f'line.{case(row)}', **_values(row, language))}"


def case(row: Any) -> str:
    """Return which words hold: same, open, or one direction in nearly all or in most of the histories."""
    if row.more == row.fewer == 0:
        return "same"
    way, count = (MORE, row.more) if row.more >= row.fewer else (FEWER, row.fewer)
    if count >= SURE * row.replicates:
        return way
    return f"most_{way}" if count >= MOST * row.replicates else "open"


def assumed_sentence(scenarios: list[Scenario], language: Language) -> str:
    """Return which share of the values of scenarios is assumed, from the least to the most."""
    shares = sorted(map(assumed_share, scenarios))
    low, high = language.share(shares[0]), language.share(shares[-1])
    if low == high:
        return language.say("answer.assumed", share=low)
    return language.say("answer.assumed_between", low=low, high=high)


def assumed_line(scenario: Scenario, language: Language = ENGLISH) -> str:
    """Return how many of a scenario's values are marked assumed, and how many of each kind."""
    values, share = scenario.parameters.values(), language.share(assumed_share(scenario))
    parts = ", ".join(_of_kind(kind, each, language) for kind, each in by_kind(scenario).items())
    counts = {"assumed": assumed_values(values), "all": len(values)}
    return language.say("assumed.line", name=scenario.name, share=share, parts=parts, **counts)


def _of_kind(kind: str, values: Sequence[Parameter], language: Language) -> str:
    """Write how many values of a kind are assumed."""
    named, assumed = language.say(f"assumed.kinds.{kind}"), assumed_values(values)
    return language.say("assumed.part", kind=named, assumed=assumed, all=len(values))


def assumed_share(scenario: Scenario) -> float:
    """Return which share of a scenario's values is assumed [0-1]."""
    return assumed_values(scenario.parameters.values()) / max(len(scenario.parameters), 1)


def assumed_values(values: Iterable[Parameter]) -> int:
    """Return how many values are assumed."""
    return sum(parameter.confidence == "assumed" for parameter in values)


def by_kind(scenario: Scenario) -> dict[Kind, list[Parameter]]:
    """Return the values of a scenario that are of each kind, without kinds of which there are none."""
    found: dict[Kind, list[Parameter]] = {kind: [] for kind in KINDS}
    for key, parameter in scenario.parameters.items():
        found[kind_of(key)].append(parameter)
    return {kind: values for kind, values in found.items() if values}


def spread(low: float, high: float, metric: str, language: Language) -> str:
    """Write a range of differences, the end nearer to none first."""
    near, far = sorted((low, high), key=abs)
    if far == 0:
        return language.say("range.none")
    if low < 0 < high:
        ends = language.amount(-low, metric), language.amount(high, metric)
        return language.say("range.both", fewer=ends[0], more=ends[1])
    ends = language.amount(abs(near), metric), language.amount(abs(far), metric)
    return language.say("range.more" if far > 0 else "range.fewer", near=ends[0], far=ends[1])


def difference(value: float, metric: str, language: Language) -> str:
    """Write one difference: so many more or fewer."""
    way = MORE if value > 0 else FEWER if value < 0 else "none"
    return language.say(f"amount.{way}", value=language.amount(abs(value), metric))


def _values(row: Any, language: Language) -> dict[str, str]:
    """Return what sentences are filled with."""
    return {
        "median": language.amount(abs(row.median), row.metric),
        "range": spread(row.range_low, row.range_high, row.metric, language),
        "more": language.number(row.more, 0),
        "fewer": language.number(row.fewer, 0),
        "histories": language.counted("of_histories", row.replicates),
    }


def _clearness(row: Any) -> float:
    """Return how clear a direction is: the share of histories that have it."""
    return float(max(row.more, row.fewer) / max(row.replicates, 1))


def rests_on(experiment: Experiment, happened: str, language: Language = ENGLISH) -> list[str]:
    """Return what the answer rests on: policies alike, the share assumed, how much of the record comes out.

    `happened` names the scenario of what happened; without it nothing is said of the record.
    """
    results = own_results(experiment)
    recorded = [of_results([result]) for result in results if result.name == happened and result.keeps_days]
    fits = (fit_sentence(each, language) for each in recorded)
    scenarios = [result.scenario for result in results]
    policies = other_policy(scenarios, language), same_policy(scenarios, language)
    told = (*policies, assumed_sentence(scenarios, language), *fits)
    return list(filter(None, told))


def before_quoting(is_compared: bool, language: Language = ENGLISH) -> list[str]:
    """Return what to know before quoting what histories give, a few sentences each."""
    too_narrow = any(each.is_too_narrow for each in found_on_borders())
    of_differences = ("reach", *(("stretched",) if too_narrow else ()), "doubt", "differences")
    parts = ("how", *(of_differences if is_compared else ("range", "doubt")), "events")
    return [language.say(f"reading.{part}") for part in parts]


def words_of(metrics: Container[str] | None = None, language: Language = ENGLISH) -> list[str]:
    """Return what the words of tables mean: of those with these metrics, or of all."""
    explained = language.section("explained")
    return [text for metric, text in explained.items() if metrics is None or metric in metrics]
