"""Names of scenarios in a row: a comma stands in some of them."""

from __future__ import annotations

from bordersim.results.readings import is_part_of, listed, own_names

PARTS = ["usual", "mine", "mine, only guards.LT", "mine, without guards.LT"]


def test_names_with_commas_are_parted_by_semicolons() -> None:
    """A dry run listed "usual, mine, mine, only guards.LT"."""
    assert listed(["usual", "mine"]) == "usual, mine"
    assert listed(PARTS) == "usual; mine; mine, only guards.LT; mine, without guards.LT"


def test_parts_and_readings_are_not_scenarios_of_their_own() -> None:
    assert own_names([*PARTS, "mine, fresh luck"]) == ["usual", "mine"]
    assert [name for name in [*PARTS, "mine, fresh luck"] if is_part_of(name)] == PARTS[2:]
