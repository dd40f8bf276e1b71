"""Switches: facts that are on or off, and decide which clock or trait applies."""

from datetime import date
from typing import Any, Self

from pydantic import Field, model_validator

from model.scenario.fields import Day, Flag, Id, Part, Words

NEVER = date.max  # the day of a clock whose switch was never on
SETS = "a switch sets one thing: `clock`, `works`, or `trait` with its `class`"


class Turn(Part):
    """A switch is on, or off, from `date` on."""

    on: Flag
    date: Day
    known_on: Day | None = None
    why: Words
    source_url: str = ""

    def model_post_init(self, _context: Any) -> None:
        """A turn is known on its day, unless the file says otherwise."""
        # past the model's own guard, as for a clock
        if self.known_on is None:
            object.__setattr__(self, "known_on", self.date)


class Switch(Part):
    """A fact that is on or off; it is off before its first turn.

    It sets one thing. `clock`: while it is on, the clock of this outcome that names it runs, from
    its day on. `works`: while it is on, what must be built for this outcome is in its second stage.
    `trait` of the class `of`: 1 while it is on, 0 while it is off.
    """

    id: Id
    title: Words
    says: Words
    clock: Id | None = None
    works: Id | None = None
    trait: Id | None = None
    of: Id | None = Field(default=None, alias="class")
    turns: tuple[Turn, ...] = Field(default=(), alias="turn")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        given = [name for name in (self.clock, self.works, self.trait) if name]
        if len(given) != 1 or bool(self.trait) != bool(self.of):
            raise ValueError(f"{SETS}; expected one of them; add or drop")
        return self

    def turn(self, day: date, as_of: date) -> Turn | None:
        """The turn that holds on `day`, of those known by `as_of`; None before the first."""
        past = [
            turn
            for turn in self.turns
            if (turn.known_on or turn.date) <= as_of and turn.date <= day
        ]
        return max(past, key=lambda turn: turn.date, default=None)

    def on_since(self, day: date, as_of: date) -> date | None:
        """Since when it is on, as known by `as_of`; None if it is off on `day`."""
        turn = self.turn(day, as_of)
        return turn.date if turn is not None and turn.on else None


def dated_clocks(content: dict) -> dict:
    """A scenario's content as its file has it, with the days of switches in clocks that name one.

    Such a clock starts with the first turn on. What is malformed is left to the types to report.
    """
    first = {str(switch.get("id")): _first_on(switch) for switch in _tables(content, "switch")}
    outcomes = [
        _dated(outcome, first) if isinstance(outcome, dict) else outcome
        for outcome in _list(content, "outcome")
    ]
    return {**content, "outcome": outcomes} if outcomes else content


def _dated(outcome: dict, first: dict[str, dict]) -> dict:
    clocks = [
        {**first.get(str(clock.get("switch")), {}), **clock} if isinstance(clock, dict) else clock
        for clock in _list(outcome, "clock")
    ]
    return {**outcome, "clock": clocks} if clocks else outcome


def _first_on(switch: dict) -> dict:
    """What a clock takes of the first turn on; of a switch never on, that it never starts."""
    on = [turn for turn in _tables(switch, "turn") if turn.get("on") is True and "date" in turn]
    if not on:
        return {"date": NEVER, "why": switch.get("says"), "source_url": "none"}
    turn = min(on, key=lambda turn: str(turn["date"]))
    return {key: turn[key] for key in ("date", "known_on", "why", "source_url") if key in turn}


def _list(content: dict, kind: str) -> list:
    return tables if isinstance(tables := content.get(kind), list) else []


def _tables(content: dict, kind: str) -> list[dict]:
    return [table for table in _list(content, kind) if isinstance(table, dict)]
