"""Building blocks of every section of the configuration: strictness, ranges, dated types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from bordersim.inputs.schema.dated import READ_WHOLE, Flight, KmPoint, RegimeStep, Step, continued, dated
from bordersim.words.codes import BARRIERS, COUNTRIES, TERRAINS

T = TypeVar("T")
Kind = Literal["parameter", "what-if", "way of counting", "input data", "price or rate"]
PARAMETER: Kind = "parameter"
WHAT_IF: Kind = "what-if"
COUNTING: Kind = "way of counting"
DATA: Kind = "input data"
VALUATION: Kind = "price or rate"
KINDS = (PARAMETER, WHAT_IF, COUNTING, DATA, VALUATION)
NEUTRAL = "neutral"  # under this word a field holds it
KIND = "kind"  # and under this one of which kind it is, where that is no parameter
LACKING = "lacking"  # the kind of the error where keys are lacking of which a section needs some
LEAST_WAIT_DAYS = 0.05  # until the next try: up to eight a day are told of, twenty are allowed


# Both ends of a range are such that no value within it makes a figure that cannot be: a patrol that stands
# still, a wait without end, a weight that vanishes.
Share = Annotated[float, Field(ge=0, le=1)]
Probability = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(ge=0, le=100)]
Days = Annotated[float, Field(ge=0, le=3650)]
SomeDays = Annotated[float, Field(ge=LEAST_WAIT_DAYS, le=3650)]
MemoryDays = Annotated[float, Field(ge=0.1, le=3650)]
Hours = Annotated[float, Field(ge=0, le=240)]
SomeHours = Annotated[float, Field(ge=0.01, le=240)]
HoursPerPerson = Annotated[float, Field(ge=0, le=24)]
Km = Annotated[float, Field(ge=0, le=2000)]
KmPerHour = Annotated[float, Field(ge=0.5, le=200)]
Points = Annotated[int, Field(ge=0, le=100), READ_WHOLE]
WholeDays = Annotated[int, Field(ge=1, le=365), READ_WHOLE]
People = Annotated[int, Field(ge=0, le=100_000), READ_WHOLE]
PeoplePerDay = Annotated[float, Field(ge=0, le=10_000)]
PerHour = Annotated[float, Field(ge=0, le=1000)]
FlightsPerWeek = Annotated[float, Field(ge=0, le=500)]
GroupSize = Annotated[float, Field(ge=1, le=200)]
EurPerHour = Annotated[float, Field(ge=0, le=1000)]
EurPerDay = Annotated[float, Field(ge=0, le=10_000)]
EurPerPerson = Annotated[float, Field(ge=0, le=30_000)]
EurPerKm = Annotated[float, Field(ge=0, le=1e8)]
Eur = Annotated[float, Field(ge=0, le=1e7)]

DatedShare = Annotated[tuple[Step[Share], ...], dated(), Field(min_length=1)]
DatedProbability = Annotated[tuple[Step[Probability], ...], dated(), Field(min_length=1)]
OwnProbability = Annotated[tuple[Step[Probability], ...], dated()]  # none: as elsewhere
DatedPeople = Annotated[tuple[Step[People], ...], dated(), Field(min_length=1)]
DatedPeoplePerDay = Annotated[tuple[Step[PeoplePerDay], ...], dated(), Field(min_length=1)]
DatedFlights = Annotated[tuple[Step[FlightsPerWeek], ...], dated(), Field(min_length=1)]
DatedGroupSize = Annotated[tuple[Step[GroupSize], ...], dated(), Field(min_length=1)]
DatedDays = Annotated[tuple[Step[Days], ...], dated()]
DatedPoints = Annotated[tuple[Step[Points], ...], dated()]
DatedRegime = Annotated[tuple[RegimeStep, ...], dated("regime"), Field(min_length=1)]
DatedKm = Annotated[tuple[KmPoint, ...], dated("km")]
Flights = Annotated[tuple[Flight, ...], dated("seats")]


def value(
    neutral: Any,
    description: str | None = None,
    *,
    kind: Kind | None = None,
    optional: bool = False,
    **bounds: Any,
) -> Any:
    """Return a field with its neutral value: the one at which it has no effect, or the least.

    It is required; one that is `optional` may be left out where it does not apply, and is then neutral.
    `kind` says of which kind it is (`kinds.py`); without it, of that of the section it lies in, or a
    parameter. For a section, or names as keys, it holds for everything inside.
    """
    said = {NEUTRAL: neutral, KIND: kind}
    if optional:
        bounds |= {"default": neutral, "validate_default": True}
    return Field(description=description, json_schema_extra=said, **bounds)


def kind_said(field: FieldInfo) -> Kind | None:
    """Return the kind that a field is said to be of, if one is."""
    said = field.json_schema_extra
    return cast("Kind | None", said.get(KIND)) if isinstance(said, dict) else None


def lacking(*keys: str) -> PydanticCustomError:
    """Return the error of a section that lacks a key, or one of several: perhaps its name is misspelt."""
    return PydanticCustomError(LACKING, "lacks {keys}", {"keys": " or ".join(map(repr, keys))})


class Section(BaseModel):
    """A part of the configuration: frozen, no unknown keys, no type coercion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Sparse(Section):
    """A section of which some keys may be left out."""

    @model_validator(mode="before")
    @classmethod
    def _continue_what_is_left_out(cls, given: Any) -> Any:
        """Let a dated list begin with what holds where its key is left out."""
        if not isinstance(given, dict):
            return given
        before = optional_of(cls)
        return {
            name: continued(each, before[name]) if name in before else each for name, each in given.items()
        }


