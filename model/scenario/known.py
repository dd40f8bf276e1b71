"""A scenario as it was known on a day: clocks and turns of switches learned later are gone."""

from datetime import date

from model.scenario.scenario import Clock, Outcome, Scenario
from model.scenario.switch import NEVER, Switch


def known_by(scenario: Scenario, day: date) -> Scenario:
    """The scenario without the clocks and the turns that became known after `day`.

    A clock that names a switch stays, as a user may turn it; its days are those of the turns left.
    What is no fact of a day, such as a class or an interval, stays as it is.
    """
    switches = tuple(_turned(switch, day) for switch in scenario.switches)
    by_id = {switch.id: switch for switch in switches}
    outcomes = tuple(_clocked(outcome, by_id, day) for outcome in scenario.outcomes)
    return scenario.model_copy(update={"switches": switches, "outcomes": outcomes})


def _turned(switch: Switch, day: date) -> Switch:
    known = tuple(turn for turn in switch.turns if (turn.known_on or turn.date) <= day)
    return switch.model_copy(update={"turns": known})


def _clocked(outcome: Outcome, switches: dict[str, Switch], day: date) -> Outcome:
    clocks = (
        clock if clock.switch is None else _dated(clock, switches[clock.switch])
        for clock in outcome.clocks
        if clock.switch is not None or (clock.known_on or clock.date) <= day
    )
    return outcome.model_copy(update={"clocks": tuple(clocks)})


def _dated(clock: Clock, switch: Switch) -> Clock:
    """The clock of a switch from its first turn on, as `dated_clocks` reads it from a file."""
    on = [turn for turn in switch.turns if turn.on]
    if not on:
        never = {"date": NEVER, "known_on": NEVER, "why": switch.says, "source_url": "none"}
        return clock.model_copy(update=never)
    turn = min(on, key=lambda turn: turn.date)
    told = {"why": turn.why, "source_url": turn.source_url}
    return clock.model_copy(update={"date": turn.date, "known_on": turn.known_on} | told)
