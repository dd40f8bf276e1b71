"""Kinds of value that a scenario's file may hold: numbers, days, intervals, ids, parts."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

LOWEST, HIGHEST = -2.0, 2.0  # level of a driver, whose five `levels` are a unit apart

# Strict, so that a text or a yes where a number should stand is reported and not converted;
# finite, since TOML can write inf and nan.
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Positive = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(gt=0, le=1)]
Flag = Annotated[bool, Field(strict=True)]
Day = Annotated[date, Field(strict=True)]
DriverLevel = Annotated[Number, Field(ge=LOWEST, le=HIGHEST)]
BelowOne = Annotated[Number, Field(gt=0, lt=1)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1)]
Basis = Literal["literature", "own computation", "claim", "judgement"]


def _ordered(interval: tuple[float, float]) -> tuple[float, float]:
    low, high = interval
    if low >= high:
        message = f"the interval is upside down, {low:g} is not below {high:g}"
        raise ValueError(f"{message}; expected low, high; swap or correct them")
    return interval


Interval = Annotated[tuple[Positive, Positive], AfterValidator(_ordered)]
ShareInterval = Annotated[tuple[BelowOne, BelowOne], AfterValidator(_ordered)]
LevelInterval = Annotated[tuple[DriverLevel, DriverLevel], AfterValidator(_ordered)]
MonthlyInterval = Annotated[tuple[Number, Number], AfterValidator(_ordered)]


class Part(BaseModel):
    """A part of the scenario: cannot be changed, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
