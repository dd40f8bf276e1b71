"""What a picture carries besides what it shows: title, alt text, provenance, numbers, a digest."""

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO

from lxml import etree
from PIL import Image

from briefing.exhibits.exhibit import Exhibit
from briefing.exports.data import files
from briefing.exports.shared import strict_xml
from briefing.material.material import Material
from briefing.material.provenance import Provenance

INCH = 96  # CSS pixels
METRE = 39.3701  # inches
SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_NUMBERS = 4_000_000  # characters read back from a chunk
MOST_PIXELS, STRIP = 40_000_000, 256  # of a picture; rows of a strip


@dataclass(frozen=True)
class Label:
    """What a picture says of itself.

    provenance: one line of JSON. numbers: JSON, one row per mark. texts: the sentences around the
    chart.
    digest: SHA-256 of the drawing, without what is said here.
    """

    title: str
    alt: str
    provenance: str
    numbers: str
    texts: tuple[str, ...] = ()
    digest: str = ""

    def fields(self) -> dict[str, str]:
        """Text by the name that each format stores it under."""
        return {
            "Araxes": self.provenance,
            "Araxes-numbers": self.numbers,
            "Araxes-texts": json.dumps(self.texts, ensure_ascii=False),
            "Araxes-digest": self.digest,
        }


def label_of(
    exhibit: Exhibit, material: Material, provenance: Provenance, texts: Sequence[str] = ()
) -> Label:
    """What a picture of this exhibit says of itself; `texts` are the sentences around the chart.

    Raises ValueError for an exhibit that has no version of the provenance's tier.
    """
    rows = json.loads(files.table(exhibit, material, "json", provenance.tier))["rows"]
    return Label(
        title=exhibit.title,
        alt=exhibit.alt,
        provenance=provenance.to_json(),
        numbers=json.dumps(rows, ensure_ascii=False),
        texts=tuple(texts),
    )


def labelled(content: bytes, form: str, label: Label, scale: float = 1.0) -> bytes:
    """The picture with the label and its drawing's digest; `scale`: pixels per CSS pixel.

    form: png, svg or pdf.
    """
    content = _steady(content) if form == "svg" else content
    fields = label.fields() | {"Araxes-digest": digest(content, form)}
    if form == "png":
        return _png(content, label, fields, scale)
    return _svg(content, label, fields) if form == "svg" else _pdf(content, label, fields)


def digest(content: bytes, form: str) -> str:
    """SHA-256 of a drawing as hexadecimal: PNG pixels, SVG without its label, PDF page content."""
    sha = hashlib.sha256()
    for piece in {"png": _pixels, "svg": _bare_svg, "pdf": _page_content}[form](content):
        sha.update(piece)
    return sha.hexdigest()


def fields_of(content: bytes, form: str) -> dict[str, str]:
    """The label's fields as they are stored, {} where there are none.

    For what is no picture of this form Pillow, pypdf and lxml raise exceptions of every kind.
    """
    return {"png": _png_fields, "svg": _svg_fields, "pdf": _pdf_fields}[form](content)


def svg_root(content: bytes) -> etree._Element:
    """The root of an SVG without comments; raises etree.XMLSyntaxError for what is no XML."""
    return strict_xml.parsed(content, bare=True)


