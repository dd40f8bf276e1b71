"""What slides are laid out on: the user's template, or our own plain one in 16:9."""

import re
from pathlib import Path

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout
from pptx.util import Inches, Pt

from briefing.charts import theme
from briefing.exports.deck import house
from briefing.exports.deck.box import INSET
from briefing.exports.deck.house import TITLES, kind

OURS = ("Title Only", "Title and Content", "Blank")
FONT = "Arial"
# Without a hue, which the lighter shades of muted text would show.
INK = '<a:dk1><a:srgbClr val="17181A"/></a:dk1>'
WIDE = Inches(13.333)


def opened(template: Path | None) -> Presentation:
    """The template without its sample slides; our own plain one where none is given.

    Raises ValueError, one plain line, for a file that is no PowerPoint file.
    """
    return _plain() if template is None else house.opened(Path(template))


def content_of(layout: SlideLayout):
    """The master's placeholder for body text, whose place is the content area; None without one."""
    kinds = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
    bodies = (each for each in layout.slide_master.placeholders if kind(each) in kinds)
    return next(bodies, None)


def title_size(layout: SlideLayout) -> int:
    """The size of titles in points, as the layout or its master has it; 28 where none says."""
    places = [title._element for title in layout.placeholders if kind(title) in TITLES]
    places.append(layout.slide_master._element.find(qn("p:txStyles")))
    for place in places:
        level = None if place is None else place.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
        if level is not None and level.get("sz"):
            return int(level.get("sz")) // 100
    return 28


def _plain() -> Presentation:
    deck = Presentation()
    for layout in [each for each in deck.slide_layouts if each.name not in OURS]:
        deck.slide_layouts.remove(layout)
    wider = WIDE / deck.slide_width
    deck.slide_width = WIDE
    master = deck.slide_master
    # The library's template is 4:3; a shape without a place of its own follows its master's.
    for shape in [*master.shapes, *(s for layout in deck.slide_layouts for s in layout.shapes)]:
        if shape._element.spPr.find(qn("a:xfrm")) is not None:
            shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
    _place(master)
    _paint(master)
    return deck


def _place(master) -> None:
    """A title over the content, both as wide as the slide allows, and furniture below."""
    left, wide = Inches(0.6), WIDE - 2 * Inches(0.6)
    places = {
        PP_PLACEHOLDER.TITLE: (left, Inches(0.3), wide, Inches(0.95)),
        PP_PLACEHOLDER.BODY: (left, Inches(1.3), wide, Inches(5.5)),
        PP_PLACEHOLDER.SLIDE_NUMBER: (WIDE - Inches(1.6), Inches(6.95), Inches(1), Inches(0.3)),
    }
    for shape in master.placeholders:
        if kind(shape) in places:
            shape.left, shape.top, shape.width, shape.height = places[kind(shape)]
        if kind(shape) is PP_PLACEHOLDER.TITLE:
            look = shape._element.txBody.find(qn("a:bodyPr"))
            look.attrib.update({"anchor": "b", "lIns": str(INSET), "rIns": str(INSET)})
    level = master._element.find(qn("p:txStyles")).find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    level.set("algn", "l")
    level.find(qn("a:defRPr")).set("sz", str(Pt(24).centipoints))
    level.find(qn("a:defRPr")).set("b", "1")


def _paint(master) -> None:
    """Our colours and one font in the theme, so that what a user adds looks alike."""
    relationships = master.part.rels.values()
    part = next(each.target_part for each in relationships if "theme" in each.reltype)
    text = part.blob.decode()
    for place, colour in enumerate(theme.COLOURS, start=1):
        whole = rf"(<a:accent{place}>)\s*<a:srgbClr val=\"\w+\"/>"
        text = re.sub(whole, rf'\1<a:srgbClr val="{colour[1:]}"/>', text)
    text = re.sub(r"<a:dk1>.*?</a:dk1>", INK, text, flags=re.DOTALL)
    part._blob = text.replace('typeface="Calibri"', f'typeface="{FONT}"').encode()
