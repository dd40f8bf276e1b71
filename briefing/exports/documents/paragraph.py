"""A briefing as one paragraph to paste: plain text, with numbers, phrases and where it is from."""

from collections.abc import Mapping

from briefing.material.material import Material
from briefing.material.provenance import TOOL, Tier
from briefing.material.story import Story, story
from briefing.words import numbers


def paragraph(
    material: Material, tier: Tier = Tier.full, before: Mapping[str, str] | None = None
) -> str:
    """A paragraph of text, as `of_story` writes it of this material.

    before: the likelihood phrase per outcome id of the brief before. Raises what the forecast
    raises.
    """
    return of_story(story(material, "paragraph", tier, before), material)


def of_story(story: Story, material: Material) -> str:
    """Likelihoods with both sides, then the intervals, then what is assumed and where it is from.

    One paragraph without markup. Likelihood and interval never share a sentence.
    """
    # The intervals stand apart from the likelihoods: how likely is not how sure.
    sentences = [
        *story.bottom_line,
        story.intervals,
        *story.begun,
        _assumed(story, material),
        f"{TOOL}, as of {numbers.long_date(material.as_of)}: {story.basis}",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _assumed(story: Story, material: Material) -> str:
    if material.assumptions.is_empty:
        return ""
    if story.provenance.tier is Tier.numbers:
        return (
            f"This supposes assumptions that are kept back ({story.provenance.assumptions_hash})."
        )
    return f"This supposes: {'; '.join(story.assumed)}."
