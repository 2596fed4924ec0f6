"""What wanders by itself: spreads and means in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.drifting import drifted, inflow_factor, weight_with_mind
from bordersim.model.rules.elementary import exp

halves = st.integers(0, 2**6).map(lambda n: n / 2**6)


@given(halves, halves)
def test_what_began_anywhere_within_the_spread_stays_within_it(sd: float, forgetting: float) -> None:
    """Variances add up: of yesterday's place, kept by so much, and of the shock."""
    kept, shocked = drifted(sd, forgetting, sd, 0.0), drifted(0.0, forgetting, sd, 1.0)
    assert kept**2 + shocked**2 == pytest.approx(sd**2, rel=1e-14)


def test_with_nothing_kept_it_starts_anew() -> None:
    assert drifted(7.0, 0.0, 1.5, -2.0) == -3.0


def test_with_no_spread_it_stands_still() -> None:
    assert drifted(0.0, 0.9, 0.0, 3.0) == 0.0


def test_a_mind_that_stands_still_changes_no_weight() -> None:
    assert weight_with_mind(123.456, 0.0) == 123.456


@given(st.integers(-64, 64).map(lambda n: n / 16))
def test_a_mind_multiplies(mind: float) -> None:
    assert weight_with_mind(3.0, mind) == 3.0 * exp(mind)


@pytest.mark.parametrize("sd", [0.25, 0.5, 1.0])
def test_as_many_come_on_average_as_are_planned(sd: float) -> None:
    """Gauss-Hermite quadrature over the place of the process, which is exact to the last digits here."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    factors = [inflow_factor(sd * float(node), sd, math.inf) for node in nodes]
    assert np.dot(factors, weights) / math.sqrt(2 * math.pi) == pytest.approx(1, rel=1e-12)


def test_there_is_a_most() -> None:
    assert inflow_factor(9.0, 0.5, 2.5) == 2.5
    assert inflow_factor(0.0, 0.0, 1.0) == 1.0
