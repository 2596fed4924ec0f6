"""`compare --readings`: fresh luck from the day the policies part, and a host state that steers as it did."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import bordersim
from bordersim.analyses.readings import parting_day, with_readings
from bordersim.api import run_experiment
from bordersim.cli import app
from bordersim.experiments.settings import Settings
from bordersim.model.engine import Keys
from bordersim.report.readings import luck_alone
from bordersim.results.draws import LUCK, STEERED_AS_IN
from bordersim.results.readings import FRESH_LUCK, HOST_AS_IT_WAS, named, parted

DAYS = {"period.end": "2021-06-10"}
LATE = "{LT: {officers: [{from: 2021-05-20, value: 3000}]}}"
HISTORIES = [{LUCK: str(Keys.of_replicate(1, n).changed(9, n)), "host.mind_sd": 1.0} for n in range(3)]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> list[bordersim.Scenario]:
    """Return a reference, and a policy that parts from it on 20 May."""
    policy = tmp_path_factory.mktemp("policy") / "more_guards.yaml"
    policy.write_text(f"name: more_guards\nextends: history_2021\nguards: {LATE}\n")
    return [bordersim.load_scenario(name, DAYS) for name in ("history_2021", str(policy))]


def test_names_of_readings_are_told_from_other_names() -> None:
    assert parted(named("a, b", FRESH_LUCK)) == ("a, b", FRESH_LUCK)
    assert parted("a, b") == ("a, b", "")


def test_policies_part_on_the_first_day_on_which_anything_is_another(two: list[bordersim.Scenario]) -> None:
    reference, policy = two
    assert parting_day(reference, policy, HISTORIES[0]) == 19
    assert parting_day(reference, reference, HISTORIES[0]) == 41
    assert parting_day(reference, reference.with_values({"choice.rest_days": 3}), HISTORIES[0]) == 0


def test_fresh_luck_begins_when_the_policies_part_and_a_host_as_it_was_needs_no_other_answer(
    two: list[bordersim.Scenario], tmp_path: Path
) -> None:
    loaded, draws = with_readings(two, HISTORIES, two[0].name)
    settings = Settings(out=tmp_path, workers=1)
    made = run_experiment(loaded, settings, {}, draws)
    daily = {result.name: result.daily for result in made.results}
    fresh = daily[named("history_2021", FRESH_LUCK)]
    assert first_difference(daily["history_2021"], fresh) >= pd.Timestamp("2021-05-20")
    assert not daily["history_2021"].equals(fresh)
    assert not daily["more_guards"].equals(daily[named("more_guards", HOST_AS_IT_WAS)])
    assert made.folder is not None
    assert Path(made.folder).parent.parent.name == "history_2021-vs-more_guards"


def test_the_host_state_steers_as_in_what_happened_whichever_is_the_reference(
    two: list[bordersim.Scenario],
) -> None:
    happened, policy = two[0].name, two[1].name
    both = [with_readings(each, HISTORIES, happened) for each in (two, two[::-1])]
    for loaded, draws in both:
        assert named(happened, HOST_AS_IT_WAS) not in {each.name for each in loaded}
        assert all(draw[STEERED_AS_IN] == {named(policy, HOST_AS_IT_WAS): happened} for draw in draws)
    with pytest.raises(bordersim.errors.BadInput, match=r"^--readings: another must be compared"):
        with_readings(two, HISTORIES, "another")


def first_difference(one: pd.DataFrame, other: pd.DataFrame) -> pd.Timestamp:
    """Return the first date on which attempts differ."""
    return one["date"][(one["attempts"].to_numpy() != other["attempts"].to_numpy()).argmax()]


def test_luck_alone_is_half_the_mean_square_of_two_lucks() -> None:
    """Values with variance 1 and luck with variance 3: luck makes three quarters."""
    chance = np.random.default_rng(5)
    values = chance.normal(size=200_000)
    lucks = [values + np.sqrt(3) * chance.normal(size=values.size) for _ in range(2)]
    assert luck_alone({"": lucks[0], FRESH_LUCK: lucks[1]}) == pytest.approx(0.75, abs=0.01)  # 5 sd: 0.008
    assert luck_alone({"": values, FRESH_LUCK: values}) == 0


def test_readings_are_refused_without_histories() -> None:
    asked = ["compare", "history_2021", "no_turn_back_2021", "--readings", "--values", "fixed"]
    result = CliRunner().invoke(app, asked)
    assert (result.exit_code, result.output) == (
        2,
        "--readings: are of histories; there are none with these values\n",
    )
