"""Designs: exactly the points asked for, the same from the same seed, bad ranges refused in a line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bordersim.analyses.designs import draws_of, latin_hypercube, sobol_sequence
from bordersim.analyses.drawfile import read_draws
from bordersim.analyses.groups import left_out, parse_vary
from bordersim.analyses.ranges import Range, overridden
from bordersim.errors import BadInput
from bordersim.inputs import Scenario, load_scenario

OFFICERS, WEIGHT = "guards.LT.officers", "choice.chance_weight"


@pytest.fixture(scope="module")
def history() -> Scenario:
    return load_scenario(["history_2021"])


def points(scenario: Scenario, text: str, count: int = 5) -> list[object]:
    return parse_vary([text], [scenario])[0].points(count)


def test_a_step_gives_exactly_its_points(history: Scenario) -> None:
    assert points(history, f"{OFFICERS}=400:1200:100") == [400, 500, 600, 700, 800, 900, 1000, 1100, 1200]
    assert points(history, f"{OFFICERS}=400:650:100") == [400, 500, 600]
    assert points(history, "inflow.vulnerable_share=0.1:0.3:0.1") == [
        0.1,
        0.2,
        0.3,
    ]  # 0.1 + 2 x 0.1 is not 0.3


def test_without_a_step_the_points_are_even_from_end_to_end(history: Scenario) -> None:
    assert points(history, f"{WEIGHT}=5:15") == [5, 7.5, 10, 12.5, 15]
    assert points(history, f"{WEIGHT}=5:15", 1) == [10]
    assert points(history, f"{WEIGHT}=1:100:log", 3) == [1, 10, 100]


def test_a_key_alone_has_the_range_of_its_parameter(history: Scenario) -> None:
    parameter = history.parameters[WEIGHT]
    given = parse_vary([WEIGHT], [history])[0]
    assert (given.low, given.high, given.unit) == (parameter.low, parameter.high, parameter.unit)


def test_what_takes_whole_numbers_gets_whole_numbers_equally_often(history: Scenario) -> None:
    lag = parse_vary(["learn.lag_days=1:5"], [history])[0]
    drawn = [lag.at(share) for share in np.linspace(0, 1, 1000, endpoint=False)]
    assert {type(value) for value in drawn} == {int}
    assert [drawn.count(day) for day in range(1, 6)] == [200] * 5
    assert lag.at(1.0) == 5
    assert lag.points(3) == [1, 3, 5]


def test_words_can_be_listed(history: Scenario) -> None:
    regime = parse_vary(["policy.LT=admit_and_screen,turn_back"], [history])[0]
    assert regime.points(9) == ["admit_and_screen", "turn_back"]
    assert [regime.at(share) for share in (0.0, 0.49, 0.5, 1.0)] == [
        *["admit_and_screen"] * 2,
        *["turn_back"] * 2,
    ]


def test_a_grid_is_every_combination_the_last_key_fastest(history: Scenario) -> None:
    ranges = parse_vary([f"{OFFICERS}=400:600:100", f"{WEIGHT}=5,15"], [history])
    drawn = [tuple(draw.values()) for draw in draws_of("grid", ranges, None, 1)]
    assert drawn == [(400, 5), (400, 15), (500, 5), (500, 15), (600, 5), (600, 15)]


@pytest.mark.parametrize("make", [latin_hypercube, sobol_sequence])
def test_designs_of_chance_are_keyed_by_the_seed(make: object) -> None:
    assert callable(make)
    once, again, other = make(3, 16, 7), make(3, 16, 7), make(3, 16, 8)
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)
    assert once.shape == (16, 3)
    assert once.min() >= 0
    assert once.max() < 1


def test_a_latin_hypercube_has_one_point_in_every_slice_of_every_key() -> None:
    slices = np.sort(np.floor(latin_hypercube(4, 50, 3) * 50), axis=0)
    assert np.array_equal(slices, np.tile(np.arange(50)[:, None], 4))


def test_a_sobol_sequence_fills_every_half_quarter_and_eighth_evenly() -> None:
    cells = np.floor(sobol_sequence(2, 64, 3) * 8).astype(int)
    assert np.array_equal(np.bincount(cells[:, 0] * 8 + cells[:, 1], minlength=64), np.ones(64))


def test_a_longer_sobol_sequence_begins_with_the_shorter_one() -> None:
    assert np.array_equal(sobol_sequence(3, 100, 7)[:20], sobol_sequence(3, 20, 7))
    assert sobol_sequence(3, 1, 7).shape == (1, 3)


def test_the_draws_lie_in_their_ranges_and_reach_near_both_ends() -> None:
    given = [Range("a.b", 2.0, 4.0), Range("c.d", 1.0, 100.0, log=True)]
    for design in ("lhs", "sobol"):
        drawn = np.array([list(draw.values()) for draw in draws_of(design, given, 256, 1)])
        assert drawn.shape == (256, 2)
        assert drawn[:, 0].min() == pytest.approx(2, abs=2 / 256)
        assert drawn[:, 0].max() == pytest.approx(4, abs=2 / 256)
        assert np.median(drawn[:, 1]) == pytest.approx(10, abs=1)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("choice.chance_wieght=1:2", "unknown key; did you mean 'choice.chance_weight'?"),
        ("choice=1:2", "is a section; set one of"),
        (f"{WEIGHT}=15:5", "low 15 must be below high 5"),
        (f"{WEIGHT}=5:15:0", "the step must be above 0 and at most 10, is 0"),
        (f"{WEIGHT}=5:15:11", "the step must be above 0 and at most 10, is 11"),
        (f"{WEIGHT}=0:15:log", "low must be above 0 on the scale of the logarithm"),
        (f"{WEIGHT}=a:b", "'a' is not a number; expects KEY, KEY=LOW:HIGH"),
        (f"{WEIGHT}=", "expects KEY, KEY=LOW:HIGH"),
        (f"{WEIGHT}=1:2:3:4", "expects KEY, KEY=LOW:HIGH"),
        (f"{WEIGHT}=1,1", "a value is listed twice"),
        (f"{WEIGHT}=0:1:0.000001", "more than 100000 points"),
        ("inflow.vulnerable_share=0:2", "must be between 0 and 1, is 2.0"),
        ("learn.lag_days=1:2.5", "takes whole numbers only"),
        ("guards.LT.soldiers", "changes by date in history_2021; --vary guards.LT.soldiers=LOW:HIGH holds"),
        ("period.end", "has no range from low to high"),
        ("policy.LT=turn_round", "must be admit_and_screen, turn_back or asylum_suspended, is 'turn_round'"),
    ],
)
def test_a_bad_range_is_refused_in_one_line(history: Scenario, text: str, complaint: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_vary([text], [history])
    line = str(refused.value)
    assert line.startswith(f"--vary {text.partition('=')[0]}")
    assert complaint in line
    assert "\n" not in line


def test_a_key_given_twice_and_a_grid_too_large_are_refused(history: Scenario) -> None:
    with pytest.raises(BadInput, match="given twice"):
        parse_vary([WEIGHT, f"{WEIGHT}=5:15"], [history])
    ranges = parse_vary([WEIGHT, OFFICERS, "respond.handling_h"], [history])
    with pytest.raises(BadInput, match=r"too many draws \(more than 100,000\).* --design lhs$"):
        draws_of("grid", ranges, 50, 1)
    with pytest.raises(BadInput, match="--design must be grid, lhs or sobol, is 'star'"):
        draws_of("star", ranges, 50, 1)
    with pytest.raises(BadInput, match="nothing to vary"):
        draws_of("grid", [], 50, 1)


def test_a_key_that_is_a_lever_of_one_scenario_is_pointed_out(history: Scenario) -> None:
    scenarios = [history, load_scenario(["no_escorts_2021"])]
    ranges = parse_vary(["choice.escorted_share", WEIGHT], scenarios)
    assert [note.split()[0] for note in overridden(scenarios, ranges)] == ["choice.escorted_share"]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_draws_are_read_from_csv_and_yaml_alike(tmp_path: Path, history: Scenario) -> None:
    table = write(tmp_path / "draws.csv", f"{OFFICERS},policy.LT\n400,turn_back\n\n500.0,admit_and_screen\n")
    text = (
        f"- {OFFICERS}: 400\n  policy.LT: turn_back\n- {{{OFFICERS}: 500.0, policy.LT: admit_and_screen}}\n"
    )
    listed = [
        {OFFICERS: 400, "policy.LT": "turn_back"},
        {OFFICERS: 500.0, "policy.LT": "admit_and_screen"},
    ]
    assert read_draws(table, [history]) == listed
    assert read_draws(write(tmp_path / "draws.yaml", text), [history]) == listed


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        (
            "a.csv",
            f"{OFFICERS}\n400\n-1\n",
            "a.csv:3: guards.LT.officers: must be between 0 and 100000, is -1",
        ),
        ("a.csv", "guards.LT.oficers\n400\n", "a.csv:1: guards.LT.oficers: unknown key; did you mean"),
        ("a.csv", f"{OFFICERS},{WEIGHT}\n400\n", "a.csv:2: expects 2 values, has 1"),
        ("a.csv", f"{OFFICERS},{OFFICERS}\n400,500\n", f"a.csv:1: column '{OFFICERS}' appears twice"),
        ("a.csv", "", "no draws in it"),
        ("a.yaml", "", "no draws in it"),
        ("a.yaml", f"{OFFICERS}: 400\n", "a.yaml:1: expects a list of draws"),
        ("a.yaml", f"- {OFFICERS}: 400\n- {WEIGHT}: 5\n", f"a.yaml:2: lacks '{OFFICERS}'"),
        (
            "a.yaml",
            f"- {OFFICERS}: 400\n- {{{OFFICERS}: 400, {WEIGHT}: 5}}\n",
            f"'{WEIGHT}' is not in the first",
        ),
        ("a.yaml", "- 4\n", "a.yaml:1: expects keys with values"),
        ("a.yaml", f"- {OFFICERS}: many\n", "a.yaml:1: guards.LT.officers: expects a whole number of people"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_line(
    tmp_path: Path, history: Scenario, name: str, text: str, complaint: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read_draws(write(tmp_path / name, text), [history])
    assert complaint in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, history: Scenario) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_draws(tmp_path / "none.csv", [history])


def test_a_word_varies_all_keys_of_a_confidence(history: Scenario) -> None:
    ranges = {word: parse_vary([word], [history]) for word in ("assumed", "published", "all")}
    for word in ("assumed", "published"):
        assert {history.parameters[each.key].confidence for each in ranges[word]} == {word}
    keys = {word: {each.key for each in found} for word, found in ranges.items()}
    assert keys["assumed"] | keys["published"] < keys["all"]
    with_range = [key for key, each in history.parameters.items() if each.low is not None]
    assert 0.5 * len(with_range) < len(keys["all"]) <= len(with_range)


def test_a_key_named_beside_a_word_has_the_range_it_is_given(history: Scenario) -> None:
    found = {each.key: each for each in parse_vary([f"assumed,-{OFFICERS}", f"{WEIGHT}=5:6"], [history])}
    assert (found[WEIGHT].low, found[WEIGHT].high) == (5, 6)
    assert OFFICERS not in found
    both = [parse_vary(texts, [history]) for texts in (["assumed,published"], ["assumed", "published"])]
    assert both[0] == both[1]
    with pytest.raises(BadInput, match=r"--vary -choice\.rest_day: is not among those chosen before it"):
        parse_vary(["assumed,-choice.rest_day"], [history])
    with pytest.raises(BadInput, match=r"--vary assume: unknown key, .*did you mean 'assumed'\?"):
        parse_vary(["assume"], [history])


def test_what_is_switched_off_is_left_out_by_a_word_and_said(history: Scenario) -> None:
    lever = "host.prevention_probability"
    assert lever not in {each.key for each in parse_vary(["assumed"], [history])}
    (said,) = left_out(["assumed"], [history])
    varied = len(parse_vary(["assumed"], [history]))
    assert said.startswith(f"assumed varies {varied} of ")
    assert "switched off (inflow.drift_sd, " in said
    assert lever in said
    assert [each.key for each in parse_vary([lever], [history])] == [lever]
    on = load_scenario(["belarus_prevents_2021"], {lever: 0.3})
    assert lever not in left_out(["assumed"], [history, on])[0]


def test_what_is_set_is_not_varied(history: Scenario) -> None:
    fixed = [load_scenario(["history_2021"], {"choice.rest_days": 3})]
    assert "choice.rest_days" in {each.key for each in parse_vary(["assumed"], [history])}
    assert "choice.rest_days" not in {each.key for each in parse_vary(["assumed"], fixed)}
    with pytest.raises(BadInput, match=r"--vary choice\.rest_days: is given by --set as well; leave one"):
        parse_vary(["choice.rest_days=1:2"], fixed)


def test_the_draws_of_a_finished_sweep_can_be_drawn_again(tmp_path: Path, history: Scenario) -> None:
    path = write(tmp_path / "draws.csv", f"draw,{WEIGHT}\n0,5\n1,6\n")
    assert read_draws(path, [history]) == [{WEIGHT: 5}, {WEIGHT: 6}]
    with pytest.raises(BadInput, match="no draws in it"):
        read_draws(write(tmp_path / "none.csv", "draw\n0\n"), [history])
