"""A briefing as a PowerPoint deck: native charts and tables, on our own slides or a template's."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from briefing.exports.deck import background
from briefing.exports.deck import slides as deck_slides
from briefing.exports.deck import template as deck_template
from briefing.exports.deck.slides import Making
from briefing.exports.shared import office
from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.material.story import story

SLIDES = (
    deck_slides.bottom_line,
    deck_slides.outcomes,
    deck_slides.curves,
    deck_slides.scenarios,
    background.pairs,
    background.moved,
    background.change_our_mind,
    background.assumptions,
    background.evidence,
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
    before: the likelihood words of the brief before. Raises ValueError, one plain line, for a
    template that cannot be used, and what the forecast raises.
    """
    slides = deck_template.opened(template)
    named = {"template": Path(template).name} if template else {}
    layout = named | ({"banner": banner} if banner else {})
    told = story(material, "deck", tier, before, layout)
    making = Making(slides, told, material, banner)
    for slide in SLIDES:
        slide(making)
    return _saved(slides, told)


def _saved(slides, told) -> bytes:
    office.describe(slides.core_properties, told.title, told.provenance)
    office.without_preview(slides.part.package)
    content = BytesIO()
    slides.save(content)
    return office.settled(content.getvalue(), told.provenance.as_of)
