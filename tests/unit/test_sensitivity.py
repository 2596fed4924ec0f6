"""Sensitivity through the whole pipeline, with a stand-in model whose indices are known in closed form."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fake_model import install, make_world

from bordersim.analyses.analysis import sensitivity_of, sweep_of
from bordersim.analyses.designs import draws_of
from bordersim.analyses.flips import Flip, flips_of
from bordersim.analyses.groups import parse_vary
from bordersim.analyses.sensitivity import Question, index_table, question_of
from bordersim.analyses.sensitivity_report import WITHOUT, ranking_sheets
from bordersim.api import resume_run, run_experiment
from bordersim.errors import BadInput
from bordersim.experiments.settings import Settings
from bordersim.inputs import Scenario, load_scenario
from bordersim.results.by_draw import Answers, Wanted, wanted_figures
from bordersim.results.experiment import Experiment
from bordersim.results.store.columns import INDEX_COLUMNS

DAYS = 7
WEIGHT, RETRY, CLEAR = "choice.chance_weight", "choice.retry_days_mean", "cross.clear_h"
VARY = [f"{WEIGHT}=5:15", f"{RETRY}=3:8", f"{CLEAR}=1:8"]
ATTEMPTS = Wanted("attempts", "LT")
# A half-width is 1.96 standard errors; four of them are exceeded once in 16,000 times.
FOUR_ERRORS = 4 / 1.96


def linear(scenario: Scenario) -> float:
    """Two parameters add up, of which one has twice the effect; the third does nothing."""
    return 2 * scenario.config.choice.chance_weight + 2 * scenario.config.choice.retry_days_mean


def product(scenario: Scenario) -> float:
    """Two parameters work together."""
    return scenario.config.choice.chance_weight * scenario.config.choice.retry_days_mean


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Any], None]:
    """Put a stand-in where the model is: chance that is the same in all draws, and a known function."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)

    def use(function: Callable[[Scenario], float]) -> None:
        worlds = sys.modules["bordersim.model.world"].__dict__
        monkeypatch.setitem(worlds, "build_world", lambda scenario: make_world(shift=function(scenario)))

    return use


@pytest.fixture(scope="module")
def history() -> Scenario:
    return load_scenario(["history_2021"])


def analysed(scenarios: list[Scenario], method: str, samples: int, **settings: Any) -> Experiment:
    question = question_of(scenarios, method, samples, [], VARY)
    asked = sensitivity_of(question, [str(ATTEMPTS)], [])
    how = Settings(3, out=Path("results"), keep="totals", analysis=asked, **settings)
    return run_experiment(scenarios, how, {}, question.draws())


def indices(experiment: Experiment, scenario: str = "history_2021") -> dict[tuple[str, str], Any]:
    table = pd.read_csv(f"{experiment.folder}/sensitivity.csv")
    rows = table[table["scenario"] == scenario]
    return {(row.key, row.measure): row for row in rows.itertuples()}


def check(found: dict[tuple[str, str], Any], measure: str, shares: dict[str, float]) -> None:
    for key, share in shares.items():
        row = found[key, measure]
        assert row.halfwidth < 0.4
        assert abs(row.value - share) <= FOUR_ERRORS * row.halfwidth + 1e-9, (key, measure)


def test_sobol_indices_of_a_linear_model(history: Scenario, stand_in: Any) -> None:
    """Variances 20^2 and 10^2 over 12: shares of four fifths and one fifth, alone and in total."""
    stand_in(linear)
    experiment = analysed([history], "sobol", 32, pictures=("plots",))
    assert experiment.failures == []
    found = indices(experiment)
    shares = {WEIGHT: 0.8, RETRY: 0.2, CLEAR: 0.0}
    check(found, "first_order", shares)
    check(found, "total", shares)
    assert found[CLEAR, "total"].value == 0
    assert [found[key, "total"].rank for key in (WEIGHT, RETRY, CLEAR)] == [1, 2, 3]
    assert (Path(str(experiment.folder)) / "plots/sensitivity_history_2021.png").exists()


