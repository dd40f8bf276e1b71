"""A briefing as a PowerPoint deck: native charts and tables, on our own slides or a template's."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from briefing.exports import deck_background, deck_slides, deck_template, office
from briefing.exports.deck_slides import Making
from briefing.material import Material
from briefing.provenance import Tier
from briefing.story import story

SLIDES = (
    deck_slides.bottom_line,
    deck_slides.outcomes,
    deck_slides.curves,
    deck_slides.scenarios,
    deck_background.pairs,
    deck_background.moved,
    deck_background.change_our_mind,
    deck_background.assumptions,
    deck_background.evidence,
    deck_background.method,
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
