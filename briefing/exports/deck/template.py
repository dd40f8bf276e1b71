"""What slides are laid out on: the user's template, or our own plain one in 16:9."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout
from pptx.util import Inches, Pt

from briefing.charts import theme
from briefing.exports.deck.box import INSET

FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
OURS = ("Title Only", "Title and Content", "Blank")
FONT = "Arial"
# Without a hue, which the lighter shades of muted text would show.
INK = '<a:dk1><a:srgbClr val="17181A"/></a:dk1>'
WIDE = Inches(13.333)
TEMPLATE_TYPE, DECK_TYPE = b"presentationml.template.main", b"presentationml.presentation.main"


def opened(template: Path | None) -> Presentation:
    """The template without its sample slides; our own plain one where none is given.

    Raises ValueError, one plain line, for a file that is no PowerPoint file.
    """
    if template is None:
        return _plain()
    deck = _read(Path(template))
    if not any(len(master.slide_layouts) for master in deck.slide_masters):
        raise ValueError(f"{template}: has no slide layout; save the template with its layouts")
    return _without_slides(deck)


def layout_of(deck: Presentation) -> SlideLayout:
    """The layout with a title and nothing else to fill; else the one with least to fill."""
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    return min(layouts, key=lambda layout: (len(_to_fill(layout)), not _titled(layout)))


def content_of(layout: SlideLayout):
    """The master's placeholder for body text, whose place is the content area; None without one."""
    kinds = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
    bodies = (each for each in layout.slide_master.placeholders if _kind(each) in kinds)
    return next(bodies, None)


def title_size(layout: SlideLayout) -> int:
    """The size of titles in points, as the layout or its master has it; 28 where none says."""
    places = [title._element for title in layout.placeholders if _kind(title) in TITLES]
    places.append(layout.slide_master._element.find(qn("p:txStyles")))
    for place in places:
        level = None if place is None else place.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
        if level is not None and level.get("sz"):
            return int(level.get("sz")) // 100
    return 28


def _read(template: Path) -> Presentation:
    try:
        return Presentation(BytesIO(_as_deck(template.read_bytes())))
    except OSError as problem:
        raise ValueError(f"{template}: cannot be read ({problem.strerror})") from None
    except (BadZipFile, KeyError, ValueError, AttributeError, etree.XMLSyntaxError):
        raise ValueError(
            f"{template}: is no PowerPoint file that can be read; give a template saved as .pptx"
        ) from None


def _as_deck(content: bytes) -> bytes:
    """A template file (.potx) says in one place that it is one; a deck must not."""
    with ZipFile(BytesIO(content)) as old:
        types = old.read("[Content_Types].xml")
        if TEMPLATE_TYPE not in types:
            return content
        parts = {name: old.read(name) for name in old.namelist()}
    parts["[Content_Types].xml"] = types.replace(TEMPLATE_TYPE, DECK_TYPE)
    zipped = BytesIO()
    with ZipFile(zipped, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return zipped.getvalue()


def _without_slides(deck: Presentation) -> Presentation:
    """Sample slides go, and with them the sections and shows that list them."""
    listed = deck.slides._sldIdLst
    for slide_id in list(listed):
        deck.part.drop_rel(slide_id.rId)
        listed.remove(slide_id)
    whole = deck.part._element
    for tag in ("p:custShowLst", "p:extLst"):
        for node in whole.findall(qn(tag)):
            whole.remove(node)
    return deck


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
        if _kind(shape) in places:
            shape.left, shape.top, shape.width, shape.height = places[_kind(shape)]
        if _kind(shape) is PP_PLACEHOLDER.TITLE:
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


def _to_fill(layout: SlideLayout) -> list:
    return [each for each in layout.placeholders if _kind(each) not in (*FURNITURE, *TITLES)]


def _titled(layout: SlideLayout) -> bool:
    return any(_kind(each) in TITLES for each in layout.placeholders)


def _kind(placeholder):
    return placeholder.placeholder_format.type
