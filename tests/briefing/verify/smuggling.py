"""Texts and covers put where no reader of numbers looks: heads, layouts, tables inside tables …"""

import csv
import json
import re
import struct
import zlib
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow.parquet
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject

from briefing.exports.pictures import image_metadata
from tests.briefing.verify.forging import FALSE, RUN, painted_over, pdf, svg
from tests.briefing.verify.tampering import in_zip

WORD, SHOW = r"word/document\.xml", r"ppt/slides/slide2\.xml"
MASTER = r"ppt/slideMasters/slideMaster1\.xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"

IN_TABLE = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p>{RUN}</w:p></w:tc></w:tr></w:tbl><w:p/>"
TAGGED = f'<w:smartTag w:element="x">{RUN}</w:smartTag>'
FORMULA = f'<m:oMath xmlns:m="{MATHS}"><m:r><m:t>Peace treaty: {FALSE}</m:t></m:r></m:oMath>'
BOX = (
    '<p:sp><p:nvSpPr><p:cNvPr id="991" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
    f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>Peace treaty: {FALSE}</a:t></a:r></a:p></p:txBody></p:sp>"
)
CHOSEN = (
    f'<mc:AlternateContent xmlns:mc="{COMPATIBLE}"><mc:Choice Requires="a">{BOX}</mc:Choice>'
    "</mc:AlternateContent>"
)


def before(end, added):
    """In a part of a zip, more in front of the first `end`."""

    def changed(part):
        assert end.encode() in part
        return part.replace(end.encode(), added.encode() + end.encode(), 1)

    return changed


def head_of_first_page(content):
    """A Word file whose first page has a head of its own."""
    linked = f'<Relationship Id="rX" Type="{RELATIONS}/header" Target="header9.xml"/>'
    named = f'<Override PartName="/word/header9.xml" ContentType="{KIND}"/>'
    meant = f'<w:headerReference xmlns:r="{RELATIONS}" w:type="first" r:id="rX"/>'
    content = in_zip(WORD, before("<w:pgSz", meant))(content)
    content = in_zip(r"word/_rels/document\.xml\.rels", before("</Relationships", linked))(content)
    content = in_zip(r"\[Content_Types\]\.xml", before("</Types", named))(content)
    stream = BytesIO(content)
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with ZipFile(stream, "a", ZIP_DEFLATED) as parts:
        parts.writestr("word/header9.xml", f'<w:hdr xmlns:w="{main}"><w:p>{RUN}</w:p></w:hdr>')
    return stream.getvalue()


def whitened(part):
    return part.replace(b"<w:rPr>", b'<w:rPr><w:color w:val="FFFFFF"/>', 1)


def last_script(content):
    """The same number of bytes, which do something else."""
    start = content.rindex(b"</script>") - 40
    return content[:start] + b"/**/document.body.textContent=95;".ljust(40) + content[start + 40 :]


def rows_of_csv(change):
    def changed(content):
        told, rest = content.decode("utf-8-sig").split("\n", 1)
        stream = StringIO()
        rows = list(csv.reader(StringIO(rest)))
        csv.writer(stream, lineterminator="\n").writerows(change(rows))
        return f"{told}\n{stream.getvalue()}".encode("utf-8-sig")

    return changed


def probability_twice(rows):
    """A column of the same name in front, which a person reads first."""
    place = next(i for i, name in enumerate(rows[0]) if name.startswith("probability"))
    told = [rows[0][place], *["0.95"] * len(rows[1:])]
    return [[*row[:place], new, *row[place:]] for row, new in zip(rows, told, strict=True)]


def beyond(rows):
    return [rows[0], *([*row, FALSE] for row in rows[1:])]


def key_of_a_row(content):
    document = json.loads(content)
    document["rows"][1]["forecast"] = FALSE
    return json.dumps(document).encode()


def note_of_parquet(content):
    table = pyarrow.parquet.read_table(BytesIO(content))
    table = table.replace_schema_metadata(table.schema.metadata | {b"note": FALSE.encode()})
    stream = BytesIO()
    pyarrow.parquet.write_table(table, stream)
    return stream.getvalue()


