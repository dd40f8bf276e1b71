"""Assumptions: what a user supposes on top of a run. The empty set changes nothing."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Annotated[float, Field(ge=-2, le=2, allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class DriverAssumption(_Part):
    """Someone sets a driver to `level` from a day on (the as-of date if None); nothing upstream moves."""

    id: str
    level: Level
    from_: date | None = Field(default=None, alias="from")
    verb: Literal["make"] = "make"


class Assumptions(_Part):
    """A set of assumptions; immutable, compared by value."""

    name: str = ""
    drivers: tuple[DriverAssumption, ...] = Field(default=(), alias="driver")

    @property
    def is_empty(self) -> bool:
        """True if nothing is supposed (a name alone supposes nothing)."""
        return not self.drivers


NOTHING = Assumptions()
