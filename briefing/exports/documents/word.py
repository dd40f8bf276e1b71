"""The brief as a Word file: A4, real headings, tables and footnotes, charts with alt texts."""

from collections.abc import Mapping
from functools import singledispatchmethod
from io import BytesIO

import docx

from briefing.exports.documents import outline
from briefing.exports.documents.footnotes import Footnotes
from briefing.exports.documents.word_look import WIDTH, look, page
from briefing.exports.documents.word_table import add_table
from briefing.exports.pictures import in_text
from briefing.exports.shared import office
from briefing.material.material import Material
from briefing.material.provenance import Tier

STYLES = {"lead": "Lead", "plain": "Normal", "small": "Small"}


def document(
    material: Material,
    tier: Tier = Tier.full,
    banner: str = "",
    before: Mapping[str, str] | None = None,
    pictures: in_text.Pictures | None = None,
) -> bytes:
    """The file's bytes; the same material, options and pictures give the same ones.

    banner: its classification. before: the likelihood phrase per outcome id of the brief before.
    pictures: an exhibit as a PNG for the column of an A4 page, by default `in_text.pictures`.
    Raises what the forecast and the pictures raise.
    """
    brief = outline.outline(material, tier, banner, before)
    return laid_out(brief, pictures or in_text.pictures(material, tier))


def laid_out(brief: outline.Outline, pictures: in_text.Pictures) -> bytes:
    """An outline as a Word file, its provenance in the comments of the core properties.

    pictures: an exhibit as a PNG.
    """
    return _Writer(pictures).written(brief)


class _Writer:
    """Lays an outline out on the pages of one file."""

    def __init__(self, pictures: in_text.Pictures):
        self.file = docx.Document()
        look(self.file)
        self.notes = Footnotes(self.file)
        self.pictures = pictures

    def written(self, brief: outline.Outline) -> bytes:
        page(self.file, brief.banner, f"Run {brief.provenance.run}")
        self.file.add_paragraph(brief.title, "Title")
        for line in brief.about:
            self.file.add_paragraph(line, "Subtitle")
        for block in brief.blocks:
            self.file.add_heading(block.heading, 1)
            for part in block.parts:
                self.add(part)
        office.describe(self.file.core_properties, brief.title, brief.provenance)
        office.without_preview(self.file.part.package)
        content = BytesIO()
        self.file.save(content)
        return office.timestamped(content.getvalue(), brief.provenance.as_of)

    @singledispatchmethod
    def add(self, part: outline.Part) -> None:
        raise TypeError(f"a brief has no part {type(part).__name__}")

    @add.register
    def _(self, part: outline.Paragraph) -> None:
        paragraph = self.file.add_paragraph(style=STYLES[part.style])
        if part.head:
            paragraph.add_run(f"{part.head} ").bold = True
        paragraph.add_run(part.text)

    @add.register
    def _(self, part: outline.Points) -> None:
        for cited in part.items:
            paragraph = self.file.add_paragraph(cited.sentence, "List Bullet")
            if cited.source:
                self.notes.add(paragraph, f"{cited.source}.", cited.url)

    @add.register
    def _(self, part: outline.Numbers) -> None:
        add_table(self.file, part.frame, part.title)

    @add.register
    def _(self, part: outline.Chart) -> None:
        exhibit, paragraph = part.exhibit, self.file.add_paragraph(style="Chart")
        drawn = paragraph.add_run().add_picture(BytesIO(self.pictures(exhibit)), width=WIDTH)
        properties = drawn._inline.docPr  # python-docx has no alt text of its own
        properties.set("name", exhibit.name)
        properties.set("title", exhibit.title)
        properties.set("descr", exhibit.alt)
        self.file.add_paragraph(exhibit.caption, "Caption")
