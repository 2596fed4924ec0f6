"""Which parameters a figure depends on: the request, and the indices of every figure as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.analyses.designs import draws_at
from bordersim.analyses.groups import NARROWER, is_set, keys_meant, parse_vary
from bordersim.analyses.indices import (
    METHODS,
    MORRIS,
    RANKED_BY,
    SOBOL,
    draws_of_sample,
    indices_of,
    shares_of,
)
from bordersim.analyses.ranges import VARY, Range, check_values, range_of_parameter
from bordersim.errors import BadInput
from bordersim.results.by_draw import Answers, Wanted
from bordersim.results.store.columns import INDEX_COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario
    from bordersim.results.draws import Draw

PARAMETERS = "--parameters"
# Each moved a main figure of 2021 strongly in a Morris screening of 195 numbers. Choice, detection, response,
# giving up and learning are all in it; levers of policy are not, nor how many people arrive.
DEFAULT_PARAMETERS = (
    *("choice.onward_eur.LT", "choice.price_weight_per_1000_eur", "choice.country_factor.PL"),
    *("choice.chance_weight", "choice.escorted_share", "choice.retry_days_mean"),
    *("detect.patrol_pass_probability", "detect.patrol_rate_max_per_h", "cross.clear_h"),
    *("respond.handling_per_person_h", "return_home.after_return_probability", "learn.passage_memory_days"),
)
SAMPLES = {MORRIS: 20, SOBOL: 256}


@dataclass(frozen=True)
class Question:
    """A sensitivity analysis: its method, the number of base points or trajectories, and the ranges."""

    method: str
    samples: int
    ranges: tuple[Range, ...]
    seed: int

    @property
    def keys(self) -> list[str]:
        """The keys that are varied."""
        return [each.key for each in self.ranges]

    def shares(self) -> NDArray[np.float64]:
        """Return the points of the unit cube, the same whenever they are asked for."""
        return shares_of(self.method, len(self.ranges), self.samples, self.seed)

    def draws(self) -> list[Draw]:
        """Return the draws."""
        return draws_at(self.ranges, self.shares())

    @property
    def draw_count(self) -> int:
        """Count the draws."""
        return self.samples * draws_of_sample(self.method, len(self.ranges))

    def plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)

    @classmethod
    def of_plain(cls, said: Mapping[str, Any]) -> Question:
        """Return it from plain data."""
        ranges = tuple(Range(**{**each, "values": tuple(each["values"])}) for each in said["ranges"])
        return cls(said["method"], said["samples"], ranges, said["seed"])


def question_of(
    scenarios: Sequence[Scenario],
    method: str,
    samples: int | None,
    parameters: Sequence[str],
    vary: Sequence[str],
) -> Question:
    """Read the request; a range of `--vary` replaces that of the parameter, or adds one."""
    if method not in METHODS:
        raise BadInput(f"--method must be {' or '.join(METHODS)}, is '{method}'")
    given = {each.key: each for each in parse_vary(vary, scenarios)}
    usual = [] if given else [key for key in DEFAULT_PARAMETERS if not is_set(scenarios, key)]
    keys = keys_meant(parameters or usual, scenarios, PARAMETERS)
    chosen = {key: given.get(key) or range_of_parameter(scenarios, key, PARAMETERS) for key in keys}
    ranges = (chosen | given).values()
    if len(ranges) < 2:
        option = VARY if given else PARAMETERS
        raise BadInput(f"{option}: a sensitivity analysis needs two parameters at least")
    question = Question(method, samples or SAMPLES[method], tuple(ranges), scenarios[0].config.run.seed)
    _check_draws(question, scenarios)
    return question


def index_table(question: Question, answers: Answers, wanted: Sequence[Wanted]) -> pd.DataFrame:
    """Return the indices: of every figure of every scenario, and of the differences to the first."""
    import pandas as pd

    shares = question.shares()
    rows: list[tuple[Any, ...]] = []
    for each in wanted:
        for name, values in _outcomes(answers, each):
            rows += _ranked(name, each, question, shares, values)
    return pd.DataFrame(rows, columns=list(INDEX_COLUMNS))


def _outcomes(answers: Answers, wanted: Wanted) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield what is analysed, one value a draw."""
    means = answers.means(wanted)
    for i, name in enumerate(answers.names):
        yield name, means[:, i]
    for i, name in enumerate(answers.names[1:], 1):
        yield f"{name} minus {answers.names[0]}", means[:, i] - means[:, 0]


def _ranked(
    name: str, wanted: Wanted, question: Question, shares: NDArray[np.float64], values: NDArray[np.float64]
) -> list[tuple[Any, ...]]:
    """Return the rows of one figure, the most influential parameter first."""
    found = list(indices_of(question.method, question.keys, shares, values, question.seed))
    telling = {each.key: each.value for each in found if each.measure == RANKED_BY[question.method]}
    order = sorted(telling, key=lambda key: -np.nan_to_num(telling[key]))
    ranks = {key: rank for rank, key in enumerate(order, 1)}
    rows = [(name, *wanted, ranks[each.key], *each) for each in found]
    return sorted(rows, key=lambda row: row[3])


def _check_draws(question: Question, scenarios: Sequence[Scenario]) -> None:
    """Refuse the whole analysis if one of its draws is invalid: it needs every one of them."""
    for number, draw in enumerate(question.draws()):
        for scenario in scenarios:
            check_values(scenario, dict(draw), f"draw {number} cannot be,", NARROWER)