def test_sobol_indices_of_a_product(history: Scenario, stand_in: Any) -> None:
    """For x and y independent, Var(xy) = Vx Vy + Vx my^2 + Vy mx^2, one term for each index."""
    stand_in(product)
    question = question_of([history], "sobol", 64, [], VARY)
    experiment = run_experiment([history], Settings(2), {}, question.draws())
    table = index_table(question, Answers.of(experiment, [ATTEMPTS]), [ATTEMPTS])
    found = {(row.key, row.measure): row for row in table.itertuples()}
    of_x, of_y = (10**2 / 12) * 5.5**2, (5**2 / 12) * 10**2
    together = (10**2 / 12) * (5**2 / 12)
    whole = of_x + of_y + together
    check(found, "first_order", {WEIGHT: of_x / whole, RETRY: of_y / whole, CLEAR: 0.0})
    check(found, "total", {WEIGHT: (of_x + together) / whole, RETRY: (of_y + together) / whole, CLEAR: 0.0})


def test_morris_changes_of_a_linear_model_are_exact(history: Scenario, stand_in: Any) -> None:
    """Two more a day for each unit, over seven days and the whole range; the same wherever it is moved."""
    stand_in(linear)
    found = indices(analysed([history], "morris", 8, pictures=()))
    for key, change in {WEIGHT: 2 * 10 * DAYS, RETRY: 2 * 5 * DAYS, CLEAR: 0}.items():
        assert found[key, "mean_change"].value == pytest.approx(change)
        assert found[key, "mean_signed_change"].value == pytest.approx(change)
        assert found[key, "spread_of_change"].value == pytest.approx(0, abs=1e-9)


def test_indices_of_a_difference_and_the_flip_of_the_ranking(history: Scenario, stand_in: Any) -> None:
    """The second scenario is above by the weight less 10, so the ranking flips where the weight passes 10."""
    other = load_scenario(["no_escorts_2021"])

    def crossing(scenario: Scenario) -> float:
        weight = scenario.config.choice.chance_weight
        return 40.0 + (weight - 10 if scenario.name != "history_2021" else 0)

    stand_in(crossing)
    experiment = analysed([history, other], "sobol", 32, pictures=())
    found = indices(experiment, "no_escorts_2021 minus history_2021")
    assert found[WEIGHT, "total"].value == pytest.approx(1, abs=0.2)
    assert found[RETRY, "total"].value == 0
    flip = next(flips_of(Answers.of(experiment, [ATTEMPTS]), [ATTEMPTS]))
    assert flip.against == flip.clear
    assert flip.cut is not None
    assert (flip.cut.against, flip.cut.others) == (flip.against, 0)
    side, edge = flip.cut.where.removeprefix(f"{WEIGHT} is ").split()
    assert side == ("below" if flip.usual == "above" else "above")
    assert float(edge) == pytest.approx(10, abs=0.5)
    assert flip.sentence in (Path(str(experiment.folder)) / "summary.md").read_text()


def flip_a_byte(path: Path) -> None:
    """Damage the numbers of a block: they begin after the first few bytes of the file."""
    data = bytearray(path.read_bytes())
    data[2000] ^= 0xFF
    path.write_bytes(data)


def test_resume_answers_what_was_asked_anew(history: Scenario, stand_in: Any) -> None:
    stand_in(linear)
    experiment = analysed([history], "sobol", 16, pictures=())
    folder = Path(str(experiment.folder))
    table, summary = (folder / "sensitivity.csv").read_text(), (folder / "summary.md").read_text()
    for name in ("sensitivity.csv", "summary.md", "sweep.csv"):
        (folder / name).unlink()
    blocks = sorted((folder / "blocks").iterdir())
    blocks[5].unlink()
    flip_a_byte(blocks[7])
    told: list[str] = []
    again = resume_run(folder, Settings(tell=told.append))
    assert again.digest == experiment.digest
    assert [blocks[7].name in text for text in told] == [True]
    assert f"{len(blocks) - 2} of {len(blocks)} blocks are intact" in (folder / "log.txt").read_text()
    assert (folder / "sensitivity.csv").read_text() == table
    assert (folder / "summary.md").read_text().count("Sensitivity (sobol)") == 1
    assert summary.count("| choice.chance_weight | 1 |") == 1


