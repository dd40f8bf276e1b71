"""The way from one run's evidence to another's, one thing changed at a time.

Each step is evidence that a fit can be made of. What changed between two steps is what the
difference of their forecasts is due to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from model.evidence import Evidence
from model.evidence.collected import TOLD
from model.fit.structure import clock_name
from model.runs import Run, identity
from model.scenario import Clock, Outcome, Scenario

CODE, TIME, FACTS, RECORD, CASES, EVENTS, PRIORS = (
    "code",
    "time",
    "facts",
    "record",
    "cases",
    "events",
    "priors",
)
# In this order tables of the newer run take the place of the older one's.
TABLES = {
    RECORD: ("deaths", "clashes", "resolutions"),
    CASES: ("cases", "case_codings", "rates"),
    EVENTS: ("events", "codings", "sources"),
}
# What is collected further goes with what it holds: else weeks without news would count as quiet.
COLLECTED = {
    RECORD: TOLD[1:],
    CASES: TOLD[1:],
    EVENTS: TOLD,
}


@dataclass(frozen=True, eq=False)
class Step:
    """What changed, and the evidence once it has."""

    kind: str
    evidence: Evidence


def steps(old: Run, new: Run) -> list[Step]:
    """From `old`'s evidence to `new`'s, without the steps that change nothing of a fit.

    code: the same evidence, where the run was fitted by another version of the code. time: the same
    evidence as of the newer day, nothing new having been recorded. facts: clocks and turns of
    switches. record: deaths, clashes, outcomes that came about. cases: of the reference classes.
    events: events and their codings. priors: all else of the scenario.
    """
    kept = [Step(CODE, old.evidence)] if other_code(old) else []
    before = identity.made_from(old.evidence)
    for step in _all(old.evidence, new.evidence):
        made_from = identity.made_from(step.evidence)
        if made_from != before:
            kept.append(step)
        before = made_from
    return kept


def other_code(run: Run) -> bool:
    """Whether the run was fitted by another version of the code or its libraries than this."""
    return run.manifest.get("made_from") != identity.made_from(run.evidence)


def _all(old: Evidence, new: Evidence) -> Iterator[Step]:
    present = replace(old, as_of=new.as_of)
    yield Step(TIME, present)
    present = replace(present, scenario=_with_facts(old.scenario, new.scenario))
    yield Step(FACTS, present)
    for kind, tables in TABLES.items():
        taken = {name: _known(getattr(new, name), present.scenario) for name in tables}
        collected = _collected(present.collected, new.collected, COLLECTED[kind])
        present = replace(present, collected=collected, **taken)
        yield Step(kind, present)
    yield Step(PRIORS, new)


def _collected(old: pd.DataFrame, new: pd.DataFrame, what: tuple[str, ...]) -> pd.DataFrame:
    """Up to when each table is collected: as in `new` for these, in its order; else as in `old`."""
    before = old.set_index("what")["collected_to"]
    later = ~new["what"].isin(what) & new["what"].isin(before.index)
    days = new["collected_to"].where(~later, new["what"].map(before))
    return new.assign(collected_to=days)


def _with_facts(old: Scenario, new: Scenario) -> Scenario:
    """The old scenario with the clocks and the turns of switches that the new one has."""
    switches, outcomes = ({x.id: x for x in xs} for xs in (new.switches, new.outcomes))
    return old.model_copy(
        update={
            "switches": tuple(
                s.model_copy(update={"turns": switches[s.id].turns}) if s.id in switches else s
                for s in old.switches
            ),
            "outcomes": tuple(
                _clocked(o, outcomes[o.id], old) if o.id in outcomes else o for o in old.outcomes
            ),
        }
    )


def _clocked(old: Outcome, new: Outcome, scenario: Scenario) -> Outcome:
    """The outcome with the new one's clocks, as far as the scenario has their classes.

    A clock that both have keeps the old one's levels: those are priors.
    """
    known = set(scenario.class_ids)
    levels = {clock_name(clock): clock.typical for clock in old.clocks}
    clocks = tuple(
        clock.model_copy(update={"typical": levels.get(clock_name(clock), _of(clock, scenario))})
        for clock in new.clocks
        if known.issuperset(clock.classes) and clock.switch in {None, *scenario.switch_ids}
    )
    return old.model_copy(update={"clocks": clocks or old.clocks})


def _of(clock: Clock, scenario: Scenario) -> dict:
    """A clock's levels of the drivers that the scenario has."""
    return {name: level for name, level in clock.typical.items() if name in scenario.driver_ids}


def _known(table: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """The rows that speak of what the scenario has; a later one may have more."""
    names = {
        "class": scenario.class_ids,
        "driver": scenario.driver_ids,
        "outcome": scenario.outcome_ids,
    }
    for column, known in names.items():
        if column in table:
            table = table[table[column].isin(known)]
    return table.reset_index(drop=True)
