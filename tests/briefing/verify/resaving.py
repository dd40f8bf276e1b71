"""Exported files as other programs save them again."""

import csv
import json
import re
from io import BytesIO, StringIO

from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

from tests.briefing.verify.tampering import in_parquet, in_slides, in_word


def by_pillow(content):
    with Image.open(BytesIO(content)) as image:
        image.load()
        labels = PngInfo()
        for name, text in {**image.text, "Software": "Pillow"}.items():
            labels.add_itxt(name, text)
        stream = BytesIO()
        image.save(stream, "PNG", pnginfo=labels, optimize=True)
    return stream.getvalue()


def by_pypdf(content):
    stream = BytesIO()
    writer = PdfWriter(clone_from=BytesIO(content))
    for page in writer.pages:
        page.compress_content_streams(1)
    writer.write(stream)
    return stream.getvalue()


def by_lxml(content):
    return etree.tostring(etree.fromstring(content), pretty_print=False)


def by_a_spreadsheet(content):
    """As a spreadsheet writes it again: each row filled up, every text quoted, TRUE, 15 digits."""
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    wide = max(map(len, rows))
    stream = StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([again(cell) for cell in row] + [""] * (wide - len(row)))
    return stream.getvalue().encode()


def again(cell):
    if re.fullmatch(r"0\.\d+", cell):
        return f"{float(cell):.15g}"
    return {"True": "TRUE", "False": "FALSE"}.get(cell, cell)


# A whole page as a minifier, an older program and an editor leave it.
PAGES = {
    "no end tags": lambda page: page.replace(b"</body>", b"").replace(b"</html>", b""),
    "capitals": lambda page: page.replace(b"</html>", b"</HTML>"),
    "lines behind it": lambda page: page + b"\n" * 400,
}

SAVED_AGAIN = {
    "outcomes.csv": by_a_spreadsheet,
    "outcomes.json": lambda content: json.dumps(json.loads(content)).encode(),
    "outcomes.parquet": in_parquet("title", "Peace treaty"),
    "scenarios.png": by_pillow,
    "scenarios.svg": by_lxml,
    "scenarios.pdf": by_pypdf,
    "brief.pptx": in_slides(lambda shapes: None),
    "brief.docx": in_word(lambda file: None),
    "brief.pdf": by_pypdf,
}
