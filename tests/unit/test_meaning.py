"""What `explain` says a key means."""

from __future__ import annotations

import pytest

from bordersim.inputs import load_scenario
from bordersim.inputs.schema.meaning import meaning_of


@pytest.mark.parametrize(
    ("key", "meaning"),
    [
        ("cross.approach_h", "from first being visible to the line [h]"),
        ("inflow.load_share", "share of seats taken, on all flights to Belarus"),
        ("record.withdrawn_seen_share.PL", "share of withdrawn attempts written down"),
        ("detect.visibility_factor.LV", "How a crossing is detected: visibility factor"),
        ("guards.LT.officers", "Guards of one border by date [people]: officers"),
    ],
)
def test_a_key_means_its_description_or_its_words_in_its_section(key: str, meaning: str) -> None:
    assert meaning_of(key) == meaning


def test_every_parameter_has_a_meaning() -> None:
    for key in load_scenario(["history_2021"]).parameters:
        assert meaning_of(key).strip(": ")
        assert not meaning_of(key).startswith(":")
