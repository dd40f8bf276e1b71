"""Small files that would take a reader long or much memory, by what is large in them."""

import json
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pyarrow
import pyarrow.parquet
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from briefing.exports.data.files import MARK
from briefing.material.provenance import TOOL

FIRST_LINE = f"{MARK}{{'tool'; 'Araxes'}}\n".encode()


def operations(many: int, pages: int = 1) -> bytes:
    """A PDF whose pages write one letter over and over."""
    writer, stream = PdfWriter(), StreamObject()
    stream.set_data(b"BT /F1 9 Tf 9 9 Td (a) Tj ET\n" * many)
    packed = writer._add_object(stream.flate_encode())
    kinds = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(kind) for key, kind in kinds.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    for _ in range(pages):
        page = writer.add_blank_page(300, 300)
        page[NameObject("/Contents")] = packed
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.add_metadata({"/Araxes": "{}"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def same_rows(many: int, metadata=None) -> bytes:
    """A Parquet file of one value."""
    table = pyarrow.table({"a": pyarrow.array(["x"] * 1000)}, metadata=metadata or {TOOL: "{}"})
    stream = BytesIO()
    with pyarrow.parquet.ParquetWriter(stream, table.schema) as writer:
        for _ in range(many // 1000):
            writer.write_table(table)
    return stream.getvalue()


def pixels(side: int) -> bytes:
    """A PNG that is black all over."""

    def chunk(kind, content):
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    packer, packed = zlib.compressobj(9), b""
    for _ in range(side):
        packed += packer.compress(bytes(1 + (side + 7) // 8))
    packed += packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    text = chunk(b"tEXt", b"Araxes\0{}")
    parts = chunk(b"IHDR", head) + text + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def paragraphs(many: int) -> bytes:
    """A Word file of empty paragraphs."""
    plain = BytesIO()
    docx.Document().save(plain)
    out = BytesIO()
    with ZipFile(plain) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * many)
            new.writestr(name, part)
    return out.getvalue()


def page(inner: bytes) -> bytes:
    """An HTML page that says it is ours."""
    return b"<html><head><script id='araxes'>{}</script></head><body>" + inner + b"</body></html>"


def in_page(inner: bytes) -> bytes:
    return page(inner + b"<script></script>")


# Each is refused by a size that stands at its start, before anything is unpacked.
AT_ONCE = {
    "rows of parquet": ("parquet", lambda: same_rows(3_000_000), "far more than any table"),
    "pixels": ("png", lambda: pixels(13_000), "pixels are far more than ours have"),
    "digits": (
        "csv",
        lambda: FIRST_LINE + b"a\n" + b"1" * 120_000 + b"x\n",
        "a text of 120,001 characters",
    ),
    "a page cut short": ("html", lambda: page(b"<script>"), "cut short"),
    "cells beyond": ("csv", lambda: FIRST_LINE + b"a\n1" + b",2" * 210_000, "far more than any"),
    "json in json": ("json", lambda: b"[" * 100_000, "not JSON"),
}
# These take until a limit is reached.
IN_TIME = {
    "operations of pdf": ("pdf", lambda: operations(300_000)),
    "pages of pdf": ("pdf", lambda: operations(50_000, 30)),
    "paragraphs of word": ("docx", lambda: paragraphs(1_500_000)),
    "paragraphs of html": ("html", lambda: in_page(b"<p>" * 1_700_000)),
    "cells of csv": ("csv", lambda: FIRST_LINE + b"a,b,c,d,e\n" + b"1,2,3,4,5\n" * 1_000_000),
    "rows of json": (
        "json",
        lambda: json.dumps(
            {"provenance": {}, "units": {}, "rows": [{"a": 1, "b": 2}] * 600_000}
        ).encode(),
    ),
}
