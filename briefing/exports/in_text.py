"""A chart as it stands in a document: bare, since title, caption and sources are on the page."""

import json
from collections.abc import Callable

import plotly.graph_objects as go

from briefing import theme
from briefing.exhibit import Exhibit
from briefing.material import Material
from briefing.provenance import Tier

WIDTH, HIGHEST = 740, 290  # CSS pixels; two of these and the text make two pages
SCALE = 3  # 326 dots an inch on a column of 173 mm
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"

Pictures = Callable[[Exhibit], bytes]


def pictures(material: Material, tier: Tier = Tier.full) -> Pictures:
    """What draws an exhibit alone as PNG, on white, as wide as the column of an A4 page.

    Axis ranges are those of the screen; the file carries the numbers and where they come from.
    Drawing raises what `browser` raises.
    """
    from briefing.exports import data_files, image_metadata

    def picture(exhibit: Exhibit) -> bytes:
        numbers = json.loads(data_files.table(exhibit, material, "json", tier))["rows"]
        told = material.provenance("chart", tier, name=exhibit.name, choices=dict(exhibit.choices))
        label = image_metadata.Label(
            title=exhibit.title,
            alt=exhibit.alt,
            provenance=told.to_json(),
            numbers=json.dumps(numbers, ensure_ascii=False),
        )
        return image_metadata.labelled(drawn(exhibit), "png", label, SCALE)

    return picture


def drawn(exhibit: Exhibit) -> bytes:
    """The chart alone, without a label."""
    from briefing.exports.browser import BROWSER

    figure = theme.inked(go.Figure(exhibit.figure), "light")
    height = min(figure.layout.height, HIGHEST)
    figure.update_layout(paper_bgcolor="white", font_family=FONT, width=WIDTH, height=height)
    return BROWSER.draw(figure.to_dict(), "png", WIDTH, height, SCALE)
