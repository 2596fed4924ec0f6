"""Sweeps and sensitivity analyses: from the user's options to draws, and the results as tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordersim.analyses.analysis import flips_text, sensitivity_of, sweep_of
from bordersim.analyses.designs import GRID, LATIN_HYPERCUBE, draws_of
from bordersim.analyses.drawfile import read_draws
from bordersim.analyses.groups import FREE, NARROWER, left_out, parse_vary, words_in
from bordersim.analyses.over_draws import overview_sheets
from bordersim.analyses.ranges import check_values, overridden
from bordersim.analyses.sensitivity import Question, index_table, question_of
from bordersim.analyses.sensitivity_report import ranking_sheets
from bordersim.cli.analysed import Analysed
from bordersim.cli.screen import show, tell, warn
from bordersim.errors import BadInput
from bordersim.report.pictures.differences import decimals, number
from bordersim.report.sheets import Sheet
from bordersim.results.by_draw import Answers, wanted_figures
from bordersim.results.paired import mean_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.inputs import Scenario
    from bordersim.results.draws import Draw
    from bordersim.results.experiment import Experiment

DRAWS_SHOWN = 24
SOME_DRAWS = 100  # named where a grid has many
LISTED = "list"
BULLET = "- "
MEANS = "mean of each draw (95 % interval of the mean)"


@dataclass(frozen=True)
class Asked(Analysed):
    """Draws on top of scenarios, and the analysis requested."""

    draws: Sequence[Draw]
    analysis: Mapping[str, Any]

    @property
    def is_designed(self) -> bool:
        """Whether draws were placed for indices: means over all of them say nothing."""
        return "question" in self.analysis

    def show_found(self, experiment: Experiment) -> None:
        """Print the tables and what they come to, alone."""
        answers = Answers.of(experiment, wanted_figures(self.analysis["metrics"]))
        show(self._sheets(answers))
        for note in self.analysis["notes"]:
            tell(f"note: {note}")
        if found := flips_text(answers, list(answers.values)):
            tell(found, hanging=len(BULLET))

    def json_text(self, experiment: Experiment, seconds: float) -> str:
        """Write what was found as JSON."""
        from bordersim.cli.printed import json_text

        answers = Answers.of(experiment, wanted_figures(self.analysis["metrics"]))
        table = index_table(self._question, answers, list(answers.values)) if self.is_designed else None
        found = {} if table is None else {"indices": json.loads(table.to_json(orient="records"))}
        flips = flips_text(answers, list(answers.values)).splitlines()
        return json.dumps(json.loads(json_text(experiment, seconds)) | found | {"flips": flips[2:]}, indent=1)

    @property
    def _question(self) -> Question:
        return Question.of_plain(self.analysis["question"])

    def _sheets(self, answers: Answers) -> Sequence[Sheet]:
        """Return the rankings; or the figures of each draw, if they are few, and over all draws."""
        if self.is_designed:
            indices = index_table(self._question, answers, list(answers.values))
            return list(ranking_sheets(indices, self._question.method))
        each = list(_sweep_sheets(answers)) if len(answers.draws) <= DRAWS_SHOWN else []
        return each if each and len(answers.keys) == 1 else [*each, *overview_sheets(answers)]


def asked_sweep(
    scenarios: Sequence[Scenario],
    vary: Sequence[str],
    listed: Path | None,
    design: str | None,
    samples: int | None,
    metrics: Sequence[str],
) -> Asked:
    """Read the options of a sweep; many keys at once have no grid unless one is asked for."""
    wanted_figures(metrics)
    if listed is not None:
        if vary:
            raise BadInput("--draws and --vary: give one of them, a list of draws or ranges")
        if samples is not None:
            raise BadInput(
                "--draws and --samples: the file says how many draws there are; leave --samples out"
            )
        return Asked(read_draws(listed, scenarios), sweep_of(LISTED, metrics, []))
    ranges, words = parse_vary(vary, scenarios), words_in(vary)
    design = design or (LATIN_HYPERCUBE if words else GRID)
    draws = draws_of(design, ranges, samples, scenarios[0].config.run.seed)
    _say_how_many(design, len(ranges), len(draws))
    for place, draw in enumerate(draws):
        for scenario in scenarios:
            check_values(scenario, dict(draw), f"--vary, draw {place}:", NARROWER)
    notes = [FREE, *overridden(scenarios, ranges), *left_out(words, scenarios)]
    return Asked(draws, sweep_of(design, metrics, notes))


def _say_how_many(design: str, keys: int, draws: int) -> None:
    """Say what a grid comes to, which grows with each key by as many times as the key has points."""
    if design == GRID and keys > 1 and draws > DRAWS_SHOWN:
        warn(
            f"note: every combination of the values of {keys} keys makes {draws:,} draws;"
            f" --design {LATIN_HYPERCUBE} --samples {SOME_DRAWS} takes as many as you say"
        )


def asked_sensitivity(
    scenarios: Sequence[Scenario],
    method: str,
    samples: int | None,
    parameters: Sequence[str],
    vary: Sequence[str],
    metrics: Sequence[str],
) -> Asked:
    """Read the options of a sensitivity analysis."""
    wanted_figures(metrics)
    question = question_of(scenarios, method, samples, parameters, vary)
    words = words_in([*parameters, *vary])
    notes = [FREE, *overridden(scenarios, question.ranges), *left_out(words, scenarios)]
    return Asked(question.draws(), sensitivity_of(question, metrics, notes))


def _sweep_sheets(answers: Answers) -> Iterator[Sheet]:
    """Return the main figures of each draw, one sheet per figure, with differences to the first scenario."""
    minus = [f"{name} minus {answers.names[0]}" for name in answers.names[1:]]
    for wanted, values in answers.values.items():
        both = np.concatenate([values, values[:, 1:] - values[:, :1]], axis=1)
        rows = [
            (*map(_value, draw.values()), *map(_mean, each))
            for draw, each in zip(answers.draws, both, strict=True)
        ]
        yield Sheet(f"{wanted}: {MEANS}", (*answers.keys, *answers.names, *minus), rows)


def _value(value: object) -> str:
    """Write a drawn value."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _mean(values: NDArray[np.float64]) -> str:
    """Write a mean with its interval and, where not all replicates have the figure, of how many it is."""
    known = np.isfinite(values)
    found = mean_interval(values[known])
    mean, low, high = (number(each, decimals(*found)) for each in found)
    some = "" if known.all() else f", from {known.sum()} of {known.size} replicates"
    return f"{mean} ({low} to {high}{some})"
