"""The scenario: outcomes, drivers, reference classes and what is believed about how they act."""

import difflib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from model.scenario.fields import (
    Basis,
    Day,
    Flag,
    Id,
    Interval,
    LevelInterval,
    MonthlyInterval,
    Number,
    Part,
    Positive,
    Share,
    ShareInterval,
    Words,
)
from model.scenario.switch import Switch, dated_clocks

SCENARIO_FILE = "scenario.toml"


class Coding(Part):
    """How far coders differ (sd of one coder's weight) and the chance that a report is right."""

    coder_sd: Positive
    reliability: dict[Literal["A", "B", "C", "D"], Share]


class Deaths(Part):
    """Priors of monthly battle deaths (90 %); drivers act as on `outcome`, times `scale`."""

    outcome: Id
    level: Interval
    scale: Interval
    dispersion: Interval


class ReferenceClass(Part):
    """Comparable cases: `rate` per year one year in, Weibull `shape`, the region's `traits`.

    A trait's hazard ratio is 1 give or take `trait_sd` in logs, or has the interval `trait_ratio`.
    `gate_share` bounds the shortest building time as a share of the class's shortest. `counts` is
    the coded trait that an ending must have to count; other endings are watched to their day only.
    """

    id: Id
    title: Words
    kind: Literal["duration", "rate", "judgement"]
    rate: Interval
    shape: Interval | None = None
    traits: dict[Id, Number]
    trait_sd: Positive = 0.5
    trait_ratio: dict[Id, Interval] = Field(default={})
    gate_share: ShareInterval | None = None
    counts: Id | None = None
    note: Words

    @model_validator(mode="after")
    def _only_durations_have_a_clock(self) -> Self:
        clock = [given for given in (self.shape, self.gate_share) if given]
        if self.kind == "duration" and len(clock) != 1:
            message = "a duration class needs exactly one of shape and gate_share"
            raise ValueError(f"{message}; expected one, it has {len(clock)}; add or drop one")
        if self.kind != "duration" and clock:
            message = f"a {self.kind} class has a constant hazard; expected no shape and no gate"
            raise ValueError(f"{message}; drop it or change the kind")
        return self


class Clock(Part):
    """A date at which an outcome's clock restarts, and the classes that apply from then on.

    `typical`: driver -> 90 % interval of the level, -2..2, at which a case of these classes
    typically stands; a driver's effect counts from there, since the class's rate already contains
    what its cases had in common. A driver that is not named counts from 0. `switch`: the clock runs
    while that switch is on, and has its days and sources from it.
    """

    date: Day
    known_on: Day | None = None
    classes: Annotated[tuple[Id, ...], Field(min_length=1)]
    why: Words
    source_url: str = ""
    switch: Id | None = None
    typical: dict[Id, LevelInterval] = Field(default={})

    def model_post_init(self, _context: Any) -> None:
        """A clock is known the day it starts, unless the file says otherwise."""
        # Past the model's own guard: it is frozen for everybody but itself, and not yet handed out.
        if self.known_on is None:
            object.__setattr__(self, "known_on", self.date)


class RecordRule(Part):
    """Happened in the region's own record: `deaths` or more in a calendar month of `table`."""

    table: Id
    deaths: Positive


class Outcome(Part):
    """An event that happens at most once after the as-of date."""

    id: Id
    title: Words
    verb: Words
    question: Words
    rule: Words
    lead: Flag
    happens_again: Flag
    departure_sd: Positive
    link_half_life_days: Positive | None = None
    record: RecordRule | None = None
    clocks: Annotated[tuple[Clock, ...], Field(alias="clock", min_length=1)]


class Driver(Part):
    """A quantity from -2 to +2 that moves hazards; `levels` says what each step looks like."""

    id: Id
    title: Words
    about: Words
    half_life_days: Positive
    scale: Positive
    levels: Annotated[tuple[Words, ...], Field(min_length=5, max_length=5)]


class Arrow(Part):
    """Why an arrow is believed in: the article's claims, the source, one line of reason."""

    from_: Id = Field(alias="from")
    to: Id
    basis: Basis
    claims: tuple[str, ...] = ()
    source: Words
    source_url: str = ""
    reason: Words

    @property
    def name(self) -> str:
        """What beliefs and tables call the arrow: `from -> to`."""
        return f"{self.from_} -> {self.to}"


