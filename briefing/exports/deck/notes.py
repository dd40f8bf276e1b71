"""Speaker notes: where a slide's numbers come from, and what it shows in words."""

from collections.abc import Sequence

from pptx.enum.shapes import PP_PLACEHOLDER

from briefing.exports.deck.page import Page
from briefing.material.material import Material
from briefing.material.story import Story
from briefing.words import numbers

NEEDED = (PP_PLACEHOLDER.SLIDE_IMAGE, PP_PLACEHOLDER.BODY)


def write(page: Page, story: Story, material: Material, reading: Sequence[str] = ()) -> None:
    """Write a slide's notes: alt texts, how to read it (`reading`), run and days, sources.

    Sources stand there only where the tier lets them leave the house.
    """
    notes = page.slide.notes_slide
    # A notes page copies its master's head, foot and date, which say nothing here.
    for placeholder in list(notes.placeholders):
        if placeholder.placeholder_format.type not in NEEDED:
            placeholder._element.getparent().remove(placeholder._element)
    lines = [*page.shown, *(line for line in reading if line), _origin(material), *_sources(story)]
    notes.notes_text_frame.text = "\n".join(lines)
    for placeholder in notes.placeholders:
        kind = "notes" if placeholder.placeholder_format.type == PP_PLACEHOLDER.BODY else "picture"
        placeholder.name = page.name(kind)


def _origin(material: Material) -> str:
    return (
        f"Run {material.run.id}, as of {numbers.long_date(material.as_of)}, data up to "
        f"{numbers.long_date(material.data_date)}, deadline {numbers.long_date(material.deadline)}."
    )


def _sources(story: Story) -> list[str]:
    """Each source that is cited, with the addresses it was read at; nothing where kept back."""
    read: dict[str, list[str]] = {}
    for cited in story.evidence:
        if cited.source and cited.url not in read.setdefault(cited.source, []):
            read[cited.source].append(cited.url)
    return [f"Source: {source}, {', '.join(urls)}" for source, urls in read.items()]
