"""Ways to change an exported file, by what is changed: on its own bytes, as a program would."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pptx
import pyarrow
import pyarrow.parquet
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

# No forecast says this, whatever the draws of the machine that fitted it.
IMPOSSIBLE = "101%"
PERCENT = r"[<>]?[\d.]+%"  # a chance as the screen shows it


def in_bytes(old, new, count=1):
    def changed(content):
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), count)

    return changed


def with_pattern(pattern, new, count=1):
    """`new` in place of what a regular expression finds, in the text of the file."""

    def changed(content):
        text, found = re.subn(pattern, new, content.decode(), count=count)
        assert found
        return text.encode()

    return changed


def likeliest_future(content):
    """The number at the likeliest future's bar, wherever the drawing shows it."""
    probability = float(re.search(r'"probability": (0\.\d+)', content.decode())[1])
    return with_pattern(f">{100 * probability:.0f}%<", f">{IMPOSSIBLE}<", count=0)(content)


def number_in_csv(content):
    return re.sub(
        rb"(peace_treaty.*?,0\.)(\d)", lambda m: m[1] + other_digit(m[2]), content, count=1
    )


def number_in_json(content):
    return re.sub(
        rb'("probability": 0\.)(\d)', lambda m: m[1] + other_digit(m[2]), content, count=1
    )


def other_digit(digit):
    return b"7" if digit != b"7" else b"3"


def in_parquet(column, value):
    def changed(content):
        table = pyarrow.parquet.read_table(BytesIO(content))
        values = [value, *table[column].to_pylist()[1:]]
        place = table.schema.get_field_index(column)
        field = table.schema.field(column)
        table = table.set_column(place, field, pyarrow.array(values, field.type))
        stream = BytesIO()
        pyarrow.parquet.write_table(table, stream)
        return stream.getvalue()

    return changed


def painted(content):
    """A white box over a corner of the picture, everything that it carries kept."""
    with Image.open(BytesIO(content)) as image:
        image.load()
        labels = PngInfo()
        for name, text in image.text.items():
            labels.add_itxt(name, text)
        ImageDraw.Draw(image).rectangle((300, 300, 320, 320), fill="red")
        stream = BytesIO()
        image.save(stream, "PNG", pnginfo=labels)
    return stream.getvalue()


def in_png_label(name, change):
    def changed(content):
        with Image.open(BytesIO(content)) as image:
            image.load()
            labels = PngInfo()
            for key, text in image.text.items():
                labels.add_itxt(key, change(text) if key == name else text)
            stream = BytesIO()
            image.save(stream, "PNG", pnginfo=labels)
        return stream.getvalue()

    return changed


def in_page(change):
    """The first page's drawing of a PDF changed, its digest and all else kept."""

    def changed(content):
        writer = PdfWriter(clone_from=BytesIO(content))
        page = writer.pages[0]
        old = page.get_contents().get_data()
        new = change(old)
        assert new != old
        stream = StreamObject()
        stream.set_data(new)
        page[NameObject("/Contents")] = writer._add_object(stream)
        out = BytesIO()
        writer.write(out)
        return out.getvalue()

    return changed


def other_glyph(drawing):
    """The first two glyphs of the first text swapped, as Chromium writes them."""
    return re.sub(rb"<([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})", rb"<\2\1", drawing, count=1)


def other_letter(drawing):
    """The second and third letter of the title swapped, as typst writes them."""
    return drawing.replace(rb"\000\006\000\007", rb"\000\007\000\006", 1)


def in_zip(part, change):
    def changed(content):
        stream = BytesIO()
        with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
            names = [name for name in old.namelist() if re.fullmatch(part, name)]
            assert names
            for name in old.namelist():
                content_of_part = old.read(name)
                changes = name == names[0]
                new.writestr(name, change(content_of_part) if changes else content_of_part)
        return stream.getvalue()

    return changed


def in_slides(change):
    def changed(content):
        deck = pptx.Presentation(BytesIO(content))
        change({shape.name: shape for slide in deck.slides for shape in slide.shapes})
        stream = BytesIO()
        deck.save(stream)
        return stream.getvalue()

    return changed


def cell_of_deck(shapes):
    cells = shapes["araxes:outcomes:table"].table.rows[1].cells
    paragraphs = [cell.text_frame.paragraphs[0] for cell in cells]
    chances = [line.runs[0] for line in paragraphs if re.fullmatch(PERCENT, line.text)]
    chances[-1].text = IMPOSSIBLE  # the published chance comes first where both are shown


def bar_of_deck(shapes):
    values = shapes["araxes:outcomes:chart"].chart._chartSpace.xpath(".//c:val//c:v")
    values[0].text = "0.83"


def name_of_bar(shapes):
    names = shapes["araxes:outcomes:chart"].chart._chartSpace.xpath(".//c:cat//c:v")
    names[0].text = "War"


def label_of_bar(shapes):
    formats = shapes["araxes:outcomes:chart"].chart._chartSpace.xpath(".//c:dLbl/c:numFmt")
    formats[0].set("formatCode", f'"{IMPOSSIBLE}"')


def workbook_of_bar(shapes):
    part = shapes["araxes:outcomes:chart"].chart.part.chart_workbook.xlsx_part
    first_value = r'(<c r="B2"[^>]*><v>)[^<]*'
    change = in_zip("xl/worksheets/sheet1.xml", with_pattern(first_value, r"\g<1>1.5"))
    part._blob = change(part.blob)


