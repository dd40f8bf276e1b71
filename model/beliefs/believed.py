"""Evidence and scenario as the beliefs of a set have them."""

from dataclasses import replace

from model.assumptions import Assumptions, Belief
from model.evidence import Evidence, with_events, without
from model.scenario import Effect, Influence, Link, Scenario
from model.scenario.scenario import ReferenceClass

# kind of belief -> where the scenario lists what it is about
LISTED_IN = {
    "effect": "effects",
    "link": "links",
    "influence": "influences",
    "base_rate": "classes",
}


def believed(evidence: Evidence, assumptions: Assumptions) -> Evidence:
    """Evidence and scenario as the beliefs have them: other intervals, rows gone, events added.

    Beliefs that are a factor on a hazard are for the solver, and change nothing here. Raises
    ValueError, one line, for what is not there or has no interval of its own.
    """
    scenario = _scenario(evidence.scenario, assumptions)
    changed = replace(evidence, scenario=scenario)
    if assumptions.left_out:
        changed = without(changed, assumptions.left_out)
    return with_events(changed, assumptions.events) if assumptions.events else changed


def _scenario(scenario: Scenario, assumptions: Assumptions) -> Scenario:
    update: dict[str, tuple] = {}
    for belief in assumptions.beliefs:
        if belief.factor is not None:
            continue
        field = LISTED_IN[belief.kind]
        # what an earlier belief of the set has changed already, or it would be undone
        before = update.get(field, getattr(scenario, field))
        update[field] = tuple(_with_interval(subject, belief) for subject in before)
    return scenario.model_copy(update=update)


def _with_interval[T: (Effect, Link, Influence, ReferenceClass)](subject: T, belief: Belief) -> T:
    if (subject.id if isinstance(subject, ReferenceClass) else subject.name) != belief.about:
        return subject
    if getattr(subject, belief.size) is None:
        raise ValueError(
            f"the link {belief.about} takes its size from the class {subject.hazard_of!r}; "
            "change that base rate instead"
        )
    return subject.model_copy(update={belief.size: belief.interval})
