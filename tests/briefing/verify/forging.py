"""Files whose every number still stands, and which say something else to whoever opens them."""

import json
import re
import struct
import zlib
from io import BytesIO

import pyarrow.parquet
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree
from PIL import Image, ImageDraw
from pptx.util import Inches
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from briefing.exports.pictures import image_metadata
from tests.briefing.verify.tampering import in_bytes, in_slides, in_word, in_zip

FALSE = "95%"


def in_document(xml):
    """A block of WordprocessingML at the start of a Word file."""

    def added(file):
        file.element.body.insert(0, parse_xml(xml))

    return in_word(added)


def paragraph(inner):
    return f"<w:p {nsdecls('w')}>{inner}</w:p>"


RUN = f"<w:r><w:t>Peace treaty: {FALSE}</w:t></w:r>"
CONTROL = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{RUN}</w:p></w:sdtContent></w:sdt>"
INSERTED = paragraph(f'<w:ins w:id="1" w:author="x">{RUN}</w:ins>')
BOX = paragraph(
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
    f"<w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
FIELD = paragraph(f'<w:fldSimple w:instr="INCLUDETEXT x">{RUN}</w:fldSimple>')


def hidden(file):
    """Every run of the first sentence is there, and not shown."""
    for run in file.paragraphs[3].runs:
        run.font.hidden = True


def moved_off(shapes):
    shapes["araxes:outcomes:table"].left = Inches(40)


def covered(shapes):
    table = shapes["araxes:outcomes:table"]
    box = table._parent.parent.shapes.add_shape(1, table.left, table.top, table.width, table.height)
    box.name = "Rectangle 1"


def in_first_slide(change):
    return in_zip(r"ppt/slides/slide2\.xml", change)


def pdf(change):
    def changed(content):
        writer = PdfWriter(clone_from=BytesIO(content))
        change(writer)
        stream = BytesIO()
        writer.write(stream)
        return stream.getvalue()

    return changed


def noted(writer):
    note = FreeText(text=FALSE, rect=(100, 600, 200, 620), background_color="ffffff")
    writer.add_annotation(0, note)


def scripted(writer):
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('95%')")}
    keys = {NameObject(key): value for key, value in action.items()}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(keys)


def painted_over(writer):
    """A white rectangle drawn after everything else."""
    page = writer.pages[0]
    stream = StreamObject()
    stream.set_data(page.get_contents().get_data() + b"\nq 1 g 60 500 200 100 re f Q\n")
    page[NameObject("/Contents")] = writer._add_object(stream)


def repainted(content):
    """A PNG with a red box and the digest, which needs no key, made anew."""
    with Image.open(BytesIO(content)) as image:
        image.load()
        labels = dict(image.text)
        ImageDraw.Draw(image).rectangle((300, 300, 320, 320), fill="red")
        stream = BytesIO()
        image.save(stream, "PNG")
    drawn = stream.getvalue()
    labels["Araxes-digest"] = image_metadata.digest(drawn, "png")
    chunks = b"".join(
        image_metadata._chunk(b"iTXt", f"{name}\0\0\0\0\0".encode() + text.encode())
        for name, text in labels.items()
    )
    return drawn[:33] + chunks + drawn[33:]


def svg(inner):
    """An SVG with more at its end and the digest made anew."""

    def changed(content):
        forged = content.replace(b"</svg>", inner.encode() + b"</svg>")
        digest = image_metadata.digest(forged, "svg")
        return re.sub(rb'(id="araxes-digest">)\w+', rb"\g<1>" + digest.encode(), forged)

    return changed


def chunk_of_text(content):
    body = b"tEXtComment\0" + FALSE.encode()
    told = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return content[:33] + told + content[33:]


def another_column(content):
    table = pyarrow.parquet.read_table(BytesIO(content))
    table = table.append_column("forecast", [[FALSE] * table.num_rows])
    stream = BytesIO()
    pyarrow.parquet.write_table(table, stream)
    return stream.getvalue()


def another_key(content):
    return json.dumps(json.loads(content) | {"forecast": FALSE}).encode()


def another_column_of_csv(content):
    told, *lines = content.decode("utf-8-sig").splitlines()
    return "\n".join([told, *(f"{line},{FALSE}" for line in lines), ""]).encode("utf-8-sig")


def title_of_properties(content):
    return in_zip(r"docProps/core\.xml", in_bytes("<dc:title>", f"<dc:title>{FALSE} "))(content)


def timing(part):
    root = etree.fromstring(part)
    etree.SubElement(root, f"{{{root.nsmap['p']}}}timing")
    return etree.tostring(root)


def page(old, new):
    return in_bytes(old, new)


FORGED = {
    "html script": ("brief.html", page("</body>", "<script>alert(95)</script></body>"), "<script>"),
    "html style": ("brief.html", page("</style>", "td::after{content:'95%'}</style>"), "<style>"),
    "html div": ("brief.html", page("<main>", f"<main><div>{FALSE}</div>"), f"<div> {FALSE}"),
    "html heading": ("brief.html", page("<main>", f"<main><h2>{FALSE}</h2>"), f": {FALSE}"),
    "html handler": ("brief.html", page("<h1>", '<h1 onclick="x()">'), 'onclick="x()"'),
    "html hidden": ("brief.html", page("<table>", '<table style="display:none">'), "display:none"),
    "html frame": ("brief.html", page("<main>", '<main><iframe src="x"></iframe>'), "<iframe"),
    "docx control": ("brief.docx", in_document(CONTROL), "sdt: Peace treaty: 95%"),
    "docx insertion": ("brief.docx", in_document(INSERTED), "ins: Peace treaty: 95%"),
    "docx text box": ("brief.docx", in_document(BOX), "txbxContent: Peace treaty: 95%"),
    "docx field": ("brief.docx", in_document(FIELD), "fldSimple: Peace treaty: 95%"),
    "docx hidden text": ("brief.docx", in_word(hidden), "vanish"),
    "docx title": ("brief.docx", title_of_properties, "it has no signature"),
    "pptx moved": ("brief.pptx", in_slides(moved_off), "outcomes:table at 40 "),
    "pptx covered": ("brief.pptx", in_slides(covered), "Rectangle 1 at "),
    "pptx hidden slide": (
        "brief.pptx",
        in_first_slide(lambda part: re.sub(rb"<p:sld ", b'<p:sld show="0" ', part, count=1)),
        "which is hidden",
    ),
    "pptx animation": ("brief.pptx", in_first_slide(timing), "timing"),
    "pdf annotation": ("brief.pdf", pdf(noted), "annotation /FreeText at [100, 600, 200, 620] "),
    "pdf script": ("brief.pdf", pdf(scripted), "OpenAction of the file"),
    "pdf painted over": ("brief.pdf", pdf(painted_over), "it has no signature"),
    "pdf chart annotation": ("scenarios.pdf", pdf(noted), "annotation /FreeText"),
    "png repainted": ("scenarios.png", repainted, "it has no signature"),
    "png comment": ("scenarios.png", chunk_of_text, "text Comment"),
    "png longer": ("scenarios.png", lambda content: content + b"PK", "2 bytes after the picture"),
    "svg covered": ("scenarios.svg", svg('<rect width="700" height="400"/>'), "was changed"),
    "svg script": ("scenarios.svg", svg("<script>alert(95)</script>"), "<script> alert(95)"),
    "svg foreign": ("scenarios.svg", svg("<foreignObject/>"), "<foreignObject>"),
    "csv column": ("outcomes.csv", another_column_of_csv, "was changed"),
    "json key": ("outcomes.json", another_key, "was changed"),
    "parquet column": ("outcomes.parquet", another_column, f"forecast: {FALSE}"),
}