def test_a_sweep_of_one_draw_can_be_resumed(history: Scenario, stand_in: Any) -> None:
    """A single draw is not the scenario as it stands: its values once were forgotten by `resume`."""
    stand_in(linear)
    draws = draws_of("grid", parse_vary([f"{WEIGHT}=5:15"], [history]), 1, 1)
    how = Settings(3, out=Path("results"), keep="totals", pictures=(), analysis=sweep_of("grid", [], []))
    experiment = run_experiment([history], how, {}, draws)
    folder = Path(str(experiment.folder))
    next((folder / "blocks").iterdir()).unlink()
    assert resume_run(folder, Settings()).digest == experiment.digest
    table = pd.read_csv(folder / "sweep.csv")
    assert set(table[WEIGHT]) == {10.0}


def test_a_sweep_holds_every_draw_with_its_interval(history: Scenario, stand_in: Any) -> None:
    stand_in(linear)
    draws = draws_of("grid", parse_vary([f"{WEIGHT}=5,6", f"{RETRY}=4,8"], [history]), None, 1)
    asked = sweep_of("grid", ["attempts:LT"], ["a note"])
    how = Settings(4, out=Path("results"), keep="totals", analysis=asked, pictures=("plots",))
    experiment = run_experiment([history], how, {}, draws)
    table = pd.read_csv(Path(str(experiment.folder)) / "sweep.csv")
    rows = table[(table["metric"] == "attempts") & (table["country"] == "LT")]
    means = rows.set_index([WEIGHT, RETRY])["mean"]
    assert means[6, 8] - means[5, 4] == pytest.approx(DAYS * (2 * 1 + 2 * 4))
    assert (rows["low"] < rows["mean"]).all()
    assert set(rows["replicates"]) == {4}
    assert (Path(str(experiment.folder)) / "plots/sweep_mean.png").exists()
    assert "- note: a note" in (Path(str(experiment.folder)) / "summary.md").read_text()


def test_a_question_survives_the_manifest(history: Scenario) -> None:
    question = question_of([history], "morris", 3, ["calibrated,-detect.patrol_pass_probability"], VARY)
    assert Question.of_plain(json.loads(json.dumps(question.plain()))) == question
    assert "detect.patrol_pass_probability" not in question.keys
    assert {WEIGHT, "cost.LT.officer_eur_per_day"} <= set(question.keys)


def test_what_chance_alone_could_make_has_no_rank() -> None:
    rows = [("a", "attempts", "LT", rank, key, "mean_change", value, 2.0) for rank, key, value in RANKED]
    more = [(*row[:5], measure, 1.0, np.nan) for row in rows for measure in WITHOUT]
    (sheet,) = ranking_sheets(pd.DataFrame(rows + more, columns=list(INDEX_COLUMNS)), "morris")
    assert [(key, rank) for key, rank, *_ in sheet.rows] == [("one", "1"), ("two", "-")]
    assert "no rank" in sheet.notes[0]


RANKED = [(1, "one", 5.0), (2, "two", 1.5)]


def test_without_a_word_twelve_parameters_are_asked_about(history: Scenario) -> None:
    assert len(question_of([history], "sobol", 8, [], []).draws()) == 8 * (12 + 2)


@pytest.mark.parametrize(
    ("method", "samples", "parameters", "complaint"),
    [
        ("fast", None, [], "--method must be morris or sobol, is 'fast'"),
        ("sobol", 100, [], "--samples 100: Sobol's method needs a power of two"),
        ("sobol", 8, [WEIGHT], "needs two parameters at least"),
        ("sobol", 8, ["choice.chance_wieght,cross.clear_h"], "did you mean 'choice.chance_weight'?"),
        ("sobol", 8, [f"{WEIGHT},{RETRY},-{CLEAR}"], f"-{CLEAR}: is not among those chosen"),
        ("sobol", 8, ["choice.hour_factor,cross.clear_h"], "is a list of 24 values"),
        (
            "morris",
            20,
            ["inflow.minsk_days_min,inflow.minsk_days_mean"],
            "cannot be, inflow.minsk_days_mean: ",
        ),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    history: Scenario, method: str, samples: int | None, parameters: list[str], complaint: str
) -> None:
    with pytest.raises(BadInput) as refused:
        question_of([history], method, samples, parameters, [])
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("atempts:LT", "unknown metric 'atempts'; did you mean 'attempts'?"),
        ("attempts:LX", "must be attempts:LT or attempts:LV or attempts:PL or attempts:all"),
        ("people_entered_unstopped:LT", "must be people_entered_unstopped:all"),
    ],
)
def test_an_unknown_figure_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(BadInput) as refused:
        wanted_figures([text])
    assert complaint in str(refused.value)