@cache
def optional_of(section: type[Section]) -> Mapping[str, object]:
    """Return the fields of a section that may be left out, each with what it then is."""
    return {name: field.default for name, field in section.model_fields.items() if not field.is_required()}


class ByCode(Section, Generic[T]):
    """The same thing for each of several codes, by name; `names` lists them in the order of the codes.

    A name without a field of its own is in `told_by` with the field that holds for it, or is what the others
    are relative to: its value is `reference` by definition, and no file gives it.
    """

    names: ClassVar[tuple[str, ...]]
    told_by: ClassVar[Mapping[str, str]] = MappingProxyType({})
    reference: ClassVar[float]

    @property
    def by_code(self) -> tuple[T, ...]:
        """The parts, in the order of the codes."""
        return tuple(self[name] for name in self.names)

    def __getitem__(self, which: str | int) -> T:
        """Return the part of one name or code."""
        name = which if isinstance(which, str) else self.names[which]
        field = self.told_by.get(name, name)
        return cast(T, getattr(self, field) if field in type(self).model_fields else self.reference)


class ByCountry(ByCode[T]):
    """The same thing for the three borders."""

    names = COUNTRIES

    LT: T
    LV: T
    PL: T


class ByOtherCountry(ByCode[T]):
    """The same thing for the other two borders, relative to Lithuania's."""

    names = COUNTRIES
    reference = 1.0

    LV: T
    PL: T


class ByOtherTerrain(ByCode[T]):
    """The same thing for kinds of terrain, relative to land; where nothing is known counts as land."""

    names = TERRAINS
    reference = 1.0

    river: T
    lake: T
    swamp: T


class ByWetness(ByCode[T]):
    """The same thing for land, as which counts what is not known, and for rivers, lakes and swamps."""

    names = TERRAINS
    told_by = MappingProxyType({"river": "wet", "lake": "wet", "swamp": "wet", "unknown": "land"})

    land: T
    wet: T


class ByBarrier(ByCode[T]):
    """The same thing for the kinds of barrier."""

    names = BARRIERS

    none: T
    wire: T
    fence: T


class ByBuiltBarrier(ByCode[T]):
    """The same thing for the kinds of barrier that are built, relative to none."""

    names = BARRIERS
    reference = 1.0

    wire: T
    fence: T


class ByAlarmingBarrier(ByBuiltBarrier[T]):
    """The same thing for the kinds of barrier that are built; without one there is nothing of it."""

    reference = 0.0
