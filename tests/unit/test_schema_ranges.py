"""Every number of a scenario has a least and a greatest value, and what is counted is whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bordersim.analyses.groups import parse_vary
from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.inputs.schema import Config

SCHEMA = Config.model_json_schema()
LEAST, GREATEST = {"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}
COUNTS = (
    *("guards.LT.officers", "guards.LT.soldiers", "guards.LV.frontex", "guards.LV.borrowed"),
    *("guards.LT.lent_to_LV", "procedure.LT.places", "claims.LT.points", "claims.LT.open_points"),
)


def numbers(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every number that can be given, with its place."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if schema.get("type") in ("number", "integer"):
        yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from numbers(inner, f"{path}.{name}")
    for inner in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(inner, dict):
            yield from numbers(inner, f"{path}[]")


def test_every_number_has_both_ends() -> None:
    """Once, speeds, scales and memories were bounded by nothing but being above 0."""
    found = dict(numbers(SCHEMA))
    assert len(found) > 200
    open_ends = [
        path for path, schema in found.items() if not (schema.keys() & LEAST and schema.keys() & GREATEST)
    ]
    assert open_ends == []
    assert [path for path, schema in found.items() if "exclusiveMinimum" in schema] == []


@pytest.mark.parametrize("key", COUNTS)
def test_what_is_counted_is_whole(key: str) -> None:
    with pytest.raises(BadInput, match=rf"{key}: expects a whole number of p\w+, is 1\.5"):
        load_scenario(["history_2021"], {key: 1.5})


@pytest.mark.parametrize("key", COUNTS)
def test_a_whole_number_may_be_written_as_tables_write_it(key: str) -> None:
    one, other = (load_scenario(["history_2021"], {key: value}) for value in (6, 6.0))
    assert one.digest == other.digest
    assert one.resolved_yaml() == other.resolved_yaml()


def test_draws_of_what_is_counted_are_whole() -> None:
    scenario = load_scenario(["history_2021"])
    ranges = parse_vary(["guards.LT.officers", "procedure.LT.places=10:20"], [scenario])
    assert [each.at(0.123) for each in ranges] == [747, 11]
    assert ranges[1].points(4) == [10, 13, 17, 20]
    with pytest.raises(BadInput, match=r"guards\.LT\.officers takes whole numbers only"):
        parse_vary(["guards.LT.officers=0.5:3"], [scenario])


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("respond.speed_km_per_h", 0.001, "must be between 0.5 and 200, is 0.001"),
        ("respond.speed_km_per_h", 5e-324, "must be between 0.5 and 200, is 5e-324"),
        ("patrols.speed_km_per_h", 0.4, "must be between 0.5 and 200, is 0.4"),
        ("choice.town_distance_scale_km", 1e-9, "must be between 0.01 and 1000, is 1e-09"),
        ("cross.approach_h", 0, "must be between 0.01 and 240, is 0"),
        ("learn.stretch_prior_people", 1e-300, "must be between 0.01 and 1e+06, is 1e-300"),
        ("learn.passage_memory_days", 1e-9, "must be between 0.1 and 3650, is 1e-09"),
        ("host.captives_driven_per_day", 25, "must be between 0 and 24, is 25"),
        ("learn.admitted_where_admitting", 1, "must be between 0.001 and 0.999, is 1"),
        ("cost.LT.officer_eur_per_day", 1e9, "must be between 0 and 10000, is 1000000000.0"),
    ],
)
def test_values_beyond_what_can_be_are_refused_with_the_range(key: str, value: float, says: str) -> None:
    with pytest.raises(BadInput) as error:
        load_scenario(["history_2021"], {key: value})
    assert str(error.value) == f"--set {key}: {says}"


def test_nobody_tries_again_at_once() -> None:
    """Once, people whom the host state stopped every time set out again at the same instant, without end."""
    with pytest.raises(BadInput, match=r"retry_days_mean: plus rest_days must be at least 0\.05 days"):
        load_scenario(["history_2021"], {"choice.rest_days": 0, "choice.retry_days_mean": 0})
