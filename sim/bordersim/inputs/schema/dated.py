"""Values that change by date: dated steps, and their value on each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bordersim.errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# The first day that can be simulated; a value without a date holds from here on.
FIRST_DAY = date(2020, 1, 1)
LAST_DAY = date(2025, 12, 31)
DATES_AT_HAND = 256

Regime = Literal["admit_and_screen", "turn_back", "asylum_suspended"]
T = TypeVar("T")


def _whole(given: object) -> object:
    """Read 900.0, as tables write it, as a whole number."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


READ_WHOLE = BeforeValidator(_whole)


class Step(BaseModel, Generic[T]):
    """One entry of a dated list: `value` holds from the day `from_` until the next entry."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    from_: date = Field(alias="from")
    value: T


class RegimeStep(Step[Regime]):
    """The regime in force from a day on."""

    value: Regime = Field(alias="regime")


class KmPoint(Step[float]):
    """Kilometres of barrier on a day [km]; linear between two points."""

    value: float = Field(alias="km", ge=0, le=2000)


class Flight(Step[int]):
    """One flight home on a day [seats]."""

    value: Annotated[int, Field(ge=0, le=1000), READ_WHOLE] = Field(alias="seats")


AnyStep = Step[Any]


def _steps_from(given: object, value_key: str) -> object:
    """Read a value without dates as the value of all days."""
    if isinstance(given, (tuple, list)):
        return tuple(given)
    return ({"from": FIRST_DAY, value_key: given},)


def dated(value_key: str = "value") -> BeforeValidator:
    """Return the validator of a dated field whose entries have their value under `value_key`."""
    return BeforeValidator(partial(_steps_from, value_key=value_key))


def continued(given: object, before: object) -> object:
    """Return a dated list with the number that holds before its first date; anything else as it is."""
    if not isinstance(given, (tuple, list)) or not given or not isinstance(before, (int, float)):
        return given
    first = given[0].get("from") if isinstance(given[0], dict) else None
    is_later = isinstance(first, date) and first > FIRST_DAY
    return ({"from": FIRST_DAY, "value": before}, *given) if is_later else given


def by_day(
    steps: Sequence[AnyStep], start: date, days: int, codes: Sequence[str] = ()
) -> npt.NDArray[np.float64]:
    """Return the value of each day as a step function.

    Parameters
    ----------
    steps
        Entries in order of date; the first must not be later than `start`.
    start
        First day.
    days
        Number of days [d].
    codes
        For values that are words (regimes): the words in the order of their codes.
    """
    import numpy as np

    if days and (not steps or steps[0].from_ > start):
        first = steps[0].from_.isoformat() if steps else "any date"
        raise BadInput(f"no value before {first}, the period starts on {start.isoformat()}")
    values = [codes.index(step.value) if codes else step.value for step in steps]
    entry = _entry_of_day(tuple(step.from_ for step in steps), start, days)
    return np.asarray(values, dtype=np.float64)[entry]


@lru_cache(maxsize=DATES_AT_HAND)
def _entry_of_day(dates: tuple[date, ...], start: date, days: int) -> npt.NDArray[np.int64]:
    """Return which entry holds on each day, worked out once for all lists with these dates."""
    import numpy as np

    offsets = [(each - start).days for each in dates]
    return np.searchsorted(offsets, np.arange(days), side="right") - 1


def by_day_linear(points: Sequence[KmPoint], start: date, days: int) -> npt.NDArray[np.float64]:
    """Return the kilometres of each day [km]: linear between points, 0 before, constant after."""
    import numpy as np

    if not points:
        return np.zeros(days)
    offsets = [(point.from_ - start).days for point in points]
    return np.interp(np.arange(days), offsets, [point.value for point in points], left=0.0)
