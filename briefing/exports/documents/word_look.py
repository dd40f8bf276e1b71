"""How the Word brief looks: an A4 page, its styles, the banner and the page numbers."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from briefing.exports.shared.office import LANGUAGE

HEIGHT_OF_PAGE, WIDTH_OF_PAGE = Cm(29.7), Cm(21.0)
SIDE, TOP, EDGE = Cm(1.9), Cm(1.7), Cm(0.8)
WIDTH = WIDTH_OF_PAGE - 2 * SIDE
FONT = "Arial"  # or Liberation Sans, which measures the same
INK, QUIET = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x55, 0x60, 0x6E)
# (style, size, bold, colour, space before, space after), in points.
STYLES = (
    ("Normal", 9, False, INK, 0, 2),
    ("Title", 17, True, INK, 0, 2),
    ("Subtitle", 9, False, QUIET, 0, 1),
    ("Heading 1", 11, True, INK, 6, 2),
    ("Lead", 9.5, True, INK, 0, 2),
    ("Small", 8, False, INK, 0, 1),
    ("List Bullet", 9, False, INK, 0, 1),
    ("Chart", 9, False, INK, 0, 0),
    ("Caption", 8, False, QUIET, 0, 0),
    ("Table Text", 8, False, INK, 1, 1),
    ("Banner", 9, True, INK, 0, 0),
    ("Footer", 8, False, QUIET, 0, 0),
)


def look(document: Document) -> None:
    """Give the document its styles and its language."""
    for name, size, bold, colour, before, after in STYLES:
        style = _style(document, name)
        _in_font(style, size, bold, colour)
        spaced = style.paragraph_format
        spaced.space_before, spaced.space_after = Pt(before), Pt(after)
        spaced.line_spacing = 1.0
    document.styles["Chart"].paragraph_format.keep_with_next = True
    _without(document, "w:pPr", "w:pBdr")
    _without(document, "w:rPr", "w:spacing")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def page(document: Document, banner: str, foot: str) -> None:
    """Set the A4 page, the banner above and below, and the foot with page numbers.

    banner: "" for none. foot: the text before the page number.
    """
    section = document.sections[0]
    section.page_height, section.page_width = HEIGHT_OF_PAGE, WIDTH_OF_PAGE
    section.left_margin = section.right_margin = SIDE
    section.top_margin = section.bottom_margin = TOP
    section.header_distance = section.footer_distance = EDGE
    if banner:
        _banner(section.header.paragraphs[0], banner)
    numbered = section.footer.paragraphs[0]
    numbered.alignment = WD_ALIGN_PARAGRAPH.CENTER
    numbered.add_run(f"{foot} · page ")
    _field(numbered, "PAGE")
    numbered.add_run(" of ")
    _field(numbered, "NUMPAGES")
    if banner:
        _banner(section.footer.add_paragraph(), banner)


def _style(document: Document, name: str):
    if name in document.styles:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return style


def _without(document: Document, among: str, name: str) -> None:
    """Take the template's ruled lines and stretched letters out of its styles."""
    for element in list(document.styles.element.iter(qn(among))):
        for unwanted in element.findall(qn(name)):
            element.remove(unwanted)


def _in_font(style, size: float, bold: bool, colour: RGBColor) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = colour
    fonts = style.element.rPr.rFonts
    # A theme's font would win over the one set by name.
    for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[theme]
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _banner(paragraph: Paragraph, banner: str) -> None:
    paragraph.style = "Banner"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(banner)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word fills when it lays out the page."""
    field = OxmlElement("w:fldSimple", {qn("w:instr"): instruction})
    paragraph._p.append(field)
    run = paragraph.add_run("1")  # until the pages are counted
    field.append(run._r)
