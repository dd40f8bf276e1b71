"""Native tables: columns as wide as their words need, rows as high, and what is left over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from briefing.charts import if_then, theme
from briefing.exports.deck.box import Box
from briefing.exports.deck.page import Page
from briefing.exports.deck.text import LEADING
from briefing.exports.shared import text_width
from briefing.words import numbers
from briefing.words.if_then import answered

PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
SIDE, ABOVE = 5, 4  # points between a cell's edge and its text
MOST, LEAST = 14, 9
PLAIN, GIVEN_UP = 10, 2  # no smaller than this, and no more smaller, for rows of one height
ROUNDING = 0.01  # points that a sum of widths may lose
FULL = 0.75  # the most of a colour that a cell takes on
LOOSEST = 1.4  # how far rows are stretched where there is room


@dataclass(frozen=True)
class Rows:
    """A table as text, its first row the head; fills: by (row, column), colours with dark text.

    numbers: the columns set to the right. even: these are as wide as each other, where they fit.
    """

    cells: Sequence[Sequence[str]]
    fills: dict[tuple[int, int], str]
    numbers: frozenset[int] = frozenset()
    even: bool = False


def table(
    page: Page, shape_name: str, box: Box, rows: Rows, alt: str, most: int = MOST
) -> Rows | None:
    """Draw what fits at the largest size that fits; None, or the rows left for another slide.

    shape_name: see `Page.name`. most: the largest size of letters in points.
    """
    room = Emu(box.width).pt, Emu(box.height).pt
    size = _size(rows, room, most)
    widths = _widths(rows, size, room[0])
    heights = _heights(rows, size, widths)
    many = _that_fit(heights, room[1])
    looser = min(LOOSEST, room[1] / sum(heights[:many]))
    heights = [max(1.0, looser) * height for height in heights]
    drawn = rows.cells[:many]
    graphic = page.slide.shapes.add_table(
        len(drawn), len(widths), box.left, box.top, box.width, Pt(sum(heights[:many]))
    )
    page.place(graphic, shape_name, alt)
    _plain(graphic)
    for column, wide in zip(graphic.table.columns, widths, strict=True):
        column.width = Pt(wide)
    for place, cells in enumerate(drawn):
        graphic.table.rows[place].height = Pt(heights[place])
        for column, text in enumerate(cells):
            _write(graphic.table.cell(place, column), text, size, rows, (place, column))
    return None if many == len(rows.cells) else _left(rows, many)


def _size(rows: Rows, room: tuple[float, float], most: int) -> int:
    """The largest size that fits, or one a little smaller at which each cell below the head is a
    line: rows of one height are read more easily.
    """
    sizes = [s for s in range(most, LEAST - 1, -1) if _fits(rows, s, room)] or [LEAST]
    smaller = [s for s in sizes if s >= max(sizes[0] - GIVEN_UP, PLAIN)]
    return next((s for s in smaller if _is_even(rows, s, room[0])), sizes[0])


def _is_even(rows: Rows, size: int, wide: float) -> bool:
    return len(set(_heights(rows, size, _widths(rows, size, wide))[1:])) == 1


def _fits(rows: Rows, size: int, room: tuple[float, float]) -> bool:
    widths = _widths(rows, size, room[0])
    words_whole = all(
        _widest(column, size, place == 0, split=True) + 2 * SIDE <= widths[place] + ROUNDING
        for place, column in enumerate(zip(*rows.cells, strict=True))
    )
    return words_whole and sum(_heights(rows, size, widths)) <= room[1]


def _widths(rows: Rows, size: int, room: float) -> list[float]:
    """Each column as wide as its longest text where all fit; else the long ones give way.

    No column gets less than its longest word, unless these alone are too wide.
    """
    columns = list(zip(*rows.cells, strict=True))
    full, longest_word = (
        [_widest(column, size, place == 0, split) for place, column in enumerate(columns)]
        for split in (False, True)
    )
    wanted, least = ([width + 2 * SIDE + 1 for width in widths] for widths in (full, longest_word))
    if rows.even:
        widest = max(least[place] for place in rows.numbers)
        least = wanted = [
            widest if place in rows.numbers else width for place, width in enumerate(wanted)
        ]
    if sum(wanted) <= room:
        return [width + (room - sum(wanted)) / len(wanted) for width in wanted]
    if sum(least) >= room:
        return [width * room / sum(least) for width in least]
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    return [low + share * (high - low) for low, high in zip(least, wanted, strict=True)]


def _widest(column: Sequence[str], size: int, is_first: bool, split: bool) -> float:
    """Points of a column's longest text, or with `split` word; head and first column are bold."""
    return max(
        text_width.width(part, size, is_first or row == 0)
        for row, text in enumerate(column)
        for part in (text.split() if split else [text]) or [""]
    )