def _png(content: bytes, label: Label, fields: dict[str, str], scale: float) -> bytes:
    """The chunks stand before the pixels, as their size in the world does."""
    dots = round(INCH * scale * METRE)
    chunks = [_chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1))]
    for name, text in ({"Title": label.title, "Description": label.alt} | fields).items():
        # keyword, compressed, deflate, no language, no translated keyword
        head = name.encode("latin-1") + b"\0\1\0\0\0"
        chunks.append(_chunk(b"iTXt", head + zlib.compress(text.encode(), 9)))
    end_of_header = len(SIGNATURE) + 25  # the chunk IHDR: 4 + 4 + 13 + 4 bytes
    return content[:end_of_header] + b"".join(chunks) + content[end_of_header:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def _png_fields(content: bytes) -> dict[str, str]:
    with _opened(content) as image:
        image.load()
        return {name: str(text) for name, text in image.text.items()}


def _opened(content: bytes) -> Image.Image:
    """Its header read alone; raises ValueError for far more pixels than a picture of ours has."""
    image = Image.open(BytesIO(content), formats=["PNG"])
    if image.width * image.height > MOST_PIXELS:
        raise ValueError(f"{image.width} x {image.height} pixels are far more than ours have")
    return image


def _pixels(content: bytes) -> Iterator[bytes]:
    """The size, then the pixels in strips, so that no second picture stands in memory."""
    with _opened(content) as image:
        yield repr(image.size).encode()
        for top in range(0, image.height, STRIP):
            strip = image.crop((0, top, image.width, min(top + STRIP, image.height)))
            yield strip.convert("RGBA").tobytes()


def _steady(content: bytes) -> bytes:
    """The SVG with the ids that plotly draws by lot named after the drawing instead."""
    drawn_id = re.search(rb'id="defs-([0-9a-f]{6})"', content)
    if drawn_id is None:
        return content
    bare = content.replace(drawn_id[1], b"araxes")
    return content.replace(drawn_id[1], hashlib.sha256(bare).hexdigest()[:6].encode())


def _svg(content: bytes, label: Label, fields: dict[str, str]) -> bytes:
    """`<title>` and `<desc>` come first: browsers and screen readers look for them there."""
    head, rest = content.decode().split(">", 1)
    head = f'{head} role="img" aria-labelledby="araxes-title araxes-desc"'
    elements = f'<title id="araxes-title">{escape(label.title)}</title>'
    elements += f'<desc id="araxes-desc">{escape(label.alt)}</desc>'
    for name, text in fields.items():
        elements += f'<metadata id="{name.lower()}">{escape(text, quote=False)}</metadata>'
    return f"{head}>{elements}{rest}".encode()


SVG_NAMES = {"araxes-title": "Title", "araxes-desc": "Description"}


def _bare_svg(content: bytes) -> Iterator[bytes]:
    """The drawing in canonical XML, so that it stays the same when another program saves it."""
    root = svg_root(content)
    for name in ("role", "aria-labelledby"):
        root.attrib.pop(name, None)
    for node in _svg_labels(root):
        root.remove(node)
    bare = etree.tostring(root, encoding="unicode")
    yield etree.canonicalize(bare, rewrite_prefixes=True).encode()


def _svg_labels(root: etree._Element) -> list[etree._Element]:
    """What says something of the drawing, of which nothing is drawn."""
    found = root.iterchildren(*(f"{{*}}{name}" for name in ("title", "desc", "metadata")))
    return [node for node in found if node.get("id", "").startswith("araxes")]


def _svg_fields(content: bytes) -> dict[str, str]:
    root = svg_root(content)
    if not root.tag.endswith("svg"):
        raise ValueError("no <svg> in it")
    labels = {node.get("id"): node.text or "" for node in _svg_labels(root)}
    return {SVG_NAMES.get(id, id.capitalize()): text for id, text in labels.items()}


def _pdf(content: bytes, label: Label, fields: dict[str, str]) -> bytes:
    """Without the dates that the browser sets, so that the same picture is the same file."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(content))
    keys = {"Title": label.title, "Subject": label.alt, "Creator": "Araxes", "Producer": "Araxes"}
    writer.metadata = {f"/{name}": text for name, text in (keys | fields).items()}
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _pdf_fields(content: bytes) -> dict[str, str]:
    from pypdf import PdfReader  # slow to load, and few visitors ask for a PDF

    metadata = PdfReader(BytesIO(content)).metadata or {}
    stored = {name.lstrip("/"): str(text) for name, text in metadata.items()}
    return stored | {"Description": stored.get("Subject", "")}


def _page_content(content: bytes) -> Iterator[bytes]:
    for place, part in enumerate(_contents(content)):
        yield b"\n" * (place > 0) + part


def _contents(content: bytes) -> Iterator[bytes]:
    from pypdf import PdfReader

    for page in PdfReader(BytesIO(content)).pages:
        yield repr([float(side) for side in page.mediabox]).encode()
        yield page.get_contents().get_data()
