"""exp, log and the normal quantile in plain arithmetic, so that every processor gives the same bits.

The C library's versions differ in the last bit between processors with and without fused
multiply-add. These use only +, -, *, / and exact scaling by powers of two, which IEEE 754 fixes.
"""

from __future__ import annotations

import math

from bordersim.model.compiling.bits import parts, times_power_of_two
from bordersim.model.compiling.compiled import compiled

# ln 2 in two parts: the first has 21 zero bits at its end, so that multiples of it are exact.
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_PER_LN2 = 1.44269504088896338700
_SQRT_HALF = 0.70710678118654752440
# The normal quantile by Wichura (1988), algorithm AS 241, the form for seven decimals.
_CENTRE, _CENTRE_SQUARED, _TAIL, _NEAR, _FAR = 0.425, 0.180625, 5.0, 1.6, 5.0
_LOWEST_EXPONENT, _HIGHEST_EXPONENT = -708.0, 709.0


@compiled
def exp(x: float) -> float:
    """Return e to the power of `x`; 0 below -708, held at e**709 above it.

    x = k ln 2 + r with |r| <= ln 2 / 2, the series of e**r to r**13, then scaling by 2**k.
    """
    if x < _LOWEST_EXPONENT:
        return 0.0
    k = math.floor(min(x, _HIGHEST_EXPONENT) * _PER_LN2 + 0.5)
    r = (min(x, _HIGHEST_EXPONENT) - k * _LN2_HIGH) - k * _LN2_LOW
    p = 1.0 + r / 13.0
    p = 1.0 + r * (1.0 / 12.0) * p
    p = 1.0 + r * (1.0 / 11.0) * p
    p = 1.0 + r * (1.0 / 10.0) * p
    p = 1.0 + r * (1.0 / 9.0) * p
    p = 1.0 + r * (1.0 / 8.0) * p
    p = 1.0 + r * (1.0 / 7.0) * p
    p = 1.0 + r * (1.0 / 6.0) * p
    p = 1.0 + r * (1.0 / 5.0) * p
    p = 1.0 + r * (1.0 / 4.0) * p
    p = 1.0 + r * (1.0 / 3.0) * p
    p = 1.0 + r * (1.0 / 2.0) * p
    return times_power_of_two(1.0 + r * p, int(k))


@compiled
def log(x: float) -> float:
    """Return the natural logarithm of `x` > 0.

    x = m 2**k with m near 1, s = (m - 1) / (m + 1), ln m = 2 (s + s**3/3 + s**5/5 + ...).
    """
    m, k = parts(x)
    if m < _SQRT_HALF:
        m, k = m * 2.0, k - 1
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    p = 1.0 / 19.0 + z * (1.0 / 21.0)
    p = 1.0 / 17.0 + z * p
    p = 1.0 / 15.0 + z * p
    p = 1.0 / 13.0 + z * p
    p = 1.0 / 11.0 + z * p
    p = 1.0 / 9.0 + z * p
    p = 1.0 / 7.0 + z * p
    p = 1.0 / 5.0 + z * p
    p = 1.0 / 3.0 + z * p
    return k * _LN2_HIGH + (k * _LN2_LOW + 2.0 * (s + s * z * p))


@compiled
def _normal_tail(depth: float) -> float:
    """Return how far out the tail begins that has the chance exp(-depth^2)."""
    if depth <= _TAIL:
        r = depth - _NEAR
        above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        return above / ((0.12021132975 * r + 0.73700164250) * r + 1.0)
    r = depth - _FAR
    above = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
    return above / ((0.012258202635 * r + 0.24197894225) * r + 1.0)


@compiled
def normal(draw: float) -> float:
    """Return the standard normal quantile of a uniform `draw` (0-1), right to six decimals."""
    off = draw - 0.5
    if abs(off) <= _CENTRE:
        r = _CENTRE_SQUARED - off * off
        above = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        below = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0
        return off * (above / below)
    tail = _normal_tail(math.sqrt(-log(min(draw, 1.0 - draw))))
    return -tail if off < 0.0 else tail
