"""Evidence and scenario as the beliefs of a set have them."""

from dataclasses import replace

from model.assumptions import Assumptions, Belief
from model.evidence import Evidence, with_events, without
from model.scenario import Effect, Link, Scenario
from model.scenario.scenario import ReferenceClass


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
        field = {"effect": "effects", "link": "links", "base_rate": "classes"}[belief.kind]
        change = _with_rate if belief.base_rate else _with_ratio
        # what an earlier belief of the set has changed already, or it would be undone
        before = update.get(field, getattr(scenario, field))
        update[field] = tuple(change(subject, belief) for subject in before)
    return scenario.model_copy(update=update)


def _with_rate(reference: ReferenceClass, belief: Belief) -> ReferenceClass:
    if reference.id != belief.base_rate:
        return reference
    return reference.model_copy(update={"rate": belief.rate})


def _with_ratio(arrow: Effect | Link, belief: Belief) -> Effect | Link:
    if arrow.name != belief.about:
        return arrow
    if arrow.hazard_ratio is None:
        raise ValueError(
            f"the link {belief.about} takes its size from the class {arrow.hazard_of!r}; "
            "change that base rate instead"
        )
    return arrow.model_copy(update={"hazard_ratio": belief.hazard_ratio})
