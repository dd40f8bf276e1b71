"""A briefing as one paragraph to paste: plain text, with numbers, phrases and where it is from."""

from collections.abc import Mapping

from briefing.material.material import Material
from briefing.material.provenance import TOOL, Tier
from briefing.material.story import Story, story
from briefing.words import numbers


def paragraph(
    material: Material, tier: Tier = Tier.full, before: Mapping[str, str] | None = None
) -> str:
    """What `of_story` says of this material; `before` are the phrases of the brief before."""
    return of_story(story(material, "paragraph", tier, before), material)


def of_story(told: Story, material: Material) -> str:
    """Likelihoods with both sides, then the intervals, then what is assumed and where it is from.

    One paragraph without markup. Likelihood and interval never share a sentence.
    """
    sentences = [
        *told.bottom_line,
        told.intervals,
        _assumed(told, material),
        f"{TOOL}, as of {numbers.long_date(material.as_of)}: {told.basis}",
    ]
    return " ".join(one for one in sentences if one)


def _assumed(told: Story, material: Material) -> str:
    if material.assumptions.is_empty:
        return ""
    if told.provenance.tier is Tier.numbers:
        return f"This supposes assumptions that are kept back ({told.provenance.assumptions_hash})."
    return f"This supposes: {'; '.join(told.assumed)}."
