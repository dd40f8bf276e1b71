"""A chart as it stands in a document: bare, since title, caption and sources are on the page."""

from collections.abc import Callable
from io import BytesIO

import plotly.graph_objects as go
from PIL import Image

from briefing.charts import curves, rows, theme
from briefing.exhibits.exhibit import Exhibit
from briefing.material.material import Material
from briefing.material.provenance import Tier

WIDTH, HIGHEST = 740, 250  # CSS pixels; two of these and the text make two pages
SCALE = 3  # 326 dots per inch on a column of 173 mm
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"

Pictures = Callable[[Exhibit], bytes]


def pictures(material: Material, tier: Tier = Tier.full, draw: Pictures | None = None) -> Pictures:
    """What draws an exhibit alone as PNG, on white, as wide as the column of an A4 page.

    Axis ranges are those of the screen; the file carries the numbers and where they come from.
    draw: the chart without a label, by default `drawn`. Drawing raises what `browser` raises.
    """
    from briefing.exports.pictures import image_metadata

    def picture(exhibit: Exhibit) -> bytes:
        choices = dict(exhibit.choices)
        provenance = material.provenance("chart", tier, name=exhibit.name, choices=choices)
        label = image_metadata.label_of(exhibit, material, provenance)
        return image_metadata.labelled((draw or drawn)(exhibit), "png", label, SCALE)

    return picture


def blank(exhibit: Exhibit) -> bytes:
    """A white PNG in place of the chart, of the size that `drawn` gives it; it needs no browser."""
    stream, size = BytesIO(), (WIDTH * SCALE, int(_height(exhibit) * SCALE))
    Image.new("RGB", size, "white").save(stream, "PNG")
    return stream.getvalue()


def drawn(exhibit: Exhibit) -> bytes:
    """The chart alone as a PNG without a label, `WIDTH * SCALE` pixels wide; raises NoBrowser."""
    from briefing.exports.pictures.browser import BROWSER

    figure = theme.inked(go.Figure(exhibit.figure), "light")
    height = _height(exhibit)
    curves.in_height(rows.in_height(figure, height), height)
    figure.update_layout(paper_bgcolor="white", font_family=FONT, width=WIDTH)
    return BROWSER.draw(figure.to_dict(), "png", WIDTH, height, SCALE)


def _height(exhibit: Exhibit) -> float:
    return min(exhibit.figure.layout.height, HIGHEST)
