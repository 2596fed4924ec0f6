"""Every value has a neutral one beside its field, and small worlds are written in one way on top of them."""

from __future__ import annotations

import pytest
from worlds import NEUTRAL, PLAIN, plain_scenario, written_out

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.words.codes import COUNTRIES


def test_every_value_has_a_neutral_one_in_the_schema() -> None:
    """Declare a new field of the schema a `value(neutral, ...)`: that at which it does nothing."""
    keys = load_scenario(["history_2021"]).parameters
    assert [key for key in keys if key not in NEUTRAL] == []
    assert [key for key in NEUTRAL if key not in keys] == []


def test_the_neutral_values_may_stand_together() -> None:
    scenario = load_scenario(["history_2021"], NEUTRAL)
    assert set(scenario.origins.values()) == {"--set"}
    assert scenario.config.choice.attraction_factor["Vilnius"] == 1
    assert scenario.config.detect.visibility_factor.by_code == (1, 1, 1)  # Lithuania's by definition


def test_a_star_stands_for_one_part_of_a_key() -> None:
    assert written_out({"guards.*.officers": 7}) == {f"guards.{name}.officers": 7 for name in COUNTRIES}
    pulls = written_out({"choice.attraction_factor.*": 0})
    assert pulls == {key: 0 for key in PLAIN if key.startswith("choice.attraction_factor.")}


def test_what_is_set_later_goes_over_what_is_set_earlier() -> None:
    assert written_out({"policy.*": "turn_back", "policy.LT": "admit_and_screen"})["policy.LT"] != "turn_back"
    assert (
        written_out({"policy.LT": "admit_and_screen"}, {"policy.*": "turn_back"})["policy.LT"] == "turn_back"
    )


def test_a_mapping_sets_what_is_within() -> None:
    nested = {"claims": {"*": {"points": 3}, "LV.points": 2}}
    assert written_out(nested) == {"claims.LT.points": 3, "claims.LV.points": 2, "claims.PL.points": 3}


def test_a_slip_in_a_key_is_noticed() -> None:
    with pytest.raises(AssertionError, match=r"guards\.\*\.oficers stands for no key"):
        written_out({"guards.*.oficers": 1})
    with pytest.raises(BadInput, match=r"guards\.LT\.oficers: unknown key"):
        plain_scenario({"guards.LT.oficers": 1})
