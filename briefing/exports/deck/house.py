"""A house's template: read as from a stranger, cleared of what is not its look, and its layout."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout

from briefing.exports.shared import office, strict_xml

MOST_BYTES = 60_000_000  # unpacked; houses keep pictures in their templates
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
# What a file may say that its main part is: templates and shows, with macros or without.
MAINS = (
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
)
# The look of a house; all else that a part refers to (old slides, comments and their authors,
# macros, tags, printers, properties) stays behind.
KEPT = ("slideMaster", "slideLayout", "theme", "tableStyles", "presProps", "notesMaster", "image")
OF_PACKAGE = ("/officeDocument",)
LISTING = ("p:handoutMasterIdLst", "p:custShowLst", "p:custDataLst", "p:extLst", "p:modifyVerifier")
ABOUT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Araxes</Application></Properties>"
)
ABOUT_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
LARGE = 0.2  # of the slide: a picture or a coloured shape that text may not stand on
LEAST_CONTRAST = 4.5  # between text and background, as WCAG has it


def opened(template: Path) -> Presentation:
    """The template without its slides and whatever else is not its look.

    Raises ValueError, one plain line, for a file that is no PowerPoint file, or one too large.
    """
    try:
        content = template.read_bytes()
    except OSError as problem:
        raise ValueError(f"{template}: cannot be read ({problem.strerror})") from None
    return read(template, content)


def read(template: Path, content: bytes) -> Presentation:
    """`opened` of a file's bytes; `template` is what errors call it."""
    try:
        deck = Presentation(BytesIO(_as_deck(content)))
        cleared(deck)
        # Parts are looked for only when asked for: all that a slide needs is asked for here.
        suited = [suits(layout, deck) for layout in _all(deck)]
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, etree.LxmlError) as error:
        why = f" ({error})" if "unpacks to" in str(error) or "twice" in str(error) else ""
        raise ValueError(
            f"{template}: is no PowerPoint file that can be read{why}; give a template saved as "
            ".pptx"
        ) from None
    if not suited:
        raise ValueError(f"{template}: has no slide layout; save the template with its layouts")
    return deck


