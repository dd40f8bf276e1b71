"""What of a file may run, cover, move or add something: one line each, for a person.

Held against those of the same file made again, the rest is what somebody put in.
"""

from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from briefing.exports.shared import strict_xml

SHOWN = 60  # characters of a text
EMU_APART = 45_720  # a twentieth of an inch: programs round where a shape stands
# By local name, in the main parts of Word files and slides.
MARKED = (
    *("sdt", "ins", "del", "moveFrom", "moveTo", "txbxContent", "object", "altChunk", "control"),
    *("fldSimple", "instrText", "hyperlink", "commentReference", "vanish", "timing", "hlinkClick"),
)
PARTS = ("vbaProject", "activeX", "embeddings/", "comments", "/media/", "externalLinks", "ole")
RUNS = ("script", "foreignObject", "iframe", "object", "embed", "a", "image", "style", "set", "use")
PDF_KEYS = ("/OpenAction", "/AA", "/AcroForm", "/Names", "/Collection")


def of_page(root) -> Iterator[str]:
    """Every element of an HTML page with its attributes and the start of its own text."""
    for node in root.iter("*"):
        given = "".join(f' {name}="{_short(value)}"' for name, value in sorted(node.items()))
        yield f"<{node.tag}{given}> {_short(node.text)}".strip()


def of_svg(root) -> Iterator[str]:
    """Elements of a drawing that run, link, move or bring in something, and their handlers."""
    for node in root.iter("*"):
        name = etree.QName(node).localname
        if name in RUNS or name.startswith("animate"):
            yield f"<{name}> {_short(node.text)}".strip()
        yield from (f"<{name} {key}>" for key in node.keys() if key.startswith("on"))


def of_png(content: bytes, texts: dict) -> Iterator[str]:
    """Texts under names that are not ours, and what follows the picture's end."""
    ours = ("Araxes", "araxes", "Title", "Description", "Software")
    yield from (f"text {_short(name)}" for name in texts if not name.startswith(ours))
    after = len(content) - content.rfind(b"IEND") - 8
    if after:
        yield f"{after} bytes after the picture's end"


def of_pdf(file) -> Iterator[str]:
    """Annotations page by page, and what the file does by itself; file: pypdf's reader."""
    for number, page in enumerate(file.pages, start=1):
        for annotation in page.get("/Annots") or ():
            entries = annotation.get_object()
            place = [round(float(side)) for side in entries.get("/Rect") or ()]
            text = _short(str(entries.get("/Contents") or ""))
            yield f"page {number}, annotation {entries.get('/Subtype')} at {place} {text}".strip()
    catalog = file.trailer["/Root"]
    yield from (f"{key[1:]} of the file" for key in PDF_KEYS if key in catalog)


def of_office(parts: ZipFile) -> Iterator[str]:
    """Content controls, tracked changes, text boxes, fields, links, animations; further parts."""
    for name in parts.namelist():
        if any(kind in name for kind in PARTS):
            # by kind and not by number, which each program counts anew
            yield f"a part {name.rpartition('/')[0]}/*.{name.rpartition('.')[2]}"
        if name.endswith(".rels"):
            yield from _links(parts, name)
        elif name.startswith(("word/", "ppt/slides/")) and name.endswith(".xml"):
            yield from _marked(parts, name)


def _links(parts: ZipFile, name: str) -> Iterator[str]:
    for node in strict_xml.parsed(parts.read(name)).iter("{*}Relationship"):
        if node.get("TargetMode") == "External":
            yield f"a link to {_short(node.get('Target'))}"


def _marked(parts: ZipFile, name: str) -> Iterator[str]:
    root = strict_xml.parsed(parts.read(name))
    if root.get("show") == "0":
        yield f"{name} is hidden"
    for node in root.iter("*"):
        kind = etree.QName(node).localname
        if kind in MARKED:
            yield f"{name}, {kind}: {_short(''.join(node.itertext()))}"


def of_slide(number: int, slide) -> Iterator[str]:
    """Where each shape of a slide stands, to a twentieth of an inch."""
    for shape in slide.shapes:
        sides = (shape.left, shape.top, shape.width, shape.height)
        inches = " ".join("?" if side is None else f"{_inches(side):g}" for side in sides)
        name = shape.name.removeprefix("araxes:")
        yield f"slide {number}, {_short(name)} at {inches} inches"


def _inches(side: int) -> float:
    return round(side / EMU_APART) * EMU_APART / 914_400


def _short(text: str | None) -> str:
    line = " ".join((text or "")[: 4 * SHOWN].split())
    # with its length, or two that begin alike would be one
    return line if len(text or "") <= SHOWN else f"{line[:SHOWN]}… ({len(text or ''):,} characters)"
