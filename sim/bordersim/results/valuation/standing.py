"""What stands on a day, in a run and by the record, beyond which it is paid for on the first day."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from bordersim.geo.border import load_border
from bordersim.inputs.lookup import HISTORY
from bordersim.inputs.schema.dated import by_day_linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.inputs.schema import Config
    from bordersim.inputs.schema.border import Build


@cache
def record() -> Config:
    """Return the values of the record, which scenarios extend."""
    from bordersim.inputs import load_scenario

    return load_scenario([HISTORY]).config


def standing_km(country: str, kind: str, built: Build, start: date, days: int) -> NDArray[np.float64]:
    """Return the kilometres of wire, fence or surveillance on each day, at most the whole border [km]."""
    km = by_day_linear(getattr(built, f"{kind}_km"), start, days)
    return np.minimum(km, np.ceil(load_border(country).length_km))