def _heights(rows: Rows, size: int, widths: Sequence[float]) -> list[float]:
    """Points of each row, as every program draws it; the head and the first column are bold."""
    return [_row_height(row, size, widths, place == 0) for place, row in enumerate(rows.cells)]


def _row_height(cells: Sequence[str], size: int, widths: Sequence[float], is_head: bool) -> float:
    most = max(
        len(text_width.lines(text, size, wide - 2 * SIDE, is_head or place == 0))
        for place, (text, wide) in enumerate(zip(cells, widths, strict=True))
    )
    return most * size * LEADING + 2 * ABOVE


def _that_fit(heights: Sequence[float], room: float) -> int:
    """How many rows fit; the head and one row at least."""
    fitting = [many for many in range(2, len(heights) + 1) if sum(heights[:many]) <= room]
    return max(fitting, default=min(2, len(heights)))


def _left(rows: Rows, many: int) -> Rows:
    """The head again, and the rows from `many` on."""
    fills = {(row - many + 1, column): code for (row, column), code in rows.fills.items()}
    fills_left = {place: code for place, code in fills.items() if place[0] > 0}
    return replace(rows, cells=[rows.cells[0], *rows.cells[many:]], fills=fills_left)


def _plain(graphic) -> None:
    properties = graphic._element.graphic.graphicData.tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = PLAIN_STYLE
    graphic.table.horz_banding = False


def _write(cell, text: str, size: int, rows: Rows, place: tuple[int, int]) -> None:
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if place[1] in rows.numbers else PP_ALIGN.LEFT
    fill = rows.fills.get(place)
    if text:
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), place[0] == 0 or place[1] == 0
        if fill:
            run.font.color.rgb = RGBColor.from_string(theme.INK["light"][1:])
    # Without it an empty cell is as high as the theme's letters, and its row grows past the table.
    etree.SubElement(paragraph._p, qn("a:endParaRPr"), sz=str(100 * size))
    if fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(fill[1:])
    _line_below(cell, 1.25 if place[0] == 0 else 0.5)


def _line_below(cell, width: float) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line = etree.Element(qn("a:lnB"), w=str(Pt(width)))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=theme.GREY[1:])
    properties.insert(0, line)


def shaded(pairs: pd.DataFrame, published: dict[str, str], head: str) -> Rows:
    """One row per given outcome, the published chances first; orange is likelier, blue less."""
    supposed, order = answered(pairs)
    cells = {(row.given, row.outcome): row for row in pairs.itertuples()}
    texts, fills = [[head, *order], ["Published", *(published[name] for name in order)]], {}
    for place, given in enumerate(supposed, start=2):
        rows = [cells.get((given, outcome)) for outcome in order]
        texts.append([given, *map(_cell, rows)])
        shades = {(place, column): _shade(row) for column, row in enumerate(rows, start=1)}
        fills |= {where: code for where, code in shades.items() if code}
    return Rows(texts, fills, frozenset(range(1, len(order) + 1)), even=True)


def _cell(row) -> str:
    return "" if row is None else numbers.percent(row.then, row.mcse)


def _shade(row) -> str:
    if row is None or row.times != row.times or row.times <= 0:
        return ""
    size = float(np.clip(np.log2(row.times) / if_then.FURTHEST, -1, 1))
    code = theme.COLOURS[2] if size > 0 else theme.COLOURS[0]
    channels = [int(code[place : place + 2], 16) for place in (1, 3, 5)]
    # Mixed with white by how far the logarithm goes: twice and half are as strong as each other.
    mixed = [round(255 + (channel - 255) * abs(size) * FULL) for channel in channels]
    return "#" + "".join(f"{channel:02X}" for channel in mixed)
