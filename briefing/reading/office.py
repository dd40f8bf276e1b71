"""Readers of PowerPoint and Word files, also those that another program has saved again."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

import docx
import pptx
from docx.oxml.ns import qn as word_name
from docx.table import Table
from docx.text.paragraph import Paragraph
from pptx.enum.shapes import MSO_SHAPE_TYPE

from briefing.exports.shared import office, strict_xml
from briefing.reading import office_elements
from briefing.reading.content import Content, Item, Picture, Unreadable, cells, texts
from briefing.reading.native_charts import chart_items, workbook_items

OURS = (
    "",
    "Microsoft Office PowerPoint",
    "Microsoft Macintosh PowerPoint",
    "Microsoft Office Word",
    "Microsoft Macintosh Word",
)
PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
CORE, DESCRIPTION = "docProps/core.xml", "{http://purl.org/dc/elements/1.1/}description"
PICTURE_FORMS = {".png": "png", ".svg": "svg"}


def unpacked(content: bytes) -> ZipFile:
    """The zip of an office file; raises Unreadable for none, or one that unpacks to too much."""
    try:
        return office.unpacked(content)
    except ValueError as problem:
        raise Unreadable(str(problem)) from None


def deck(content: bytes) -> Content:
    """A PowerPoint file: texts, tables, charts with their workbooks, alternative texts, notes.

    Raises Unreadable for none, and what python-pptx raises for a damaged one.
    """
    parts = unpacked(content)
    slides = pptx.Presentation(BytesIO(content))
    items, pictures, stands = [], [], []
    for number, slide in enumerate(slides.slides, start=1):
        stands += office_elements.of_slide(number, slide)
        for shape in _flat(slide.shapes):
            where = f"slide {number}, {shape.name.removeprefix('araxes:')}"
            items += _shape(shape, where)
            if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
                pictures += _picture(
                    shape.image.filename or shape.image.ext, shape.image.blob, where
                )
        if slide.has_notes_slide:
            lines = slide.notes_slide.notes_text_frame.text.splitlines()
            items += texts(f"slide {number}, notes", lines)
    return _content(parts, items, pictures, stands)


def _content(parts: ZipFile, items: list[Item], pictures: list[Picture], stands: list[str]):
    of_file = office_elements.of_office(parts, [item.text for item in items])
    return Content(
        _provenance(parts), items, pictures, saved_by=_program(parts), elements=(*stands, *of_file)
    )


def _flat(shapes) -> Iterator:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _flat(shape.shapes)
        else:
            yield shape


def _shape(shape, where: str) -> Iterator[Item]:
    alt_texts = shape._element.xpath(".//p:cNvPr/@descr")
    if shape.has_text_frame:
        paragraphs = shape.text_frame.paragraphs
        # A field, such as the slide's number, holds whatever the last program counted.
        yield from texts(where, [line.text for line in paragraphs if not line._p.xpath("./a:fld")])
    elif getattr(shape, "has_table", False) and shape.has_table:
        yield from texts(f"{where}, alternative text", alt_texts, "alternative text")
        yield from cells(where, [[cell.text for cell in row.cells] for row in shape.table.rows])
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        part = shape.chart.part
        yield from texts(f"{where}, alternative text", alt_texts, "alternative text")
        yield from chart_items(part._element, where)
        workbook = part.chart_workbook.xlsx_part
        if workbook is not None:
            yield from workbook_items(unpacked(workbook.blob), where)
    else:
        yield from texts(f"{where}, alternative text", alt_texts, "alternative text")


def document(content: bytes) -> Content:
    """A Word file: paragraphs and tables in order, alternative texts, footnotes, head and foot.

    Raises Unreadable for none, and what python-docx raises for a damaged one.
    """
    parts = unpacked(content)
    file = docx.Document(BytesIO(content))
    items, pictures = [], []
    for place, block in enumerate(file.iter_inner_content(), start=1):
        where = f"part {place}"
        if isinstance(block, Table):
            items += cells(where, [[cell.text for cell in row.cells] for row in block.rows])
            continue
        items += texts(where, [block.text])
        items += texts(f"{where}, alternative text", _described(block))
        pictures += _drawn(block, where)
    items += _footnotes(parts)
    for section in file.sections[:1]:  # our briefs have one section
        for where, side in (("head", section.header), ("foot", section.footer)):
            items += texts(where, [line.text for line in side.paragraphs if not _is_number(line)])
    return _content(parts, items, pictures, [])


def _described(paragraph: Paragraph) -> list[str]:
    return [str(alt) for alt in paragraph._p.xpath(".//wp:docPr/@descr")]


def _drawn(paragraph: Paragraph, where: str) -> list[Picture]:
    related = paragraph.part.related_parts
    ids = paragraph._p.xpath(".//a:blip/@r:embed")
    parts = [related[id] for id in ids if id in related]
    return [picture for part in parts for picture in _picture(str(part.partname), part.blob, where)]


def _is_number(paragraph: Paragraph) -> bool:
    """A page's number is a field, whose text is that of whoever laid the pages out."""
    return bool(paragraph._p.xpath(".//w:fldChar | .//w:fldSimple"))


def _footnotes(parts: ZipFile) -> Iterator[Item]:
    if "word/footnotes.xml" not in parts.namelist():
        return
    root = strict_xml.parsed(parts.read("word/footnotes.xml"))
    notes = [
        "".join(text.text or "" for text in note.iter(word_name("w:t")))
        for note in root.iter(word_name("w:footnote"))
    ]
    yield from texts("footnotes", [note for note in notes if note.strip()])


def _picture(name: str, content: bytes, where: str) -> list[Picture]:
    form = PICTURE_FORMS.get(PurePosixPath(f"a/{name}").suffix or f".{name}", "")
    return [Picture(where, form, content)]


def _provenance(parts: ZipFile) -> str:
    """The comments of the core properties, by the part's name.

    LibreOffice's "Office Open XML" relates them by another name than the libraries look for.
    """
    if CORE not in parts.namelist():
        return ""
    return strict_xml.parsed(parts.read(CORE)).findtext(DESCRIPTION) or ""


def _program(parts: ZipFile) -> str:
    """The program that saved the file last, where it is named and not the libraries' template."""
    if "docProps/app.xml" not in parts.namelist():
        return ""
    root = strict_xml.parsed(parts.read("docProps/app.xml"))
    named = (root.findtext(f"{PROPERTIES}Application") or "").strip()
    return "" if named in OURS else named.split("$")[0]  # LibreOffice/7.4.7.2$Linux_X86_64 …
