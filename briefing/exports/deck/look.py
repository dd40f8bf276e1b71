"""How native charts look: axes, text, colours, labels at their marks, the place of the plot."""

from collections.abc import Sequence

from lxml import etree
from pptx.chart.axis import ValueAxis
from pptx.chart.chart import Chart
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from briefing.charts import theme

SMALL, PLAIN = Pt(11), Pt(12)
FAINT = "40000"  # thousandths of a percent of a grid line's colour that stay


def colour(code: str) -> RGBColor:
    """The text `#rrggbb` as PowerPoint's files have a colour."""
    return RGBColor.from_string(code[1:])


def settle(chart: Chart, size=PLAIN) -> None:
    """No title and no legend of its own, and text in the theme's colour."""
    chart.has_title, chart.has_legend = False, False
    chart.font.size = size
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1


def percent_axis(axis: ValueAxis, top: float = 1.0) -> None:
    """From 0 to `top` (1.0 is 100 %), a faint line each fifth."""
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, top, top / 5
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0%", False
    quiet(axis)
    axis.has_major_gridlines = True
    faint(axis.major_gridlines.format.line)


def quiet(axis) -> None:
    """Small tick labels, no ticks, a thin grey line of 0.75 points."""
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.font.size = SMALL
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.has_major_gridlines = False
    axis.format.line.color.rgb = colour(theme.GREY)
    axis.format.line.width = Pt(0.75)


def hide(axis) -> None:
    """No axis at all, said in full: LibreOffice takes what is left out the other way."""
    axis.visible = False
    axis._element.find(qn("c:delete")).set("val", "1")


def faint(line) -> None:
    """A line of half a point that is as faint on a dark slide as on a light one."""
    line.color.rgb, line.width = colour(theme.GREY), Pt(0.5)
    # Half seen through, since nobody here knows what the template's slide is coloured with.
    etree.SubElement(line._ln.find(f".//{qn('a:srgbClr')}"), qn("a:alpha"), val=FAINT)


def paint(fill, code: str) -> None:
    """Fill with one solid colour, `#rrggbb`."""
    fill.solid()
    fill.fore_color.rgb = colour(code)


def line(series, code: str, width: float, dash: MSO_LINE | None = None) -> None:
    """A plain line without markers, `width` in points, in the colour `#rrggbb`."""
    series.format.line.color.rgb = colour(code)
    series.format.line.width = Pt(width)
    if dash:
        series.format.line.dash_style = dash
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE


def label(series, place: int, number_format: str, position=XL_LABEL_POSITION.OUTSIDE_END) -> None:
    """A point's own value beside its mark, under a number format, and nothing else.

    place: of the point in the series, from 0 on.
    """
    labels = series._element.get_or_add_dLbls()
    data_label = labels._insert_dLbl_in_sequence(place)
    # The order of a label's elements is the schema's; PowerPoint repairs a file with another.
    for child in list(data_label):
        if child.tag != qn("c:idx"):
            data_label.remove(child)
    shown = {"showLegendKey": 0, "showVal": 1, "showCatName": 0, "showSerName": 0}
    shown |= {"showPercent": 0, "showBubbleSize": 0}
    etree.SubElement(data_label, qn("c:numFmt"), formatCode=number_format, sourceLinked="0")
    etree.SubElement(data_label, qn("c:spPr"))
    if position is not None:
        etree.SubElement(data_label, qn("c:dLblPos"), val=XL_LABEL_POSITION.to_xml(position))
    for tag, value in shown.items():
        etree.SubElement(data_label, qn(f"c:{tag}"), val=str(value))


def inner(chart: Chart, left: float, top: float, width: float, height: float) -> None:
    """Fix the plot's inside, as shares of the chart's frame, so that every program agrees on it."""
    area = chart._chartSpace.chart.plotArea
    layout = area.find(qn("c:layout"))
    if layout is None:
        layout = etree.Element(qn("c:layout"))
        area.insert(0, layout)
    for child in list(layout):
        layout.remove(child)
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    etree.SubElement(manual, qn("c:layoutTarget"), val="inner")
    for tag in ("xMode", "yMode"):
        etree.SubElement(manual, qn(f"c:{tag}"), val="edge")
    for tag, value in zip("xywh", (left, top, width, height), strict=True):
        etree.SubElement(manual, qn(f"c:{tag}"), val=f"{value:.4f}")


def bar_colours(series, codes: Sequence[str]) -> None:
    """One colour per bar, `#rrggbb`; where all are alike they follow an edited series."""
    paint(series.format.fill, codes[0])
    for place, code in enumerate(codes):
        if code != codes[0]:
            paint(series.points[place].format.fill, code)
