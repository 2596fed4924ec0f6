"""The configuration tree: every key, its type and its range. Values live in scenarios/*.yaml."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import model_validator

from bordersim.inputs.schema.base import DATA, VALUATION, ByCountry, DatedRegime, Section, value
from bordersim.inputs.schema.border import (
    Barrier,
    Build,
    Cost,
    Cross,
    Detect,
    Guards,
    Land,
    Patrols,
    Record,
    Respond,
)
from bordersim.inputs.schema.dated import FIRST_DAY, LAST_DAY
from bordersim.inputs.schema.law import AllClaims, Host, Inland, Law, Procedure
from bordersim.inputs.schema.migrants import Choice, Harm, Inflow, Learn, Origin, ReturnHome

__all__ = ["Config", "Origin", "Period", "Run"]


class Period(Section):
    """The days simulated, both included."""

    start: date = value(FIRST_DAY, ge=FIRST_DAY, le=LAST_DAY)
    end: date = value(FIRST_DAY, ge=FIRST_DAY, le=LAST_DAY)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"end {self.end} is before start {self.start}")
        return self

    @property
    def days(self) -> int:
        """Number of days simulated [d]."""
        return (self.end - self.start).days + 1


class Run(Section):
    """Settings of the run that are not about the world."""

    seed: int = value(0, ge=0, lt=2**63)


class Config(Section):
    """Everything a run needs, validated once."""

    period: Period = value(None, kind=DATA)
    land: Land = value(None, kind=DATA)
    inflow: Inflow
    choice: Choice
    cross: Cross
    detect: Detect
    respond: Respond
    patrols: Patrols
    guards: ByCountry[Guards] = value(None, kind=DATA)
    policy: ByCountry[DatedRegime] = value(
        "admit_and_screen", "regime in force at the border by date", kind=DATA
    )
    law: ByCountry[Law]
    host: Host
    claims: AllClaims
    harm: Harm
    return_home: ReturnHome
    procedure: ByCountry[Procedure]
    inland: Inland
    learn: Learn
    barrier: Barrier
    build: ByCountry[Build] = value(None, kind=DATA)
    cost: Cost = value(None, kind=VALUATION)
    record: Record
    run: Run = value(None, kind=DATA)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as plain values: the classes made for each range cannot be found by name."""
        return Config.model_validate, (self.model_dump(by_alias=True, exclude_unset=True),)
