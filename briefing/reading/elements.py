"""What of a file may run, cover, move or add something: one line each, for a person.

Held against those of the same file made again, the rest is what somebody put in.
"""

import hashlib
import re
from collections.abc import Iterator

from lxml import etree

SHOWN = 60  # characters of a text
RUNS = ("script", "foreignObject", "iframe", "object", "embed", "a", "image", "style", "set", "use")
ASIDE = re.compile(rb"<\?((?!xml )[^?]{1,1000})\?>")
HIDDEN = re.compile(r"(display|visibility): ?(none|hidden)")
UNSEEN = ("defs", "title", "desc", "metadata")  # of what stands directly in a drawing
CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"iTXt", b"tEXt", b"IDAT", b"IEND")
TEXTS = ("Araxes", "Araxes-numbers", "Araxes-texts", "Araxes-digest", "araxes-signature")
TEXTS += ("Title", "Description", "Software")
# Of a PDF's catalog, pages and properties: what does nothing and hides nothing.
PLAIN = "Type Pages Version Lang MarkInfo StructTreeRoot ViewerPreferences Metadata Outlines"
PLAIN += " PageMode PageLabels Contents MediaBox Parent Resources StructParents Tabs Annots Group"
PLAIN += " Creator Producer Subject Title Author Keywords CreationDate ModDate"
PLAIN += " Araxes Araxes-numbers Araxes-texts Araxes-digest Araxes-pictures"


def of_page(root) -> Iterator[str]:
    """Every element of an HTML page with its attributes, its own text and the text behind it."""
    for node in root.iter():
        if isinstance(node.tag, str):
            given = "".join(f' {name}="{short(value)}"' for name, value in sorted(node.items()))
            yield f"<{node.tag}{given}> {short(node.text)}".strip()
        if (node.tail or "").strip():
            yield f"text between elements: {short(node.tail)}"


def of_svg(content: bytes, root) -> Iterator[str]:
    """What of a drawing runs, links, moves or brings in something, handlers, what covers it all."""
    for node in root.iter("*"):
        name = etree.QName(node).localname
        if name in RUNS or name.startswith("animate"):
            yield f"<{name}> {short(node.text)}".strip()
        yield from (f"<{name} {key}>" for key in node.keys() if key.startswith("on"))
        if HIDDEN.search(";".join(f"{key}:{value}" for key, value in node.items())):
            yield f"<{name}> is not shown: {short(''.join(node.itertext()))}"
    yield from (f"<{name}> over the whole drawing" for name in _over(root))
    yield from (f"<?{short(told.decode('utf-8', 'replace'))}?>" for told in ASIDE.findall(content))


def _over(root) -> Iterator[str]:
    """What stands directly in the drawing, but for its paper and the library's layers."""
    shown = [node for node in root.iterchildren("*") if etree.QName(node).localname not in UNSEEN]
    for place, node in enumerate(shown):
        name = etree.QName(node).localname
        layer = (name == "g" and node.get("class")) or (name == "rect" and place == 0)
        if not layer and name not in RUNS:
            yield name


def of_png(content: bytes, texts: dict) -> Iterator[str]:
    """Texts under names that are not ours, chunks that ours have none of, what follows the end."""
    yield from (f"text {short(name)}" for name in texts if name not in TEXTS)
    place, kind = 8, b""
    while place + 8 <= len(content) and kind != b"IEND":
        size, kind = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        if kind not in CHUNKS:
            yield f"a chunk {kind.decode('ascii', 'replace')}"
        place += size + 12
    if place < len(content):
        yield f"{len(content) - place} bytes after the picture's end"


def of_pdf(file) -> Iterator[str]:
    """Annotations, what the file does by itself, what crops or turns a page; file: pypdf's."""
    plain = {f"/{name}" for name in PLAIN.split()}
    for number, page in enumerate(file.pages, start=1):
        for annotation in page.get("/Annots") or ():
            entries = annotation.get_object()
            place = [round(float(side)) for side in entries.get("/Rect") or ()]
            text = short(str(entries.get("/Contents") or ""))
            yield f"page {number}, annotation {entries.get('/Subtype')} at {place} {text}".strip()
        yield from (f"page {number}, {key[1:]}" for key in page if key not in plain)
    for key in [*file.trailer["/Root"], *(file.metadata or ())]:
        if key not in plain:
            yield f"{key[1:]} of the file"


def of_drawn_pages(file) -> Iterator[str]:
    """How each page of a PDF is drawn, with which letters; file: pypdf's reader."""
    for number, page in enumerate(file.pages, start=1):
        contents = page.get_contents()
        drawn = hashlib.sha256(b"" if contents is None else contents.get_data())
        for _, font in sorted((page.get("/Resources") or {}).get("/Font", {}).items()):
            drawn.update(_letters(font.get_object()))
        yield f"page {number} is drawn in another way ({drawn.hexdigest()[:8]})"


def _letters(font) -> bytes:
    """The outlines of a font's letters, b"" where it brings none."""
    for part in (font, *(inner.get_object() for inner in font.get("/DescendantFonts", ()))):
        described = part["/FontDescriptor"] if "/FontDescriptor" in part else {}
        for name in ("/FontFile", "/FontFile2", "/FontFile3"):
            if name in described:
                return described[name].get_data()
    return b""


def short(text: str | None) -> str:
    """A text in one line; a long one with its length and mark, or two that begin alike were one."""
    text = " ".join((text or "").split())
    if len(text) <= SHOWN:
        return text
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{text[:SHOWN]}… ({len(text):,} characters, mark {mark})"