def _as_deck(content: bytes) -> bytes:
    """A template or show says in one place that it is one; a deck must not."""
    with office.unpacked(content, MOST_BYTES) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    types = parts["[Content_Types].xml"]
    for kind in MAINS:
        types = types.replace(kind.encode(), MAIN.encode())
    parts["[Content_Types].xml"] = types
    zipped = BytesIO()
    with ZipFile(zipped, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return zipped.getvalue()


def cleared(deck: Presentation) -> None:
    """Drop the slides, and every reference of the deck to what is not its look."""
    package = deck.part.package
    _forget(package._rels, OF_PACKAGE)
    about = Part(PackURI("/docProps/app.xml"), ABOUT_TYPE, package, ABOUT)
    package.relate_to(about, EXTENDED)
    listed = deck.slides._sldIdLst
    for slide in list(listed):
        listed.remove(slide)
    for tag in LISTING:
        for node in deck.part._element.findall(qn(tag)):
            deck.part._element.remove(node)
    _forget_of(deck.part)
    for master in deck.slide_masters:
        _forget_of(master.part)
        for layout in master.slide_layouts:
            _forget_of(layout.part)


def _forget_of(part) -> None:
    gone = _forget(part.rels, tuple(f"/{kind}" for kind in KEPT))
    # What names a reference that is gone goes too: a link, a tag, a sound, an embedded object.
    for node in part._element.xpath("//*[@r:id or @r:embed or @r:link or @r:pict]"):
        if gone & set(node.attrib.values()) and node.getparent() is not None:
            node.getparent().remove(node)


def _forget(relations, kept: tuple[str, ...]) -> set[str]:
    """Drop the relations of other kinds; their ids."""
    gone = {id for id, each in relations.items() if not each.reltype.endswith(kept)}
    for id in gone:
        relations.pop(id)
    return gone


def layout_of(deck: Presentation) -> SlideLayout:
    """The layout to fill: suited to text, with a title and nothing else; else the nearest to it."""
    return min(_all(deck), key=lambda each: _unfit(each, deck))


def _all(deck: Presentation) -> list[SlideLayout]:
    return [layout for master in deck.slide_masters for layout in master.slide_layouts]


def _unfit(layout: SlideLayout, deck: Presentation) -> tuple:
    to_fill = [each for each in layout.placeholders if kind(each) not in (*FURNITURE, *TITLES)]
    titled = any(kind(each) in TITLES for each in layout.placeholders)
    named = layout._element.get("type") == "titleOnly"
    return not suits(layout, deck), not named, len(to_fill), not titled


def suits(layout: SlideLayout, deck: Presentation) -> bool:
    """Whether text in the theme's colour can be read anywhere on it.

    No text or large picture of its own stands there, and its background is far from the text's
    colour.
    """
    area = deck.slide_width * deck.slide_height
    shown = layout._element.get("showMasterSp") != "0"
    of_master = layout.slide_master.shapes if shown else ()
    shapes = [each for each in (*layout.shapes, *of_master) if not each.is_placeholder]
    if any(_says(each) and each._element in layout._element.iter() for each in shapes):
        return False
    if any(_covers(each, area) for each in shapes):
        return False
    return contrast(layout) >= LEAST_CONTRAST


def _says(shape) -> bool:
    return shape.has_text_frame and bool(shape.text_frame.text.strip())


def _covers(shape, area: int) -> bool:
    large = (shape.width or 0) * (shape.height or 0) > LARGE * area
    return large and shape._element.find(f".//{qn('a:noFill')}") is None


def contrast(layout: SlideLayout) -> float:
    """The contrast of the theme's text on the layout's background, 1..21; 21 where none is told.

    Of a gradient or a picture the colour cannot be known, and the contrast is 1.
    """
    theme = _theme(layout.slide_master)
    colours = _mapped(layout.slide_master, theme)
    for part in (layout, layout.slide_master):
        background = part._element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if background is not None:
            behind = _colour(background, colours)
            return 1.0 if behind is None else _ratio(behind, colours.get("tx1", "000000"))
    return _ratio(colours.get("bg1", "FFFFFF"), colours.get("tx1", "000000"))


def _theme(master) -> etree._Element:
    parts = master.part.rels.values()
    themes = [each.target_part for each in parts if each.reltype.endswith("/theme")]
    if not themes:
        raise KeyError("no theme")
    return strict_xml.parsed(themes[0].blob)


def _mapped(master, theme: etree._Element) -> dict[str, str]:
    """Name of a colour, as slides use it -> six hexadecimal digits."""
    scheme = theme.find(f".//{qn('a:clrScheme')}")
    own = {}
    for entry in () if scheme is None else scheme:
        colour = next(iter(entry), None)
        if colour is not None:
            own[etree.QName(entry).localname] = colour.get("lastClr") or colour.get("val")
    names = master._element.find(qn("p:clrMap"))
    mapped = {} if names is None else {of: own.get(to) for of, to in names.attrib.items()}
    return {name: code for name, code in (own | mapped).items() if code and len(code) == 6}


def _colour(background: etree._Element, colours: dict[str, str]) -> str | None:
    """Six hexadecimal digits; None of a picture or a gradient, whose colour is not one."""
    if any(background.find(f".//{qn(kind)}") is not None for kind in ("a:blip", "a:gsLst")):
        return None
    plain = background.find(f".//{qn('a:srgbClr')}")
    if plain is not None:
        return plain.get("val")
    named = background.find(f".//{qn('a:schemeClr')}")
    return None if named is None else colours.get(named.get("val"))


def _ratio(colour: str, other: str) -> float:
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(code: str) -> float:
    """Relative luminance, 0..1, as WCAG 2.2 defines it."""
    shares = [int(code[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def kind(placeholder):
    """The kind of a placeholder, a PP_PLACEHOLDER."""
    return placeholder.placeholder_format.type
