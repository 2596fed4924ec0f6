"""exp and log in plain arithmetic, so that every processor gives the same bits.

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
