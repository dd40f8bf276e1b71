"""Native charts: editable in PowerPoint, with the numbers of the tables in their workbooks."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from briefing.charts import theme
from briefing.charts.evidence import DOWN, UP
from briefing.exports.deck import formats, look, workbook
from briefing.exports.deck.box import Box
from briefing.exports.deck.page import Page
from briefing.exports.shared import text_width
from briefing.words import numbers

ROW_MOST = 62  # points that a row of bars takes at most
LEGEND = 28  # points above the plot for a legend
NARROW = 260  # points; a narrower axis of chances has ticks at 0, 50 and 100 % only
FOOT = 26  # points below the plot for the ticks' labels
SHARE_OF_NAMES = 0.42  # the most of a chart's width that the names of its rows may take
HALF_YEAR = 182.625  # days
DIRECTIONS = {"raised": "Raised a driver", "lowered": "Lowered a driver", "neither": "Neither"}
EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets


def bars(
    page: Page,
    shape_name: str,
    box: Box,
    names: Sequence[str],
    series: dict[str, Sequence[float]],
    shown: Sequence[Sequence[str]],
    colours: Sequence[Sequence[str]],
    alt: str,
) -> None:
    """Rows of bars on an axis from 0 to 100 %, the first row on top, each with its number.

    series: probabilities by name, one per row. shown: number formats, colours: `#rrggbb`, for each
    series one per row.
    """
    data = _rows(names, series, "0.0%")
    drawn_in = _no_taller(box, len(names))
    chart = _add(page, shape_name, drawn_in, XL_CHART_TYPE.BAR_CLUSTERED, data, alt)
    look.percent_axis(chart.value_axis)
    _as_rows(chart, box, names, len(series))
    for drawn, texts, codes in zip(chart.plots[0].series, shown, colours, strict=True):
        look.bar_colours(drawn, codes)
        for place, text in enumerate(texts):
            look.label(drawn, place, text)


def differences(
    page: Page,
    shape_name: str,
    box: Box,
    names: Sequence[str],
    series: dict[str, Sequence[float]],
    alt: str,
    shown: Sequence[str] = (),
) -> None:
    """Rows of bars in percentage points, from differences of probabilities (-1..1).

    Where one is below 0 the axis runs as far to the left as to the right. shown: the number format
    of each row; without them as `formats.points` has it.
    """
    sizes = {f"{name} (points)": [100 * value for value in of] for name, of in series.items()}
    data = _rows(names, sizes, "0.0")
    drawn_in = _no_taller(box, len(names))
    chart = _add(page, shape_name, drawn_in, XL_CHART_TYPE.BAR_CLUSTERED, data, alt)
    points = [size for values in sizes.values() for size in values]
    # a bar to the left has its number between itself and the names
    widest = (2.9 if min(points) < 0 else 1.6) * max(0.5, *map(abs, points))
    look.quiet(chart.value_axis)
    chart.value_axis.maximum_scale = widest
    chart.value_axis.minimum_scale = -widest if min(points) < 0 else 0
    _as_rows(chart, box, names, len(series), legend=len(series) > 1)
    look.hide(chart.value_axis)
    for drawn, code in zip(chart.plots[0].series, (theme.GREY, theme.COLOURS[0]), strict=False):
        look.bar_colours(drawn, [code])
        for place, value in enumerate(drawn.values):
            look.label(drawn, place, shown[place] if shown else formats.points(value))
    if len(series) > 1:
        _legend(chart)


def quarters(page: Page, shape_name: str, box: Box, table: pd.DataFrame, alt: str) -> None:
    """Stacked columns: codings per quarter that raised, lowered or left a driver as it was.

    table: one row per quarter with the columns quarter, raised, lowered and neither.
    """
    data = CategoryChartData(number_format="0")
    data.categories = list(table["quarter"])
    for column in filter(lambda direction: table[direction].any(), DIRECTIONS):
        data.add_series(DIRECTIONS[column], [int(count) for count in table[column]])
    chart = _add(page, shape_name, box, XL_CHART_TYPE.COLUMN_STACKED, data, alt)
    look.quiet(chart.category_axis)
    look.quiet(chart.value_axis)
    chart.value_axis.has_major_gridlines = True
    look.faint(chart.value_axis.major_gridlines.format.line)
    chart.value_axis.minimum_scale = 0
    chart.value_axis.tick_labels.number_format = "0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.plots[0].gap_width, chart.plots[0].overlap = 40, 100
    codes = dict(zip(DIRECTIONS.values(), (UP, DOWN, theme.GREY), strict=True))
    for drawn in chart.plots[0].series:
        look.paint(drawn.format.fill, codes[drawn.name])
    _legend(chart)


def curves(page: Page, shape_name: str, box: Box, table: pd.DataFrame, colours, alt: str) -> Box:
    """One line per outcome with the ends of its interval, and the deadline; table: the exhibit's.

    colours: `#rrggbb` by outcome id. Returns the place of the plot's inside, for labels beside it.
    """
    lines = table[~table["at_deadline"]]
    deadline = table[table["at_deadline"]]["date"].iloc[0]
    data = _curve_data(lines, deadline)
    chart = _add(page, shape_name, box, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data, alt)
    outcomes = list(dict.fromkeys(lines["outcome"]))
    _draw_lines(chart.plots[0].series, [colours[outcome] for outcome in outcomes])
    look.percent_axis(chart.value_axis)
    _date_axis(chart.category_axis, lines["date"].min(), lines["date"].max())
    return _fix_inside(chart, box)


def _curve_data(lines: pd.DataFrame, deadline: date) -> XyChartData:
    """Three series per outcome, middle, low and high end, and the deadline last."""
    data = XyChartData(number_format=formats.DAY)
    for _, rows in lines.groupby("outcome", sort=False):
        title = rows["title"].iloc[0]
        _add_line(data, title, rows["date"], rows["probability"])
        for column, end in (("low", "low end"), ("high", "high end")):
            _add_line(data, f"{title}, {end} of the 90% interval", rows["date"], rows[column])
    _add_line(data, f"Deadline, {numbers.long_date(deadline)}", [deadline] * 2, [0.0, 1.0])
    return data


def _fix_inside(chart: Chart, box: Box) -> Box:
    """Fix the inside of a plot of curves that fills `box`, and say where on the slide it is."""
    wide, high = (Emu(side).pt for side in (box.width, box.height))
    # Points that the ticks' labels, half a label above the plot and the last date's half need.
    inside = (42 / wide, 20 / high, 1 - 62 / wide, 1 - (20 + FOOT) / high)
    look.inner(chart, *inside)
    left, top, width, height = inside
    return Box(
        box.left + round(left * box.width),
        box.top + round(top * box.height),
        round(width * box.width),
        round(height * box.height),
    )


def serial(day: date) -> int:
    """A date as spreadsheets count it, in days."""
    return (day - EPOCH).days


def _rows(names: Sequence[str], series: dict[str, Sequence[float]], shown: str):
    data = CategoryChartData(number_format=shown)
    data.categories = list(names)
    for name, values in series.items():
        data.add_series(name, [float(value) for value in values])
    return data


def _add(page: Page, shape_name: str, box: Box, kind, data, alt: str) -> Chart:
    place = box.left, box.top, box.width, box.height
    graphic = page.slide.shapes.add_chart(kind, *place, data)
    page.place(graphic, shape_name, alt)
    look.settle(graphic.chart)
    _fix_time(graphic.chart)
    return graphic.chart


def _no_taller(box: Box, rows: int) -> Box:
    """Few rows need not fill a slide."""
    return box.cut(min(box.height, Pt(ROW_MOST * rows + FOOT)))[0]


def _as_rows(
    chart: Chart, box: Box, names: Sequence[str], series: int, legend: bool = False
) -> None:
    """The first row on top, the axis below, and as much room for the names as they need."""
    axis = chart.category_axis
    look.quiet(axis)
    axis.reverse_order = True
    # A reversed order of rows takes the other axis to the top; crossing at the last brings it down.
    chart.value_axis._element.find(qn("c:crosses")).set("val", "max")
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
    axis.tick_labels.font.size = look.PLAIN
    # at the plot's edge and not at nought, where a bar to the left would lie under its name
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.plots[0].gap_width = 70 if series == 1 else 55
    chart.plots[0].overlap = 0
    chart.plots[0].vary_by_categories = False
    wide = Emu(box.width).pt
    high = min(Emu(box.height).pt, ROW_MOST * len(names) + FOOT)
    longest = max(text_width.width(name, 12) for name in names) + 14
    left = min(longest / wide, SHARE_OF_NAMES)
    head = LEGEND if legend else 4
    look.inner(chart, left, head / high, 1 - left - 46 / wide, 1 - (FOOT + head) / high)
    if (1 - left) * wide < NARROW:
        chart.value_axis.major_unit = chart.value_axis.maximum_scale / 2


def _legend(chart: Chart) -> None:
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = look.SMALL


def _add_line(data: XyChartData, name: str, days, values) -> None:
    series = data.add_series(name, number_format="0.0%")
    for day, value in zip(days, values, strict=True):
        series.add_data_point(serial(day), float(value))


def _draw_lines(series, colours: Sequence[str]) -> None:
    for place, code in enumerate(colours):
        middle, *ends = list(series)[3 * place : 3 * place + 3]  # as `_curve_data` adds them
        look.line(middle, code, 2.5)
        for end in ends:
            look.line(end, code, 0.75, MSO_LINE.DASH)
    look.line(series[-1], theme.GREY, 1.5, MSO_LINE.ROUND_DOT)


def _date_axis(axis, first: date, last: date) -> None:
    """A tick each half year, from the 15th on, so that none slips into the next month."""
    start = pd.Timestamp(first).replace(day=15)
    start = start if first.day >= 15 else start - pd.DateOffset(months=1)
    look.quiet(axis)
    axis.minimum_scale, axis.major_unit = serial(start.date()), HALF_YEAR
    axis.maximum_scale = serial(last) + 5
    axis.tick_labels.number_format = formats.MONTH
    axis.tick_labels.number_format_is_linked = False


def _fix_time(chart: Chart) -> None:
    """The workbook says when it was made; the same numbers must give the same file."""
    part = chart.part.chart_workbook.xlsx_part
    part._blob = workbook.undated(part.blob)
