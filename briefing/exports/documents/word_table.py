"""A table in a Word file: a header row that repeats, widths by what is in the columns."""

import pandas as pd
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Row

from briefing.exports.documents.outline import shares
from briefing.exports.documents.word_look import WIDTH

RULE, HEADER = "B8C0CC", "E9EDF2"


def add_table(document: Document, frame: pd.DataFrame, title: str) -> Table:
    """Add a table of texts at the end of the document; `title` is its alt text."""
    table = document.add_table(rows=1 + len(frame), cols=len(frame.columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _describe(table, title)
    _fill(table.rows[0], frame.columns, bold=True)
    for row, texts in zip(table.rows[1:], frame.itertuples(index=False), strict=True):
        _fill(row, texts)
    for column, share in zip(table.columns, shares(frame), strict=True):
        column.width = int(WIDTH * share)
        for cell in column.cells:  # Word goes by the cells, LibreOffice by the column
            cell.width = column.width
    _repeat(table.rows[0])
    return table


def _fill(row: _Row, texts, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table Text"
        paragraph.add_run(str(text)).bold = bold or None  # None leaves it to the style
        if bold:
            shade = {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): HEADER}
            cell._tc.get_or_add_tcPr().append(OxmlElement("w:shd", shade))
    whole = row._tr.get_or_add_trPr()
    whole.append(OxmlElement("w:cantSplit"))


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _describe(table: Table, title: str) -> None:
    """Thin rules between rows, the first row and column as headers, and the alt text."""
    properties = table._tbl.tblPr
    ruled = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": RULE}
        ruled.append(OxmlElement(f"w:{side}", {qn(key): text for key, text in line.items()}))
    # The schema has an order, and Word repairs a file that does not keep it.
    properties.find(qn("w:tblLayout")).addprevious(ruled)
    alt = OxmlElement("w:tblDescription", {qn("w:val"): title})
    properties.find(qn("w:tblLook")).addnext(alt)
