"""Evidence and scenario as the beliefs of a set have them."""

from dataclasses import replace

from model.assumptions import Assumptions
from model.evidence import Evidence, with_events, without
from model.scenario import Scenario


def believed(evidence: Evidence, assumptions: Assumptions) -> Evidence:
    """Evidence and scenario as the beliefs have them; ValueError for what is not there."""
    scenario = _scenario(evidence.scenario, assumptions)
    changed = replace(evidence, scenario=scenario)
    if assumptions.left_out:
        changed = without(changed, assumptions.left_out)
    return with_events(changed, assumptions.events) if assumptions.events else changed


def _scenario(scenario: Scenario, assumptions: Assumptions) -> Scenario:
    update = {}
    for belief in assumptions.beliefs:
        if belief.factor is not None:
            continue
        field = "effects" if belief.effect else "links" if belief.link else "classes"
        parts = update.get(field, getattr(scenario, field))
        update[field] = tuple(_changed(part, belief) for part in parts)
    return scenario.model_copy(update=update)


def _changed(part, belief):
    if belief.base_rate:
        same = part.id == belief.base_rate
        return part.model_copy(update={"rate": belief.rate}) if same else part
    if f"{part.from_} -> {part.to}" != belief.about:
        return part
    if part.hazard_ratio is None:
        raise ValueError(
            f"the link {belief.about} takes its size from the class {part.hazard_of!r}; "
            "change that base rate instead"
        )
    return part.model_copy(update={"hazard_ratio": belief.hazard_ratio})
