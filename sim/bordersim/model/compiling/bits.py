"""The two parts of a float: its power of two taken out and put back, compiled to a few steps on its bits.

To Python these are `math.frexp` and `math.ldexp`. Compiled, each of those would be a call of the C library,
dearer than the rest of `exp` or `log` together, for cases that do not come up here.
"""

from __future__ import annotations

import math
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload

from bordersim.model.compiling import kept  # noqa: F401 - says where compiled code is kept
from bordersim.model.compiling.compiled import OPTIONS

_FRACTION_BITS, _EXPONENT_OF_ONE = 52, 1023
_FRACTION, _HALF = (1 << _FRACTION_BITS) - 1, (_EXPONENT_OF_ONE - 1) << _FRACTION_BITS


def times_power_of_two(x: float, k: int) -> float:
    """Return `x` times 2**k, exactly; `k` from -1022 to 1023, and the outcome neither tiny nor too large."""
    return math.ldexp(x, k)


def parts(x: float) -> tuple[float, int]:
    """Return m and k such that x = m 2**k with 0.5 <= m < 1; `x` > 0, at least 2**-1022."""
    return math.frexp(x)


@intrinsic
def _bits_of(typingctx: Any, x: Any) -> Any:
    """Read the bits of a float as a whole number."""

    def read(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), read


@intrinsic
def _float_of(typingctx: Any, bits: Any) -> Any:
    """Read a whole number as the bits of a float."""

    def read(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), read


@overload(times_power_of_two, jit_options=OPTIONS)
def _times_power_of_two(x: Any, k: Any) -> Any:
    def put_back(x: Any, k: Any) -> Any:
        return x * _float_of((k + _EXPONENT_OF_ONE) << _FRACTION_BITS)

    return put_back


@overload(parts, jit_options=OPTIONS)
def _parts(x: Any) -> Any:
    def taken(x: Any) -> Any:
        bits = _bits_of(x)
        return _float_of((bits & _FRACTION) | _HALF), (bits >> _FRACTION_BITS) - (_EXPONENT_OF_ONE - 1)

    return taken
