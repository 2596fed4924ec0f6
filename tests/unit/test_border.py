"""The border lines: what is shipped, and how a Border answers and refuses."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from bordersim.geo.border import Border, distance_km, load_border
from bordersim.words.codes import COUNTRIES

GEOD = Geod(ellps="WGS84")
LENGTHS_KM = {"LT": 678.89, "LV": 173.75, "PL": 420.52}
METRE_KM = 0.001
shares = st.floats(min_value=0, max_value=1)
countries = st.sampled_from(COUNTRIES)


def geodesic_km(border: Border) -> np.ndarray:
    """Distance of each vertex from the first, measured anew."""
    return np.concatenate([[0], np.cumsum(GEOD.line_lengths(border.lon, border.lat))]) / 1000


@pytest.fixture
def elbow() -> Border:
    """Two kilometres north, then one east, near 55 N, in round numbers."""
    return Border(
        country="LT",
        chainage_km=np.array([0.0, 2.0, 3.0]),
        lon=np.array([25.0, 25.0, 25.0156]),
        lat=np.array([55.0, 55.01797, 55.01797]),
    )


@pytest.mark.parametrize("country", COUNTRIES)
def test_length_is_the_published_one_within_a_twentieth_of_a_percent(country: str) -> None:
    assert load_border(country).length_km == pytest.approx(LENGTHS_KM[country], rel=0.0005)


@pytest.mark.parametrize("country", COUNTRIES)
def test_stored_chainage_is_the_geodesic_length(country: str) -> None:
    border = load_border(country)
    np.testing.assert_allclose(border.chainage_km, geodesic_km(border), atol=METRE_KM)


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_border_is_one_valid_line_that_never_crosses_itself(country: str) -> None:
    line = load_border(country).line
    assert line.geom_type == "LineString"
    assert line.is_valid
    assert line.is_simple


def test_borders_meet_at_the_tripoints() -> None:
    lt, lv, pl = (load_border(country) for country in COUNTRIES)
    assert (lt.lon[0], lt.lat[0]) == (lv.lon[0], lv.lat[0]) == (26.630362, 55.680669)
    assert (lt.lon[-1], lt.lat[-1]) == (pl.lon[0], pl.lat[0]) == (23.514965, 53.956269)


def test_dieveniskes_salient_is_there() -> None:
    """Lithuania reaches into Belarus: out to the east by Norviliškės, back to the west by Krakūnai."""
    salient = load_border("LT").slice(325, 416.2)
    ends_km = float(distance_km(salient.lon[0], salient.lat[0], salient.lon[-1], salient.lat[-1]))
    assert salient.length_km > 5 * ends_km
    assert salient.lon.max() > 25.78  # east of Norviliškės
    assert salient.lat.min() < 54.14  # south of Krakūnai
    assert salient.lon[-1] < 25.5  # and out again at the neck
    from shapely import Point, Polygon

    assert Polygon(salient.line.coords).contains(Point(25.6236, 54.1965))  # the town of Dieveniškės


def test_crossing_points_of_the_salient_stand_where_published() -> None:
    border = load_border("LT")
    assert border.chainage_of(25.78, 54.23) == pytest.approx(342.2, abs=1)  # Norviliškės
    assert border.chainage_of(25.61, 54.14) == pytest.approx(375.5, abs=1)  # Krakūnai


@given(country=countries, share=shares)
def test_point_and_chainage_are_inverse(country: str, share: float) -> None:
    border = load_border(country)
    chainage_km = share * border.length_km
    lon, lat = border.point_at(chainage_km)
    assert border.chainage_of(lon, lat) == pytest.approx(chainage_km, abs=METRE_KM)


@given(country=countries, share=shares)
def test_nearest_chainage_is_no_farther_than_any_vertex(country: str, share: float) -> None:
    border = load_border(country)
    lon, lat = (float(degrees) + 0.02 for degrees in border.point_at(share * border.length_km))
    found = border.point_at(border.chainage_of(lon, lat))
    to_vertices_km = distance_km(lon, lat, border.lon, border.lat)
    assert float(distance_km(lon, lat, *found)) <= to_vertices_km.min() * 1.01


@given(country=countries, cuts=st.lists(shares, min_size=1, max_size=5, unique=True))
def test_pieces_add_up_to_the_whole(country: str, cuts: list[float]) -> None:
    border = load_border(country)
    edges = np.unique([0, *(cut * border.length_km for cut in cuts), border.length_km])
    pieces = [border.slice(a, b) for a, b in pairwise(edges)]
    assert sum(piece.length_km for piece in pieces) == pytest.approx(border.length_km, abs=1e-9)


@given(country=countries, share=shares)
def test_a_piece_answers_as_the_whole_does(country: str, share: float) -> None:
    border = load_border(country)
    at = share * border.length_km
    piece = border.slice(max(0, at - 1), min(border.length_km, at + 1))
    np.testing.assert_allclose(piece.point_at(at), border.point_at(at), atol=1e-9)


def test_questions_may_be_arrays(elbow: Border) -> None:
    lon, lat = elbow.point_at([0, 1, 3])
    assert lon == pytest.approx([25, 25, 25.0156])
    assert lat == pytest.approx([55, 55.008985, 55.01797])
    assert elbow.chainage_of(lon, lat) == pytest.approx([0, 1, 3])
    assert elbow.chainage_of(24.99, [55.0, 55.008985]) == pytest.approx([0, 1])


def test_a_border_cannot_be_changed(elbow: Border) -> None:
    with pytest.raises(ValueError, match="read-only"):
        elbow.lon[0] = 0
    with pytest.raises(AttributeError):
        elbow.country = "LV"  # type: ignore[misc]


def test_repr_says_where_it_runs(elbow: Border) -> None:
    assert repr(elbow) == (
        "Border(LT-BY, 0 to 3 km, 3 vertices, (55.0000 N 25.0000 E) to (55.0180 N 25.0156 E))"
    )


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (lambda b: b.point_at(3.5), r"LT: chainage must be between 0 and 3 km, is 3\.5"),
        (lambda b: b.point_at([1, -2]), "is -2"),
        (lambda b: b.point_at(float("nan")), "is nan"),
        (lambda b: b.slice(2, 1), "not from 2 to 1 km"),
        (lambda b: b.slice(1, 4), "is 4"),
        (lambda b: b.chainage_of(200, 55), "lon must be within 180 degrees, is 200"),
        (lambda b: b.chainage_of(25, float("nan")), "lat must be within 90 degrees, is nan"),
        # Latitude first is a place in the Emirates, and another border is too far as well.
        (
            lambda b: load_border("LT").chainage_of(54.6, 25.6),
            "3,960 km from the border, .* longitude comes first",
        ),
        (
            lambda b: load_border("LV").chainage_of([27, 23.6], [55.9, 52.1]),
            "longitude 23.6, latitude 52.1 is 4",
        ),
        (lambda b: b.chainage_of(25.3, 55, within_km=12), "18 km from the border, more than 12 km"),
        (lambda b: load_border("EE"), "no border with Belarus for 'EE'; there are LT, LV, PL"),
    ],
)
def test_bad_questions_are_refused_with_the_offending_value(elbow: Border, question, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        question(elbow)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"chainage_km": [0, 2, 2]}, "vertices 1 and 2 have 2 and 2 km"),
        ({"chainage_km": [0, 1]}, "has 2 chainages, 3 lon, 3 lat"),
        ({"chainage_km": [0], "lon": [25], "lat": [55]}, "two vertices or more"),
        ({"lat": [55, 91, 55]}, "lat must be within 90 degrees, is 91"),
        ({"lon": [25, float("nan"), 25]}, "lon must be within 180 degrees, is nan"),
        (
            {"lon": [25, 25, 25], "lat": [55, 55, 55.1]},
            "vertices 0 and 1 are at one place, longitude 25, latitude 55",
        ),
        ({"lon": [179.9, -179.95, -179.8]}, "vertices 0 and 1 lie on either side of longitude 180"),
    ],
)
def test_bad_lines_are_refused_with_the_offending_value(elbow: Border, change: dict, says: str) -> None:
    good = {"chainage_km": elbow.chainage_km, "lon": elbow.lon, "lat": elbow.lat}
    with pytest.raises(ValueError, match=says):
        Border(country="LT", **(good | change))


def test_a_piece_of_next_to_no_length_still_answers() -> None:
    """Rounding puts both its ends at one place, between which there is no direction."""
    piece = load_border("LT").slice(0, 1e-300)
    assert float(piece.chainage_of(26.63, 55.68)) == pytest.approx(0, abs=1e-12)


def test_distance_agrees_with_the_ellipsoid() -> None:
    lon, lat = load_border("LT").point_at(np.linspace(0, 678, 50))
    _, _, metres = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    np.testing.assert_allclose(distance_km(lon[:-1], lat[:-1], lon[1:], lat[1:]), metres / 1000, rtol=0.005)