def ranked(differences: np.ndarray) -> Flip:
    """Rank two scenarios whose difference in each draw and replicate is given."""
    values = np.stack([np.zeros_like(differences), differences], axis=1)
    draws = tuple({"a.b": float(i)} for i in range(len(differences)))
    return next(flips_of(Answers(("a", "b"), draws, {ATTEMPTS: values}), [ATTEMPTS]))


def test_a_ranking_that_never_flips_says_so() -> None:
    chance = np.random.default_rng(1)
    flip = ranked(5 + chance.normal(0, 1, (50, 4)))
    assert flip.sentence == (
        "attempts:LT: b is above a in 50 of 50 draws (clearly in 50); in none is it below."
    )
    alike = ranked(np.tile([3.0, -2.0, 2.0, -1.0], (5, 1)))
    assert alike.sentence == "attempts:LT: b is above a in 5 of 5 draws (clearly in 0); in none is it below."


def test_where_neither_way_is_usual_none_is_called_so() -> None:
    differences = np.where(np.arange(40)[:, np.newaxis] % 2, 3.0, -3.0) + np.arange(4) / 10
    assert ranked(differences).sentence == (
        "attempts:LT: b is above a in 20 of 40 draws (clearly in 20), below in 20 (clearly in 20);"
        " no single parameter explains which: neither is usual."
    )


def test_of_many_keys_that_do_nothing_none_is_where_a_ranking_reverses() -> None:
    """In five draws of 96 the ranking reverses; of 150 keys some lies on one side in all five, by chance."""
    chance = np.random.default_rng(4)
    named = 0
    for _ in range(20):
        differences = np.where(chance.permutation(96)[:, np.newaxis] < 5, -3.0, 3.0) + np.arange(4) / 10
        values = {ATTEMPTS: np.stack([np.zeros_like(differences), differences], axis=1)}
        draws = tuple({f"a.k{i}": float(chance.uniform()) for i in range(150)} for _ in range(96))
        named += "where a.k" in next(flips_of(Answers(("a", "b"), draws, values), [ATTEMPTS])).sentence
    assert named <= 5  # 1 of 20 by chance; more than 5 in fewer than 1 of 3,000 such tests


def test_flips_by_chance_are_hardly_ever_called_clear() -> None:
    """No difference anywhere: of 200 spaces of 50 draws at most 5 % have a clear flip; false alarm 1e-6."""
    chance = np.random.default_rng(2)
    clear = sum(ranked(chance.normal(0, 1, (50, 8))).clear > 0 for _ in range(200))
    assert clear <= 27


def test_few_flips_are_named_and_not_explained() -> None:
    differences = np.full((40, 4), 3.0) + np.arange(4) / 10
    differences[[7, 31]] *= -1
    assert ranked(differences).sentence.endswith(
        "; it reverses: below in 2 (clearly in 2), in draws 7 and 31."
    )


def test_a_price_is_no_place_where_a_ranking_of_counts_reverses() -> None:
    """The price goes with the reversal exactly, and cannot be why: it is applied after the run."""
    differences = np.where(np.arange(40)[:, np.newaxis] < 12, -3.0, 3.0) + np.arange(4) / 10
    values = {ATTEMPTS: np.stack([np.zeros_like(differences), differences], axis=1)}
    for key, told in (("cost.PL.overtime_eur_per_h", False), ("choice.rest_days", True)):
        draws = tuple({key: float(i)} for i in range(40))
        flip = next(flips_of(Answers(("a", "b"), draws, values), [ATTEMPTS]))
        assert (f", where {key} is below" in flip.sentence) == told, flip.sentence


def test_scenarios_that_are_the_same_are_called_so() -> None:
    assert "are the same in all 9 draws" in ranked(np.zeros((9, 3))).sentence
