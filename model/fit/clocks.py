"""Which clock of an outcome runs on a day, since when, and what switches change of it.

A clock that names a switch runs while that is on. A user may turn switches from a day on, for good
or until another; everything else is as it was known on the as-of day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from model.assumptions import SwitchAssumption
from model.fit.structure import clocks, trait_names
from model.scenario import Clock, Outcome, Scenario, Switch

Turned = Sequence[SwitchAssumption]


@dataclass(frozen=True)
class Running:
    """The clock of an outcome that runs, and how.

    number: its place among the scenario's `clocks`. began: the day that its time counts from.
    traits: (place among `trait_names`, value less the region's) where a switch moves one of its
    classes. works: since when what it must build is in the second stage, None in the first.
    """

    clock: Clock
    number: int
    began: date
    traits: tuple[tuple[int, float], ...] = ()
    works: date | None = None


def running(
    scenario: Scenario, outcome: Outcome, day: date, as_of: date, turned: Turned = ()
) -> Running:
    """The clock that runs on `day`, the latest to begin of those known by `as_of`.

    turned: what a user turns. Raises ValueError where none had started.
    """
    since = {s.id: _on_since(s, day, as_of, turned) for s in scenario.switches}
    began = [(clock, _began(clock, since, day, as_of)) for clock in outcome.clocks]
    clock, start = max(
        ((clock, start) for clock, start in began if start is not None), key=lambda pair: pair[1]
    )
    works = [since[s.id] for s in scenario.switches if s.works == outcome.id]
    return Running(
        clock=clock,
        number=clocks(scenario).index((outcome.id, clock)),
        began=start,
        traits=tuple(_moved_traits(scenario, clock, since)),
        works=next((start for start in works if start is not None), None),
    )


def _on_since(switch: Switch, day: date, as_of: date, turned: Turned) -> date | None:
    """Since when a switch is on, None if it is off on `day`; one that was on already stays so."""
    known = switch.on_since(day, as_of)
    for assumed in turned:
        if assumed.id == switch.id and assumed.holds(day, as_of):
            return None if not assumed.on else known or assumed.from_ or as_of
    return known


def _began(clock: Clock, since: dict[str, date | None], day: date, as_of: date) -> date | None:
    if clock.switch is not None:
        return since[clock.switch]
    return clock.date if clock.known_on <= as_of and clock.date <= day else None


def _moved_traits(scenario: Scenario, clock: Clock, since: dict[str, date | None]):
    """(place, value less the region's) of each trait that a switch sets to another value."""
    for switch in scenario.switches:
        if switch.trait is None or switch.of not in clock.classes:
            continue
        names = [(of, trait) for of, trait, _ in trait_names(scenario)]
        place = names.index((switch.of, switch.trait))
        gap = float(since[switch.id] is not None) - trait_names(scenario)[place][2]
        if gap:
            yield place, gap


def turning_days(turned: Turned, as_of: date) -> list[date]:
    """The days on which a user's switches turn, ascending, each once."""
    return sorted({day for assumed in turned for day in assumed.days(as_of)})