def notes_of_deck(content):
    return in_zip(r"ppt/notesSlides/notesSlide1\.xml", in_bytes("2023", "2024"))(content)


def in_word(change):
    def changed(content):
        file = docx.Document(BytesIO(content))
        change(file)
        stream = BytesIO()
        file.save(stream)
        return stream.getvalue()

    return changed


def cell_of_word(file):
    row = next(row for row in file.tables[0].rows if row.cells[0].text == "Peace treaty")
    runs = row.cells[2].paragraphs[0].runs
    next(run for run in runs if re.fullmatch(PERCENT, run.text)).text = IMPOSSIBLE


def head_of_word(file):
    file.tables[0].rows[1].cells[0].paragraphs[0].runs[0].text = "War"


def sentence_of_word(file):
    run = chance_in_word(file).runs[-1]
    run.text = re.sub(CHANCE_IN_WORDS, "101 in 100 for", run.text)


CHANCE_IN_WORDS = r"\d+ in 100 for"


def chance_in_word(file):
    """The first paragraph that states a chance in words."""
    return next(line for line in file.paragraphs if re.search(CHANCE_IN_WORDS, line.text))


CHANGED = {
    "digit csv": ("outcomes.csv", number_in_csv, "Peace treaty, probability [0–1]: the file says"),
    "label csv": ("outcomes.csv", in_bytes("Peace treaty", "War"), "says “War”, the run says"),
    "unit csv": ("outcomes.csv", in_bytes("low [0–1]", "low [%]"), "the file says “low [%]”"),
    "digit json": ("outcomes.json", number_in_json, "Peace treaty, probability: the file says"),
    "label json": ("outcomes.json", in_bytes("Peace treaty", "War"), "says “War”, the run says"),
    "digit parquet": ("outcomes.parquet", in_parquet("probability", 0.83), "says “0.83”"),
    "label parquet": ("outcomes.parquet", in_parquet("title", "War"), "says “War”"),
    "pixels png": ("scenarios.png", painted, "the picture was changed after it was exported"),
    "digit png": (
        "scenarios.png",
        in_png_label(
            "Araxes-numbers",
            lambda numbers: re.sub(r'("probability": )[\d.]+', r"\g<1>1.5", numbers, count=1),
        ),
        "numbers, None of the six, probability: the file says “1.5”",
    ),
    "label png": (
        "scenarios.png",
        in_png_label("Title", lambda title: "Which wars"),
        "title: the file says “Which wars”",
    ),
    "digit svg": ("scenarios.svg", likeliest_future, "drawing: it does not show “"),
    "label svg": ("scenarios.svg", in_bytes(">None of", ">Some of"), "the picture was changed"),
    "glyph pdf": ("scenarios.pdf", in_page(other_glyph), "the picture was changed"),
    "glyph brief": ("brief.pdf", in_page(other_letter), "page 1, line 1: the file says"),
    "cell pptx": ("brief.pptx", in_slides(cell_of_deck), "Probability: the file says “101%”"),
    "bar pptx": ("brief.pptx", in_slides(bar_of_deck), "value 1: the file says “0.83”"),
    "name pptx": ("brief.pptx", in_slides(name_of_bar), "category 1: the file says “War”"),
    "label pptx": ("brief.pptx", in_slides(label_of_bar), 'label 1: the file says “"101%"”'),
    "workbook pptx": ("brief.pptx", in_slides(workbook_of_bar), "workbook B2: the file says"),
    "notes pptx": ("brief.pptx", notes_of_deck, "slide 1, notes"),
    "cell docx": ("brief.docx", in_word(cell_of_word), "Probability: the file says “101%”"),
    "label docx": ("brief.docx", in_word(head_of_word), "says “War”, the run says"),
    "sentence docx": ("brief.docx", in_word(sentence_of_word), "101 in 100 for"),
    "picture docx": (
        "brief.docx",
        in_zip(r"word/media/.*\.png", painted),
        "picture: the picture was changed after it was exported",
    ),
    "cell html": (
        "brief.html",
        with_pattern(f"<td>{PERCENT}</td>", f"<td>{IMPOSSIBLE}</td>"),
        "says “101%”, the run",
    ),
    "label html": ("brief.html", in_bytes('scope="row">Peace treaty', 'scope="row">War'), "“War”"),
    "figure html": (
        "brief.html",
        with_pattern(rf'("text": \["){PERCENT}"', rf'\g<1>{IMPOSSIBLE}"'),
        "text 1: the file says “101%”",
    ),
}


def renamed(name, content, old, new):
    """The content with one run's id in place of another's, in the metadata too."""
    form = name.split(".")[1]
    swap = in_bytes(old, new, -1)
    if form in ("csv", "json", "svg", "html"):
        return swap(content)
    if form == "png":
        return in_png_label("Araxes", lambda provenance: provenance.replace(old, new))(content)
    if form in ("pptx", "docx"):
        return in_zip("docProps/core.xml", swap)(content)
    if form == "pdf":
        writer = PdfWriter(clone_from=BytesIO(content))
        provenance = PdfReader(BytesIO(content)).metadata["/Araxes"]
        writer.add_metadata({"/Araxes": provenance.replace(old, new)})
        stream = BytesIO()
        writer.write(stream)
        return stream.getvalue()
    table = pyarrow.parquet.read_table(BytesIO(content))
    metadata = {
        key: value.replace(old.encode(), new.encode())
        for key, value in table.schema.metadata.items()
    }
    stream = BytesIO()
    pyarrow.parquet.write_table(table.replace_schema_metadata(metadata), stream)
    return stream.getvalue()
