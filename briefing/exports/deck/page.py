"""One slide while it is filled: title, subtitle, banner, number and text, each named and placed."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Emu, Pt

from briefing.exports.deck import house, template
from briefing.exports.deck.box import INSET, Box
from briefing.exports.deck.text import AFTER, Paragraph, height, largest, split

MUTED = 0.35  # how far muted text moves from the theme's text colour to grey
TITLE_LEAST, SUBTITLE, SUBTITLE_LEAST = 14, 13, 8
BANNER, BANNER_LEAST = 12, 6
TEXT_LEAST, FOOT = 11, 12
MOST_SLIDES = 120  # of a deck; ours have ten or so


@dataclass(frozen=True)
class Frame:
    """What all slides of a deck share: where the title, the content and the banners stand."""

    slide: Box
    title: Box
    content: Box
    banners: tuple[Box, ...]
    title_size: int


def frame(deck: Presentation, banner: str) -> Frame:
    """The template's own places for title and content, moved as far as a banner needs room.

    Places that leave too little, such as a title beside the content, give way to plain ones. The
    boxes are in EMU, the size of the title in points.
    """
    wide, high = deck.slide_width, deck.slide_height
    layout = house.layout_of(deck)
    strip = max(Pt(20), round(high * 0.036)) if banner else 0
    title, content = _places(layout, wide, high, house.suits(layout, deck))
    top = max(title.top, strip)
    title = replace(title, top=top, height=min(max(title.height, high // 10), high // 6))
    floor = min(content.bottom, high - strip - (_number_height(layout) if strip else 0))
    start = max(title.bottom, min(content.top, title.bottom + high // 20))
    content = replace(content, top=start, height=floor - start)
    banners = (Box(0, 0, wide, strip), Box(0, high - strip, wide, strip)) if banner else ()
    return Frame(Box(0, 0, wide, high), title, content, banners, template.title_size(layout))


def _places(layout, wide: int, high: int, suited: bool) -> tuple[Box, Box]:
    title, content = _box(_title_of(layout)), _box(template.content_of(layout))
    slide = Box(0, 0, wide, high)
    if suited and title in slide and content in slide:
        roomy = content.width >= 0.6 * wide and content.height >= 0.5 * high
        if roomy and title.top <= 0.3 * high:
            return title, content
    margin = round(wide * 0.045)
    title = Box(margin, round(high * 0.055), wide - 2 * margin, high // 8)
    below = round(high * 0.92) - title.bottom
    return title, Box(margin, title.bottom, title.width, below)


def _cover(slide: Slide) -> None:
    """A plain background in place of one on which text could not be read or something stands."""
    slide.background.fill.solid()
    slide.background.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    slide._element.set("showMasterSp", "0")


class Page:
    """A slide under way; `key` is the first part of the names of everything on it.

    body: what is still free. Text boxes are named `araxes:KEY:NAME`.
    """

    def __init__(self, deck: Presentation, key: str, title: str, subtitle: str, banner: str = ""):
        """A new slide of `deck` with its title, subtitle, number and banner."""
        self.key, self.title, self.shown = key, title, []
        shared = frame(deck, banner)
        layout = house.layout_of(deck)
        if len(deck.slides) >= MOST_SLIDES:
            raise ValueError(
                f"the deck would have more than {MOST_SLIDES} slides; give a template with more "
                "room"
            )
        self.slide: Slide = deck.slides.add_slide(layout)
        if not house.suits(layout, deck):
            _cover(self.slide)
        self._write_title(shared)
        head, self.body = shared.content.cut(Pt(24), Pt(8))
        self.text("subtitle", head, [Paragraph(subtitle, muted=True)], SUBTITLE, SUBTITLE_LEAST)
        self._write_number(layout, shared)
        for place, box in zip(("top", "bottom"), shared.banners, strict=False):
            self._write_banner(f"banner-{place}", box, banner)

    def name(self, shape_name: str) -> str:
        """The stable name of a shape, `araxes:KEY:SHAPE_NAME`, by which others find it again."""
        return f"araxes:{self.key}:{shape_name}"

    def text(
        self,
        shape_name: str,
        box: Box,
        paragraphs: Sequence[Paragraph],
        most: int,
        least: int = TEXT_LEAST,
        align: PP_ALIGN = PP_ALIGN.LEFT,
        anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    ) -> list[Paragraph]:
        """Write what fits, at the largest size in points that fits; what is left for another slide.

        shape_name: the text box's, see `name`. most, least: sizes in points.
        """
        size = largest(paragraphs, box.room, most, least)
        fitting, rest = split(paragraphs, size, box.room)
        shape = self.slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
        shape.name = self.name(shape_name)
        write(shape.text_frame, fitting, size, align)
        shape.text_frame.vertical_anchor = anchor
        return rest

    def foot(self, box: Box, reading: str) -> Box:
        """Write how to read a chart at the bottom of a box; what is left of the box above it."""
        paragraphs = [Paragraph(reading, muted=True)]
        high = Pt(height(paragraphs, FOOT, box.room[0]) + 1) + 2 * INSET
        above, below = box.cut(box.height - high - Pt(2), Pt(2))
        self.text("caption", below, paragraphs, FOOT, FOOT)
        return above

    def block(self, shape_name: str, box: Box, colour: str) -> None:
        """A plain rectangle in one colour, `#rrggbb`, which says nothing by itself."""
        shape = self.slide.shapes.add_shape(1, box.left, box.top, box.width, box.height)
        shape.name = self.name(shape_name)
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
        shape.line.fill.background()
        shape.shadow.inherit = False

    def place(self, graphic, shape_name: str, alt: str) -> None:
        """Name a chart or table and give it its alt text, which the notes repeat."""
        graphic.name = self.name(shape_name)
        graphic._element.nvGraphicFramePr.cNvPr.set("descr", alt)
        self.shown.append(alt)

    def _write_title(self, shared: Frame) -> None:
        for placeholder in list(self.slide.placeholders):
            if placeholder.placeholder_format.type not in house.TITLES:
                placeholder._element.getparent().remove(placeholder._element)
        box, title_shape = shared.title, self.slide.shapes.title
        if title_shape is None:
            title_shape = self.slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
        title_shape.left, title_shape.top = box.left, box.top
        title_shape.width, title_shape.height = box.width, box.height
        title_shape.name = self.name("title")
        paragraphs = [Paragraph(self.title, bold=True)]
        room = box.width - 2 * Pt(8), box.height - 2 * Pt(4)
        most = min(shared.title_size, 30)
        points = tuple(Emu(side).pt for side in room)
        size = largest(paragraphs, points, most, TITLE_LEAST)
        frame = title_shape.text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.text = self.title
        frame.paragraphs[0].runs[0].font.size = Pt(size)

    def _write_number(self, layout, shared: Frame) -> None:
        """The slide's number, where and as the template has it."""
        number = _number_of(layout)
        if _box(number) not in shared.slide:
            return
        copy = deepcopy(number._element)
        self.slide.shapes._spTree.append(copy)
        shape = next(each for each in self.slide.placeholders if each._element is copy)
        # A copy brings the id of the layout's shape, which another on the slide may have.
        copy.nvSpPr.cNvPr.set("id", str(max(each.shape_id for each in self.slide.shapes) + 1))
        shape.name = self.name("number")
        box = _box(number)
        if shared.banners and box and box.bottom > shared.banners[1].top:
            shape.left, shape.width, shape.height = box.left, box.width, box.height
            shape.top = shared.banners[1].top - box.height

    def _write_banner(self, shape_name: str, box: Box, banner: str) -> None:
        paragraphs = [Paragraph(banner, bold=True)]
        centred = PP_ALIGN.CENTER, MSO_ANCHOR.MIDDLE
        self.text(shape_name, box, paragraphs, BANNER, BANNER_LEAST, *centred)


