"""Assumptions: what a user supposes on top of a run. The empty set changes nothing.

Three verbs, never one slider. *Assume*: we learn that it is so, and what goes with it moves too.
*Make*: someone brings it about, and nothing upstream moves. *Believe*: the model itself is held to
be otherwise: another interval for an effect, a link, an influence or a base rate; some evidence
left out, or an event added to it. A switch, a fact that nothing models, can only be made on or off.
"""

from datetime import date, timedelta
from typing import Annotated, Literal, Self, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from model.scenario import HIGHEST, LOWEST
from model.scenario.fields import Interval, MonthlyInterval
from model.scenario.plain_text import one_line

Level = Annotated[float, Field(ge=LOWEST, le=HIGHEST, allow_inf_nan=False)]
Verb = Literal["assume", "make"]
Beyond = Literal["higher", "lower"]
Factor = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
Strength = Annotated[float, Field(ge=-3, le=3, allow_inf_nan=False)]


def _as_one_line(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


# A link of anybody's brings such texts, and pages, files and terminals show them as they are.
Line = Annotated[str, BeforeValidator(_as_one_line)]
Name = Annotated[str, Field(max_length=300)]  # of what is meant: an id, an arrow, a source
SUBJECTS = ("effect", "link", "influence", "base_rate", "outcome")  # of a belief
SIZES = {"influence": "adds", "base_rate": "rate", "outcome": "factor"}  # else hazard_ratio
# A level that is learned is so half a year on unless a day is given: within a month no driver can
# have moved far, and the level would tell of a world that the model hardly knows.
LEARNED_AFTER = timedelta(days=183)
MOST_ADDED = 2.0  # levels a month, as far as from a driver's middle to its end
FIRST_DAY = date(1990, 1, 1)  # of an added event; what is older has long decayed


class _Part(BaseModel):
    # Frozen: sets are keys of caches. A key it does not know is an error, not a supposition lost.
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Dated(_Part):
    """A level that holds from a day on."""

    from_: date = Field(alias="from")
    level: Level


class DriverAssumption(_Part):
    """A driver is at `level` from a day on, or follows a path.

    The day is the as-of date unless given; of a level that is learned, half a year later. It ends
    on the day `until`, if there is one: from then on the driver goes on as the model expects, from
    the level that it was set to last. unless: where a driver that stands beyond the level on the
    as-of day stays where it stands; only files have it, see `model.assumptions.standing`.
    """

    id: Name
    level: Level | None = None
    unless: Beyond | None = None
    from_: date | None = Field(default=None, alias="from")
    path: tuple[Dated, ...] = ()
    until: date | None = None
    verb: Verb = "make"

    @model_validator(mode="after")
    def _one_way_of_saying_it(self) -> Self:
        if (self.level is None) == (not self.path):
            raise ValueError(
                f"driver {self.id!r} needs a level or a path of dated levels, not both"
            )
        if self.path and self.unless:
            raise ValueError(f"driver {self.id!r} takes unless with a level, not with a path")
        if self.path and self.from_:
            raise ValueError(f"driver {self.id!r} takes its days from each level of its path")
        days = [dated.from_ for dated in self.path]
        if days != sorted(set(days)):
            raise ValueError(f"the path of driver {self.id!r} must go forward in time, a day once")
        last = days[-1] if days else self.from_
        if self.until and last and self.until <= last:
            raise ValueError(f"driver {self.id!r} ends on {self.until}, not after {last}")
        return self

    def levels(self, as_of: date) -> list[tuple[date, float]]:
        """(day, level) pairs in order: from each day on the level holds."""
        if self.level is None:
            return [(dated.from_, dated.level) for dated in self.path]
        first = as_of + LEARNED_AFTER if self.verb == "assume" else as_of
        return [(self.from_ or first, self.level)]

    def days(self, as_of: date) -> list[date]:
        """The days on which something changes: each level's first, and the end."""
        return [day for day, _ in self.levels(as_of)] + ([self.until] if self.until else [])

    def learned(self, as_of: date) -> "DriverAssumption":
        """The same levels on the same days, but learned."""
        day = None if self.path else self.levels(as_of)[0][0]
        return self.model_copy(update={"verb": "assume", "from_": day})

    @property
    def last_level(self) -> float:
        """The level that it is set to last, -2..2."""
        # without a path there is a level, or the set is refused
        return self.path[-1].level if self.path else cast(float, self.level)


class OutcomeAssumption(_Part):
    """An outcome has happened `by` a day, or happens `on` it; or has not happened `by` it."""

    id: Name
    by: date | None = None
    on: date | None = None
    happens: bool = True
    verb: Verb = "assume"

    @model_validator(mode="after")
    def _one_day(self) -> Self:
        if (self.by is None) == (self.on is None):
            raise ValueError(f"outcome {self.id!r} needs a day: by = ... or on = ..., not both")
        if self.on is not None and not self.happens:
            raise ValueError(f"outcome {self.id!r} can only fail to happen by a day, not on one")
        return self

    @property
    def day(self) -> date:
        """The day it is `by` or `on`."""
        return cast(date, self.by or self.on)  # one of the two is given, or the set is refused


class SwitchAssumption(_Part):
    """A switch is turned on or off from a day on (default: the as-of date), for good or `until`."""

    id: Name
    on: bool
    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    verb: Literal["make"] = "make"  # nothing models a switch, so nothing can be learned from one

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.until and self.from_ and self.until <= self.from_:
            raise ValueError(f"switch {self.id!r} ends on {self.until}, not after {self.from_}")
        return self

    def days(self, as_of: date) -> list[date]:
        """The days on which something changes: the first, and the end."""
        return [self.from_ or as_of] + ([self.until] if self.until else [])

    def holds(self, day: date, as_of: date) -> bool:
        """Whether it decides on this day."""
        return (self.from_ or as_of) <= day and (self.until is None or day < self.until)


def size_of(kind: str) -> str:
    """The field of a belief of this kind that says how large: hazard_ratio, adds, rate, factor."""
    return SIZES.get(kind, "hazard_ratio")


class Belief(_Part):
    """Another 90 % interval for an effect, a link, an influence or a base rate; or a factor."""

    effect: Name | None = None
    link: Name | None = None
    influence: Name | None = None
    base_rate: Name | None = None
    outcome: Name | None = None
    hazard_ratio: Interval | None = None
    adds: MonthlyInterval | None = None
    rate: Interval | None = None
    factor: Factor | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        subjects = [subject for subject in SUBJECTS if getattr(self, subject)]
        if len(subjects) != 1:
            raise ValueError(
                "a belief names one effect, one link, one influence, one base_rate or one outcome"
            )
        sizes = [n for n in ("hazard_ratio", *SIZES.values()) if getattr(self, n) is not None]
        if sizes != [self.size]:
            raise ValueError(f"a belief about {subjects[0]} needs {self.size}, and nothing else")
        if self.adds and max(map(abs, self.adds)) > MOST_ADDED:
            raise ValueError(
                f"a belief about influence {self.influence!r} adds {self.adds[0]:g} to "
                f"{self.adds[1]:g} a month; expected levels from -{MOST_ADDED:g} to {MOST_ADDED:g}"
            )
        return self

    @property
    def size(self) -> str:
        """The name of the field that says how large: hazard_ratio, adds, rate or factor."""
        return size_of(self.kind)

    @property
    def interval(self) -> tuple[float, float]:
        """The 90 % interval (low, high) in the units of its kind; ValueError of a factor."""
        if self.factor is not None:
            raise ValueError(f"the belief about {self.about} is a factor and has no interval")
        return getattr(self, self.size)

    @property
    def about(self) -> str:
        """The id or name of what it is about: `from -> to`, a class or an outcome."""
        return getattr(self, self.kind)

    @property
    def kind(self) -> str:
        """What is named: effect, link, influence, base_rate or outcome."""
        return next(subject for subject in SUBJECTS if getattr(self, subject))


class LeftOut(_Part):
    """Evidence left out: a source, a country's media, an event, a driver's codings, or a case."""

    source: Name | None = None
    country: Name | None = None
    event: Name | None = None
    driver: Name | None = None
    case: Name | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(bool(value) for value in self.model_dump().values()) != 1:
            raise ValueError(
                "what is left out is one source, one country, one event, one driver or one case"
            )
        return self


class AddedEvent(_Part):
    """A what-if event: that it was known on a day, and how strongly it speaks to one driver.

    Rows with the same `what` are one event that speaks to several drivers.
    """

    what: Line = Field(min_length=1, max_length=200, pattern=r"\S")
    date: date
    driver: Name
    strength: Strength

    @property
    def about(self) -> str:
        """What happened, in the words of whoever added it."""
        return self.what


class Assumptions(_Part):
    """A set of assumptions; immutable, compared by value. The name supposes nothing."""

    name: Line = Field(default="", max_length=300)
    about: Line = Field(default="", max_length=5000)
    claims: tuple[Annotated[Line, Field(max_length=60)], ...] = Field(default=(), max_length=300)
    drivers: tuple[DriverAssumption, ...] = Field(default=(), alias="driver")
    outcomes: tuple[OutcomeAssumption, ...] = Field(default=(), alias="outcome")
    switches: tuple[SwitchAssumption, ...] = Field(default=(), alias="switch")
    beliefs: tuple[Belief, ...] = Field(default=(), alias="belief")
    left_out: tuple[LeftOut, ...] = Field(default=(), alias="leave_out")
    events: tuple[AddedEvent, ...] = Field(default=(), alias="event")

    @property
    def is_empty(self) -> bool:
        """True if nothing is supposed."""
        settings = self.drivers, self.outcomes, self.switches, self.beliefs
        return not (any(settings) or self.left_out or self.events)

    @property
    def changes_the_fit(self) -> bool:
        """True if a refit would differ: another prior, or other evidence."""
        return not self.changes.is_empty

    @property
    def changes(self) -> "Assumptions":
        """Only what changes the fit, without a name: beliefs, what is left out, what is added."""
        beliefs = tuple(belief for belief in self.beliefs if belief.factor is None)
        return Assumptions(beliefs=beliefs, left_out=self.left_out, events=self.events)

    def without_beliefs(self) -> "Assumptions":
        """The same set as far as it does not change the fit."""
        # A factor multiplies the fitted hazards, so it needs no other fit and stays.
        factors = tuple(belief for belief in self.beliefs if belief.factor is not None)
        return self.model_copy(update={"beliefs": factors, "left_out": (), "events": ()})


NOTHING = Assumptions()
