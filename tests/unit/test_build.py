"""How a border is found in two polygons; the packages it is made from are not needed here."""

from __future__ import annotations

import json

import pytest

from bordersim.geo.border import load_border
from bordersim.words.codes import COUNTRIES
from geo.build import LINES, RECIPES, as_geojson, chainages_km, longest_shared_run, oriented

WEST = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (1.0, 2.0), (0.0, 2.0)]
EAST = [(1.0, 1.0), (1.0, 0.0), (2.0, 0.0), (2.0, 2.0), (1.0, 2.0)]
SHARED = [(1.0, 0.0), (1.0, 1.0), (1.0, 2.0)]


@pytest.mark.parametrize("start", range(len(WEST)))
def test_shared_run_is_found_wherever_the_ring_begins(start: int) -> None:
    assert longest_shared_run(WEST[start:] + WEST[:start], EAST) == SHARED


def test_the_longest_of_several_runs_is_taken() -> None:
    ring = [(9.0, 9.0), (0.0, 0.0), (8.0, 8.0), (1.0, 0.0), (1.0, 1.0)]
    assert longest_shared_run(ring, [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]) == [(1.0, 0.0), (1.0, 1.0)]


@pytest.mark.parametrize("other", [[], WEST])
def test_rings_that_share_nothing_or_all_are_refused(other: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="must share some vertices"):
        longest_shared_run(WEST, other)


def test_line_is_turned_to_begin_at_the_tripoint() -> None:
    assert oriented(SHARED[::-1], (1.0, 0.1)) == SHARED


def test_the_same_line_gives_the_same_text() -> None:
    assert as_geojson("LT", SHARED, chainages_km(SHARED)) == as_geojson("LT", SHARED, chainages_km(SHARED))


@pytest.mark.parametrize("recipe", RECIPES)
def test_shipped_line_is_what_build_writes(recipe) -> None:
    """From the shipped vertices, chainages and text are re-made to the byte."""
    shipped = (LINES / f"{recipe.country.lower()}.geojson").read_text(encoding="utf-8")
    line = [tuple(vertex) for vertex in json.loads(shipped)["features"][0]["geometry"]["coordinates"]]
    assert oriented(line, recipe.starts_near) == line
    assert as_geojson(recipe.country, line, chainages_km(line)) == shipped


def test_every_border_has_a_recipe() -> None:
    assert tuple(recipe.country for recipe in RECIPES) == COUNTRIES
    assert {load_border(country).country for country in COUNTRIES} == set(COUNTRIES)