def write(
    frame, paragraphs: Sequence[Paragraph], size: float, align: PP_ALIGN = PP_ALIGN.LEFT
) -> None:
    """Fill a text frame with paragraphs at a size in points, fixed, since it was measured."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = INSET
    for place, paragraph in enumerate(paragraphs):
        # A text frame always has a first paragraph.
        drawn = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        drawn.alignment = align
        if place + 1 < len(paragraphs):
            drawn.space_after = Pt(round(AFTER * size * paragraph.times))
        _write_runs(drawn, paragraph, round(size * paragraph.times))


def _write_runs(drawn, paragraph: Paragraph, size: int) -> None:
    gap = " " if paragraph.lead and paragraph.text else ""
    muted, colour = paragraph.muted, paragraph.colour
    _run(drawn, paragraph.lead + gap, size, True, muted, colour)
    # the gap is not the link's, where it would be underlined
    gap = " " if paragraph.tail else ""
    _run(drawn, paragraph.text + gap, size, paragraph.bold, muted, colour)
    tail = _run(drawn, paragraph.tail, size, False, True, "")
    # An address may come from a user's table: none that runs a program becomes a link.
    if tail is not None and paragraph.link.startswith(("http://", "https://")):
        tail.hyperlink.address = paragraph.link


def _run(drawn, text: str, size: int, bold: bool, muted: bool, colour: str):
    if not text:
        return None
    run = drawn.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour[1:])
    elif muted:
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
        run.font.color.brightness = MUTED
    return run


def _title_of(layout):
    kinds = house.TITLES
    titles = (each for each in layout.placeholders if each.placeholder_format.type in kinds)
    return next(titles, None)


def _number_of(layout):
    kind = PP_PLACEHOLDER.SLIDE_NUMBER
    numbers = (each for each in layout.placeholders if each.placeholder_format.type == kind)
    return next(numbers, None)


def _number_height(layout) -> int:
    box = _box(_number_of(layout))
    return box.height if box else 0


def _box(placeholder) -> Box | None:
    """Where a placeholder stands, by itself or by its master's; None where nothing says."""
    if placeholder is None or placeholder.width is None:
        return None
    return Box(placeholder.left, placeholder.top, placeholder.width, placeholder.height)
