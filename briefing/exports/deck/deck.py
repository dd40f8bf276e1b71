"""A briefing as a PowerPoint deck: native charts and tables, on our own slides or a template's."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from briefing.exports.deck import background, slides
from briefing.exports.deck.slides import Making
from briefing.exports.deck.template import opened
from briefing.exports.shared import office
from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.material.story import story

# The answer first, then what stands behind it, and how far to trust it last.
SLIDES = (
    slides.bottom_line,
    slides.outcomes,
    slides.curves,
    slides.scenarios,
    background.build_up,
    background.pairs,
    background.moved,
    background.why_moved,
    background.change_our_mind,
    background.assumptions,
    background.evidence,
    background.what_counts,
    background.track_record,
    background.method,
)


def deck(
    material: Material,
    tier: Tier = Tier.full,
    template: Path | None = None,
    banner: str = "",
    before: Mapping[str, str] | None = None,
) -> bytes:
    """The deck as a .pptx; the same material and options give the same bytes.

    template: a .pptx or .potx whose slide size, title-only layout, fonts and colours are used; its
    sample slides are left out. banner: a classification on the top and bottom of every slide.
    before: the likelihood phrase per outcome id of the brief before. Raises ValueError, one plain
    line, for a template that cannot be used, and what the forecast raises.
    """
    presentation = opened(template)
    named = {"template": Path(template).name} if template else {}
    layout = named | ({"banner": banner} if banner else {})
    making = Making(presentation, story(material, "deck", tier, before, layout), material, banner)
    for slide in SLIDES:
        slide(making)
    return _saved(making)


def _saved(making: Making) -> bytes:
    presentation, provenance = making.deck, making.story.provenance
    office.describe(presentation.core_properties, making.story.title, provenance)
    office.without_preview(presentation.part.package)
    content = BytesIO()
    presentation.save(content)
    return office.timestamped(content.getvalue(), provenance.as_of)
