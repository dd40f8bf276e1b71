"""Decks read back: shapes by name, charts' cached numbers and workbooks, text and its room."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from PIL import ImageFont
from pptx import Presentation

CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RULER = ImageFont.load_default(size=200)


def opened(content):
    return Presentation(BytesIO(content))


def shapes(content):
    """Every shape on a slide by its name."""
    return {shape.name: shape for slide in opened(content).slides for shape in slide.shapes}


def cached(chart):
    """What the chart draws: series name to values, or to (x, y) for lines over dates."""
    values_by_series = {}
    for series in chart.plots[0].series:
        across = series._element.findall(".//{*}xVal//{*}pt/{*}v")
        xs = [float(point.text) for point in across]
        values = list(series.values)
        values_by_series[series.name] = list(zip(xs, values, strict=True)) if xs else values
    return values_by_series


def sheet(chart):
    """The embedded workbook's cells by their place, as texts and numbers."""
    with ZipFile(BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(string.itertext()) for string in strings]
        rows = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    cells_by_place = {}
    for cell in rows.iter(f"{CELLS}c"):
        value = cell.find(f"{CELLS}v").text
        cells_by_place[cell.get("r")] = texts[int(value)] if cell.get("t") == "s" else float(value)
    return cells_by_place


def numbers_of(cells, column):
    """A sheet's column as (row, number), headings left out."""
    pairs = ((re.fullmatch(rf"{column}(\d+)", place), cell) for place, cell in cells.items())
    return [cell for match, cell in pairs if match and isinstance(cell, float)]


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def every_text(content):
    """All that stands in any part of the file, workbooks inside it included."""
    texts = []
    with ZipFile(BytesIO(content)) as whole:
        for name in whole.namelist():
            part = whole.read(name)
            inner = name.endswith(".xlsx")
            texts.append(every_text(part) if inner else part.decode(errors="replace"))
    return "\n".join(texts)


def height_of(frame, width):
    """Points that a text frame's lines take, wrapped word by word; half a percent of slack."""
    total = 0.0
    for paragraph in frame.paragraphs:
        size = max((run.font.size.pt for run in paragraph.runs), default=12)
        total += _lines(paragraph, width) * size * 1.2
        total += paragraph.space_after.pt if paragraph.space_after else 0
    return total


def _lines(paragraph, width):
    many, used = 1, 0.0
    for word, size, bold in _words(paragraph):
        wide = RULER.getlength(word) / 200 * size * (1.06 if bold else 1.0)
        gap = RULER.getlength(" ") / 200 * size if used else 0
        if used and used + gap + wide > width:
            many, used, gap = many + 1, 0.0, 0
        many += int(wide // width)
        used = used + gap + wide
    return many


def _words(paragraph):
    for run in paragraph.runs:
        for word in run.text.split():
            yield word, run.font.size.pt, bool(run.font.bold)