def cropped(writer):
    sides = ArrayObject([FloatObject(side) for side in (0, 500, 300, 800)])
    writer.pages[0][NameObject("/CropBox")] = sides


def layered(writer):
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject()


def one_page_more(writer):
    writer.add_blank_page(595, 842)


def other_letters(writer):
    """The same codes drawn by another font's outlines."""
    fonts = writer.pages[0]["/Resources"]["/Font"]
    first, second = (fonts[name].get_object() for name in sorted(fonts)[:2])
    first[NameObject("/DescendantFonts")] = second["/DescendantFonts"]


def moving(content):
    """A PNG that says that it is animated."""
    body = b"acTL" + struct.pack(">II", 1, 1)
    chunk = struct.pack(">I", 8) + body + struct.pack(">I", zlib.crc32(body))
    return content[:33] + chunk + content[33:]


def beside_the_label(content):
    """A text under the name of a label, which the digest leaves out."""
    text = f'<g id="araxes-more"><text y="50">{FALSE}</text></g>'
    forged = content.replace(b"</metadata>", f"</metadata>{text}".encode(), 1)
    digest = image_metadata.digest(forged, "svg")
    return re.sub(rb'(id="araxes-digest">)\w+', rb"\g<1>" + digest.encode(), forged)


def styled_elsewhere(content):
    return b'<?xml-stylesheet href="http://example.org/x.css"?>' + content


SMUGGLED = {
    "docx white": ("brief.docx", in_zip(WORD, whitened), "white text"),
    "docx inner table": ("brief.docx", in_zip(WORD, before("</w:tc>", IN_TABLE)), FALSE),
    "docx tag": ("brief.docx", in_zip(WORD, before("</w:p>", TAGGED)), FALSE),
    "docx formula": ("brief.docx", in_zip(WORD, before("</w:p>", FORMULA)), FALSE),
    "docx head": ("brief.docx", head_of_first_page, "word/header9.xml, text: Peace treaty: 95%"),
    "pptx master": ("brief.pptx", in_zip(MASTER, before("</p:spTree>", BOX)), "Master1.xml, text:"),
    "pptx choice": ("brief.pptx", in_zip(SHOW, before("</p:spTree>", CHOSEN)), "slide2.xml, text:"),
    "html between": ("brief.html", before("</main>", FALSE), "text between elements: 95%"),
    "html script of one length": ("brief.html", last_script, "<script>"),
    "csv beyond": ("outcomes.csv", rows_of_csv(beyond), "under no column: 95%"),
    "csv twice": ("outcomes.csv", rows_of_csv(probability_twice), "a column probability"),
    "csv behind": ("outcomes.csv", before("\n", f" {FALSE}"), "behind the signature: 95%"),
    "json row": ("outcomes.json", key_of_a_row, "row 2, a key forecast"),
    "parquet note": ("outcomes.parquet", note_of_parquet, "metadata note"),
    "pdf painted": ("brief.pdf", pdf(painted_over), "page 1 is drawn in another way"),
    "pdf letters": ("brief.pdf", pdf(other_letters), "page 1 is drawn in another way"),
    "pdf cropped": ("brief.pdf", pdf(cropped), "page 1, CropBox"),
    "pdf layers": ("brief.pdf", pdf(layered), "OCProperties of the file"),
    "pdf page": ("brief.pdf", pdf(one_page_more), "page 3 is drawn in another way"),
    "png moving": ("scenarios.png", moving, "a chunk acTL"),
    "svg text": ("scenarios.svg", svg(f"<text>{FALSE}</text>"), "<text> over the whole drawing"),
    "svg beside": ("scenarios.svg", beside_the_label, "<g> over the whole drawing"),
    "svg hidden": ("scenarios.svg", svg('<g class="x" display="none"/>'), "<g> is not shown"),
    "svg style": ("scenarios.svg", styled_elsewhere, "<?xml-stylesheet"),
}
