"""The arrays of the world, and how rows of them are made."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bordersim.inputs.schema.dated import FIRST_DAY
from bordersim.words.codes import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bordersim.inputs.schema import Config


class Arrays(NamedTuple):
    """All the engine reads. One structured array per kind of entity."""

    params: np.ndarray  # PARAMS[1]: single values
    country: np.ndarray  # COUNTRY[3]
    terrain: np.ndarray  # TERRAIN[terrains]
    barrier: np.ndarray  # BARRIER[barriers]
    origins: np.ndarray  # ORIGIN[origins]
    stretches: np.ndarray  # STRETCH[stretches]: LT, LV, PL
    segments: np.ndarray  # SEGMENT[segments]: LT, LV, PL, each by chainage
    nearness: np.ndarray  # float64[stretches, stretches + 1]: pull by distance from a place; last: from Minsk
    calendar: np.ndarray  # CALENDAR[days]
    law: np.ndarray  # LAW[days, 3]
    on_shift: np.ndarray  # float64[days, stretches]: crews, on average
    inflow: np.ndarray  # float64[days, origins]: groups landing a day
    hours: np.ndarray  # HOUR[hours + 1]: ordinary days of readiness passed by then; the Lithuanian day


def record(values: dict[str, object]) -> np.ndarray:
    """Return a structured array with one row: whole numbers as int64, all else as float64."""
    kinds = [(name, np.int64 if isinstance(value, int) else np.float64) for name, value in values.items()]
    return np.array([tuple(values.values())], dtype=kinds)


def table(columns: Mapping[str, object], shape: tuple[int, ...]) -> np.ndarray:
    """Return a structured array of `shape` from columns of equal shape (or single values)."""
    arrays = {name: np.broadcast_to(np.asarray(column), shape) for name, column in columns.items()}
    rows = np.zeros(shape, dtype=[(name, array.dtype) for name, array in arrays.items()])
    for name, array in arrays.items():
        rows[name] = array
    return rows


def by_country(config_part: object, path: str) -> list[float]:
    """Return one value of each country, in the order of the codes; `path` leads to it."""
    return [float(attrgetter(f"{country}.{path}" if path else country)(config_part)) for country in COUNTRIES]


def day_number(config: Config) -> int:
    """Return the absolute number of the first day: days since the first possible one."""
    return (config.period.start - FIRST_DAY).days