class Effect(Arrow):
    """Driver -> outcome: 90 % interval of the hazard ratio per unit of the driver."""

    hazard_ratio: Interval


class Link(Arrow):
    """Outcome -> outcome: a hazard ratio, or the class whose hazard holds, once `from` happened."""

    hazard_ratio: Interval | None = None
    hazard_of: Id | None = None

    @model_validator(mode="after")
    def _one_size(self) -> Self:
        if (self.hazard_ratio is None) == (self.hazard_of is None):
            message = "a link needs exactly one of hazard_ratio and hazard_of; expected one"
            raise ValueError(f"{message}; add or drop one")
        return self


class Influence(Arrow):
    """Driver -> driver: 90 % interval of what a level of 1 adds each month to the other's level."""

    adds: MonthlyInterval


class Omitted(Part):
    """An arrow that was considered and not drawn, and why."""

    from_: Id = Field(alias="from")
    to: Id
    why: Words
    claims: tuple[str, ...] = ()


class Scenario(Part):
    """A scenario file, checked for itself; `model.check` checks it against the tables."""

    id: Id
    title: Words
    about: Words
    default_as_of: Day
    record_from: Day
    horizon_months: Annotated[int, Field(strict=True, ge=1, le=120)]
    coding: Coding
    deaths: Deaths | None = None
    classes: Annotated[tuple[ReferenceClass, ...], Field(alias="class", min_length=1)]
    outcomes: Annotated[tuple[Outcome, ...], Field(alias="outcome", min_length=1)]
    drivers: Annotated[tuple[Driver, ...], Field(alias="driver", min_length=1)]
    effects: tuple[Effect, ...] = Field(alias="effect", default=())
    links: tuple[Link, ...] = Field(alias="link", default=())
    switches: tuple[Switch, ...] = Field(alias="switch", default=())
    influences: tuple[Influence, ...] = Field(alias="influence", default=())
    left_out: tuple[Omitted, ...] = ()

    @property
    def outcome_ids(self) -> tuple[str, ...]:
        return tuple(outcome.id for outcome in self.outcomes)

    @property
    def driver_ids(self) -> tuple[str, ...]:
        return tuple(driver.id for driver in self.drivers)

    @property
    def class_ids(self) -> tuple[str, ...]:
        return tuple(reference_class.id for reference_class in self.classes)

    @property
    def switch_ids(self) -> tuple[str, ...]:
        return tuple(switch.id for switch in self.switches)

    def outcome(self, id: str) -> Outcome:
        """The outcome of this id; KeyError, with the nearest id there is, for an unknown one."""
        return _named(self.outcomes, id, "outcome")

    def driver(self, id: str) -> Driver:
        """The driver of this id; KeyError, with the nearest id there is, for an unknown one."""
        return _named(self.drivers, id, "driver")

    def reference_class(self, id: str) -> ReferenceClass:
        """The class of this id; KeyError, with the nearest id there is, for an unknown one."""
        return _named(self.classes, id, "reference class")

    def switch(self, id: str) -> Switch:
        """The switch of this id; KeyError, with the nearest id there is, for an unknown one."""
        return _named(self.switches, id, "switch")


def load_scenario(folder: Path) -> Scenario:
    """Read the file `scenario.toml` of a scenario's folder.

    Raises FileNotFoundError, tomllib.TOMLDecodeError, or pydantic.ValidationError;
    `python -m model check` says in plain words what is wrong with the file, and where.
    """
    with open(Path(folder) / SCENARIO_FILE, "rb") as file:
        return Scenario.model_validate(dated_clocks(tomllib.load(file)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The text `did you mean 'peace_treaty'?` for a near miss, else the words to choose from."""
    # Sorted, since sets come in another order in every process and the line must not.
    known = sorted(set(known))
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    return "choose one of: " + ", ".join(known) if known else "there is none to choose from"


def _named[T: (Outcome, Driver, ReferenceClass, Switch)](
    entries: tuple[T, ...], id: str, kind: str
) -> T:
    for entry in entries:
        if entry.id == id:
            return entry
    raise KeyError(f"unknown {kind} {id!r}; {did_you_mean(id, (entry.id for entry in entries))}")
