"""Real footnotes in a Word file, which python-docx cannot make: ECMA-376 part 1, section 17.11."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

LINE = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
EMPTY = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p>{LINE}<w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p>{LINE}<w:r><w:continuationSeparator/></w:r>
</w:p></w:footnote></w:footnotes>"""
TEXT, REFERENCE, LINK = "footnote text", "footnote reference", "Hyperlink"
# The schema wants the separators before these, and Word repairs a file where they are not.
BEFORE_THESE = ("w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr")


class Footnotes:
    """The footnotes of one document; `add` sets the reference where the paragraph ends."""

    def __init__(self, document: Document, size: float = 7.5):
        """Add the part, its relationship and its styles; `size` of the notes in points."""
        package = document.part.package
        name, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
        self._part = XmlPart(name, kind, parse_xml(EMPTY), package)
        self._styles = _styles(document, size)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        _name_separators(document)

    def add(self, paragraph: Paragraph, text: str, url: str = "") -> int:
        """Add a note with a text and a linked address, cited at the end of a paragraph.

        Returns its number, from 1 on.
        """
        number = len(self._part.element) - 1  # two separators stand there from the start
        reference = OxmlElement("w:footnoteReference", {qn("w:id"): str(number)})
        paragraph._p.append(_run(reference, self._styles[REFERENCE]))
        self._part.element.append(self._note(number, text, url))
        return number

    def _note(self, number: int, text: str, url: str):
        line = OxmlElement("w:p")
        style = OxmlElement("w:pStyle", {qn("w:val"): self._styles[TEXT]})
        line.get_or_add_pPr().append(style)
        line.append(_run(OxmlElement("w:footnoteRef"), self._styles[REFERENCE]))
        line.append(_run(_text(f" {text}{' ' if url else ''}")))
        if url:
            line.append(self._link(url))
        note = OxmlElement("w:footnote", {qn("w:id"): str(number)})
        note.append(line)
        return note

    def _link(self, url: str):
        target = self._part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink", {qn("r:id"): target})
        link.append(_run(_text(url), self._styles[LINK]))
        return link


def _styles(document: Document, size: float) -> dict[str, str]:
    """Ids of the three styles by name, made where the template has none."""
    kinds = {TEXT: WD_STYLE_TYPE.PARAGRAPH, REFERENCE: WD_STYLE_TYPE.CHARACTER}
    kinds[LINK] = WD_STYLE_TYPE.CHARACTER
    for name, kind in kinds.items():
        if name not in document.styles:
            document.styles.add_style(name, kind, builtin=True)
    text, reference, link = (document.styles[name] for name in kinds)
    text.base_style = document.styles["Normal"]
    text.font.size, text.paragraph_format.space_after = Pt(size), Pt(0)
    text.paragraph_format.line_spacing = 1.0
    reference.font.superscript = True
    link.font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
    return {name: document.styles[name].style_id for name in kinds}


def _name_separators(document: Document) -> None:
    """Word wants the two separators named in the settings, at their place in the schema."""
    settings = document.settings.element
    named = OxmlElement("w:footnotePr")
    for id in ("-1", "0"):
        named.append(OxmlElement("w:footnote", {qn("w:id"): id}))
    after = next((node for tag in BEFORE_THESE for node in settings.findall(qn(tag))), None)
    settings.append(named) if after is None else after.addprevious(named)


def _run(content, style: str = ""):
    run = OxmlElement("w:r")
    if style:
        run.get_or_add_rPr().append(OxmlElement("w:rStyle", {qn("w:val"): style}))
    run.append(content)
    return run


def _text(text: str):
    element = OxmlElement("w:t", {qn("xml:space"): "preserve"})
    element.text = text
    return element
