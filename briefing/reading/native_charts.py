"""Readers of a native chart: the series that PowerPoint draws, and the workbook behind it."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from briefing.exports.shared import strict_xml
from briefing.reading.content import Item, cleaned

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VALUES = {"cat": "category", "xVal": "x", "val": "value", "yVal": "value"}


def chart_items(chart, where: str) -> Iterator[Item]:
    """Name, categories, values and labels of each series, then the ends of the axes.

    chart: the XML of a chart part. where: the place of the chart, for a person.
    """
    for series in chart.iter(f"{CHART}ser"):
        name = cleaned("".join(_values(series.find(f"{CHART}tx"))))
        place = f"{where}, {name}"
        yield Item(f"{where}, series", name, f"{place}, series")
        for tag, role in VALUES.items():
            for at, text in _points(series.find(f"{CHART}{tag}")):
                yield Item(f"{place}, {role} {at + 1}", text, f"{place}, {role} {at}")
        yield from _labels(series, place)
    for axis in chart.iter(f"{CHART}valAx", f"{CHART}catAx", f"{CHART}dateAx"):
        for end in ("min", "max"):
            for limit in axis.iter(f"{CHART}{end}"):
                text = cleaned(limit.get("val"))
                yield Item(f"{where}, axis {end}", text, f"{where}, axis {end}")


def _labels(series, place: str) -> Iterator[Item]:
    for label in series.iter(f"{CHART}dLbl"):
        at = label.find(f"{CHART}idx").get("val")
        # a program that saves it again may write + as \+, which shows the same
        codes = (node.get("formatCode", "") for node in label.iter(f"{CHART}numFmt"))
        formats = [re.sub(r"\\(.)", r"\1", code) for code in codes]
        runs = [run.text or "" for run in label.iter(f"{DRAWING}t")]
        text = cleaned(" ".join([*formats, *runs]))
        if text:
            yield Item(f"{place}, label {int(at) + 1}", text, f"{place}, label {at}")


def _points(values) -> list[tuple[int, str]]:
    if values is None:
        return []
    points = values.iter(f"{CHART}pt")
    return [(int(point.get("idx")), cleaned(point.findtext(f"{CHART}v"))) for point in points]


def _values(name) -> list[str]:
    return [] if name is None else [value.text or "" for value in name.iter(f"{CHART}v")]


def workbook_items(parts: ZipFile, where: str) -> Iterator[Item]:
    """The cells of the first sheet, in order; spare, since other programs may drop the workbook."""
    names = parts.namelist()
    shared = _shared(parts) if "xl/sharedStrings.xml" in names else []
    sheets = sorted(name for name in names if name.startswith("xl/worksheets/sheet"))
    for sheet in sheets[:1]:
        for cell in strict_xml.parsed(parts.read(sheet)).iter(f"{SHEET}c"):
            text = cell.findtext(f"{SHEET}v") or "".join(cell.itertext())
            # Type s: the cell holds the place of its text among the workbook's shared ones.
            if cell.get("t") == "s" and text.isdigit() and int(text) < len(shared):
                text = shared[int(text)]
            place = f"{where}, workbook {cell.get('r')}"
            if cleaned(text):
                yield Item(place, cleaned(text), place, spare="workbook")


def _shared(parts: ZipFile) -> list[str]:
    root = strict_xml.parsed(parts.read("xl/sharedStrings.xml"))
    return ["".join(text.itertext()) for text in root.iter(f"{SHEET}si")]
