"""What is wrong with a set: unknown names, days out of range, contradictions."""

from collections.abc import Collection, Iterator
from datetime import date

from model.assumptions.assumptions import FIRST_DAY, Assumptions, OutcomeAssumption
from model.assumptions.standing import unsettled
from model.scenario import Scenario, did_you_mean


def faults(assumptions: Assumptions, scenario: Scenario, as_of: date, last: date) -> list[str]:
    """What is wrong with a set for this scenario and as-of date, one line per fault; [] if nothing.

    last: the last day that a forecast reaches, see `model.scenario.last_day`.
    """
    return [
        *_unknown(assumptions, scenario),
        *unsettled(assumptions),
        *_misdated(assumptions, as_of, last),
        *_contradictions(assumptions),
    ]


def unknown_claims(assumptions: Assumptions, known: Collection[str]) -> list[str]:
    """The claims that a set says it speaks to and that are none of these ids, a line each."""
    return [
        f"unknown claim {claim!r}; {did_you_mean(claim, [*known])}"
        for claim in assumptions.claims
        if claim not in known
    ]


def _unknown(assumptions: Assumptions, scenario: Scenario) -> Iterator[str]:
    effects = [arrow.name for arrow in scenario.effects]
    links = [arrow.name for arrow in scenario.links]
    influences = [arrow.name for arrow in scenario.influences]
    beliefs, classes = assumptions.beliefs, scenario.class_ids
    named = [
        *(("driver", a.id, scenario.driver_ids) for a in assumptions.drivers),
        *(("outcome", a.id, scenario.outcome_ids) for a in assumptions.outcomes),
        *(("switch", a.id, scenario.switch_ids) for a in assumptions.switches),
        *(("effect", b.effect, effects) for b in beliefs if b.effect),
        *(("link", b.link, links) for b in beliefs if b.link),
        *(("influence", b.influence, influences) for b in beliefs if b.influence),
        *(("base rate", b.base_rate, classes) for b in beliefs if b.base_rate),
        *(("outcome", b.outcome, scenario.outcome_ids) for b in beliefs if b.outcome),
        *(("driver", o.driver, scenario.driver_ids) for o in assumptions.left_out if o.driver),
        *(("driver", e.driver, scenario.driver_ids) for e in assumptions.events),
    ]
    for kind, id, known in named:
        if id not in known:
            yield f"unknown {kind} {id!r}; {did_you_mean(id, known)}"


def _misdated(assumptions: Assumptions, as_of: date, last: date) -> Iterator[str]:
    for kind, settings in (("driver", assumptions.drivers), ("switch", assumptions.switches)):
        for setting in settings:
            for day in setting.days(as_of):
                if not as_of <= day <= last:
                    yield f"{kind} {setting.id!r}: {day} is not between {as_of} and {last}"
            if setting.until == as_of:
                yield f"{kind} {setting.id!r} ends on {as_of}, the as-of day; let it end later"
            elif setting.until and as_of < setting.until <= (first := setting.days(as_of)[-2]):
                yield f"{kind} {setting.id!r} ends on {setting.until}, not after {first}"
    for outcome in assumptions.outcomes:
        # A driver may be set for the as-of day; of that day's outcomes nothing is left to suppose.
        if not as_of < outcome.day <= last:
            yield f"outcome {outcome.id!r}: {outcome.day} is not after {as_of} and up to {last}"
    for event in assumptions.events:
        if not FIRST_DAY <= event.date <= as_of:
            yield (
                f"added event on driver {event.driver!r}: {event.date} is not between {FIRST_DAY} "
                f"and {as_of}; of what is still to come, set the driver or the outcome"
            )


def _contradictions(assumptions: Assumptions) -> Iterator[str]:
    for id in _doubled([driver.id for driver in assumptions.drivers]):
        yield f"driver {id!r} is set twice; keep one, or give a path of dated levels"
    for id in _doubled([switch.id for switch in assumptions.switches]):
        yield f"switch {id!r} is turned twice; keep one, which may end on a day"
    added = [(event.driver, event.what, event.date) for event in assumptions.events]
    for driver, what, day in _doubled(added):
        yield f"added event on driver {driver!r} stands twice, {what!r} of {day}; keep one"
    for about in _doubled([belief.about for belief in assumptions.beliefs]):
        yield f"two beliefs about {about!r}; keep one"
    for id in sorted({outcome.id for outcome in assumptions.outcomes}):
        yield from _contradicted(id, [a for a in assumptions.outcomes if a.id == id])


def _doubled[T: (str, tuple[str, str, date])](entries: list[T]) -> list[T]:
    """Those that stand more than once, each once, in order."""
    return sorted({entry for entry in entries if entries.count(entry) > 1})


def _contradicted(id: str, assumed: list[OutcomeAssumption]) -> Iterator[str]:
    sure = [a for a in assumed if a.happens]
    barred = [a for a in assumed if not a.happens]
    if len(sure) > 1 or len(barred) > 1:
        yield f"outcome {id!r} is supposed twice; keep one"
    # "Not by March, but by June" is no contradiction: it dates what happens between the two.
    for yes in sure:
        for no in barred:
            if yes.day <= no.day:
                yield f"outcome {id!r} happens by {yes.day} and does not happen by {no.day}"
