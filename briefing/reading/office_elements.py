"""What of a Word file or a deck may run, cover, move or add something: one line each."""

import re
from collections.abc import Collection, Iterator
from zipfile import ZipFile

from docx.oxml.ns import qn as word_name
from lxml import etree

from briefing.exports.shared import strict_xml
from briefing.reading.elements import short

WHITE, SMALL = "FFFFFF", 8  # half points
FIELDS = ("{*}fldChar", "{*}fldSimple", "{*}fld")
EMU_APART = 45_720  # a twentieth of an inch: programs round where a shape stands
# By local name, in the main parts of Word files and slides.
MARKED = (
    *("sdt", "ins", "del", "moveFrom", "moveTo", "txbxContent", "object", "altChunk", "control"),
    *("fldSimple", "instrText", "hyperlink", "commentReference", "vanish", "timing", "hlinkClick"),
)
PARTS = ("vbaProject", "activeX", "embeddings/", "comments", "/media/", "externalLinks", "ole")


def of_office(parts: ZipFile, said: Collection[str]) -> Iterator[str]:
    """Content controls, tracked changes, text boxes, fields, links, animations; further parts.

    said: every text that the reader found; another one, in a head, a layout or a table inside a
    table, is told of.
    """
    found = {_closed(text) for text in said}
    for name in parts.namelist():
        if any(kind in name for kind in PARTS):
            # by kind and not by number, which each program counts anew
            yield f"a part {name.rpartition('/')[0]}/*.{name.rpartition('.')[2]}"
        if name.endswith(".rels"):
            yield from _links(parts, name)
        elif name.startswith(("word/", "ppt/")) and name.endswith(".xml"):
            root = strict_xml.parsed(parts.read(name))
            yield from (f"{name}, {told}" for told in _marked(root))
            yield from (f"{name}, text: {text}" for text in _unread(root, found))


def _links(parts: ZipFile, name: str) -> Iterator[str]:
    for node in strict_xml.parsed(parts.read(name)).iter("{*}Relationship"):
        if node.get("TargetMode") == "External":
            yield f"a link to {short(node.get('Target'))}"


def _marked(root) -> Iterator[str]:
    if root.get("show") == "0":
        yield "which is hidden"
    for node in root.iter("*"):
        kind = etree.QName(node).localname
        if kind in MARKED:
            yield f"{kind}: {short(''.join(node.itertext()))}"
        elif kind == "color" and (node.get(word_name("w:val")) or "").upper() == WHITE:
            yield "white text"
        elif kind == "sz" and 0 < _number(node.get(word_name("w:val"))) < SMALL:
            yield "text too small to read"


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _unread(root, found: Collection[str]) -> Iterator[str]:
    """Paragraphs that are shown and that no reader found."""
    for paragraph in root.iter("{*}p"):
        text = "".join(run.text or "" for run in paragraph.iter("{*}t"))
        if _closed(text) in found or _is_prompt(paragraph):
            continue
        if next(paragraph.iter(*FIELDS), None) is not None:  # each program counts pages anew
            text = re.sub(r"\d+", "#", text)
        if text.strip():
            yield short(text)


def _is_prompt(paragraph) -> bool:
    """Whether it is what a layout says where a slide has nothing; no slide shows it."""
    root = etree.QName(paragraph.getroottree().getroot()).localname
    shape = next(paragraph.iterancestors("{*}sp"), None)
    return root != "sld" and shape is not None and shape.find("{*}nvSpPr/{*}nvPr/{*}ph") is not None


def _closed(text: str) -> str:
    """A text without its spaces, which each reader takes in its own way."""
    return "".join(text.split())


def of_slide(number: int, slide) -> Iterator[str]:
    """Where each shape of a slide stands, to a twentieth of an inch."""
    for shape in slide.shapes:
        sides = (shape.left, shape.top, shape.width, shape.height)
        inches = " ".join("?" if side is None else f"{_inches(side):g}" for side in sides)
        name = shape.name.removeprefix("araxes:")
        yield f"slide {number}, {short(name)} at {inches} inches"


def _inches(side: int) -> float:
    return round(side / EMU_APART) * EMU_APART / 914_400
