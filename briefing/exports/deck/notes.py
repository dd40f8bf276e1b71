"""Speaker notes: where a slide's numbers come from, and what it shows in words."""

from collections.abc import Sequence

from pptx.enum.shapes import PP_PLACEHOLDER

from briefing.exports.deck.page import Page
from briefing.material.material import Material
from briefing.material.story import Story
from briefing.words import numbers

NEEDED = (PP_PLACEHOLDER.SLIDE_IMAGE, PP_PLACEHOLDER.BODY)


def write(page: Page, told: Story, material: Material, said: Sequence[str] = ()) -> None:
    """The slide's alt texts, how to read it (`said`), its run and days, the sources it may name."""
    notes = page.slide.notes_slide
    for one in list(notes.placeholders):
        if one.placeholder_format.type not in NEEDED:
            one._element.getparent().remove(one._element)
    lines = [*page.shown, *(line for line in said if line), _origin(material), *_sources(told)]
    notes.notes_text_frame.text = "\n".join(lines)
    for one in notes.placeholders:
        kind = "notes" if one.placeholder_format.type == PP_PLACEHOLDER.BODY else "picture"
        one.name = page.name(kind)


def _origin(material: Material) -> str:
    return (
        f"Run {material.run.id}, as of {numbers.long_date(material.as_of)}, data up to "
        f"{numbers.long_date(material.data_date)}, deadline {numbers.long_date(material.deadline)}."
    )


def _sources(told: Story) -> list[str]:
    """Each source that is cited, with the addresses it was read at; nothing where kept back."""
    read: dict[str, list[str]] = {}
    for one in told.evidence:
        if one.source and one.url not in read.setdefault(one.source, []):
            read[one.source].append(one.url)
    return [f"Source: {source}, {', '.join(urls)}" for source, urls in read.items()]
