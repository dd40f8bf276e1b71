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

from briefing.exports.deck import template
from briefing.exports.deck import text as deck_text
from briefing.exports.deck.box import INSET, Box
from briefing.exports.deck.text import Said

MUTED = 0.35  # how far muted text moves from the theme's text colour to grey
TITLE_LEAST, SUBTITLE, SUBTITLE_LEAST = 14, 13, 8
BANNER, BANNER_LEAST = 12, 6
TEXT_LEAST, FOOT = 11, 12


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

    Places that leave too little, such as a title beside the content, give way to plain ones.
    """
    wide, high = deck.slide_width, deck.slide_height
    layout = template.layout_of(deck)
    strip = max(Pt(20), round(high * 0.036)) if banner else 0
    title, content = _places(layout, wide, high)
    top = max(title.top, strip)
    title = replace(title, top=top, height=min(max(title.height, high // 10), high // 6))
    floor = min(content.bottom, high - strip - (_number_height(layout) if strip else 0))
    start = max(title.bottom, min(content.top, title.bottom + high // 20))
    content = replace(content, top=start, height=floor - start)
    banners = (Box(0, 0, wide, strip), Box(0, high - strip, wide, strip)) if banner else ()
    return Frame(Box(0, 0, wide, high), title, content, banners, template.title_size(layout))


def _places(layout, wide: int, high: int) -> tuple[Box, Box]:
    title, content = _box(_title_of(layout)), _box(template.content_of(layout))
    slide = Box(0, 0, wide, high)
    if title in slide and content in slide:
        if content.width >= 0.6 * wide and title.top <= 0.3 * high:
            return title, content
    margin = round(wide * 0.045)
    title = Box(margin, round(high * 0.055), wide - 2 * margin, high // 8)
    below = round(high * 0.92) - title.bottom
    return title, Box(margin, title.bottom, title.width, below)


class Page:
    """A slide under way; `key` is the first part of the names of everything on it.

    body: what is still free. Text boxes are named `araxes:KEY:NAME`.
    """

    def __init__(self, deck: Presentation, key: str, title: str, subtitle: str, banner: str = ""):
        """A new slide of `deck` with its title, subtitle, number and banner."""
        self.key, self.title, self.shown = key, title, []
        shared = frame(deck, banner)
        layout = template.layout_of(deck)
        self.slide: Slide = deck.slides.add_slide(layout)
        self._write_title(shared)
        head, self.body = shared.content.cut(Pt(24), Pt(8))
        self.text("subtitle", head, [Said(subtitle, muted=True)], SUBTITLE, SUBTITLE_LEAST)
        self._write_number(layout, shared)
        for place, box in zip(("top", "bottom"), shared.banners, strict=False):
            self._write_banner(f"banner-{place}", box, banner)

    def name(self, part: str) -> str:
        """The stable name of a shape."""
        return f"araxes:{self.key}:{part}"

    def text(
        self,
        part: str,
        box: Box,
        paragraphs: Sequence[Said],
        most: int,
        least: int = TEXT_LEAST,
        align: PP_ALIGN = PP_ALIGN.LEFT,
        anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    ) -> list[Said]:
        """Write what fits, at the largest size that fits; what is left is for another slide."""
        size = deck_text.largest(paragraphs, box.room, most, least)
        kept, rest = deck_text.split(paragraphs, size, box.room)
        shape = self.slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
        shape.name = self.name(part)
        write(shape.text_frame, kept, size, align)
        shape.text_frame.vertical_anchor = anchor
        return rest

    def foot(self, box: Box, said: str) -> Box:
        """Write how to read what is above at the bottom of a box; what is left of the box."""
        line = [Said(said, muted=True)]
        high = Pt(deck_text.height(line, FOOT, box.room[0]) + 1) + 2 * INSET
        left, below = box.cut(box.height - high - Pt(2), Pt(2))
        self.text("caption", below, line, FOOT, FOOT)
        return left

    def block(self, part: str, box: Box, colour: str) -> None:
        """A plain rectangle in one colour, which says nothing by itself."""
        shape = self.slide.shapes.add_shape(1, box.left, box.top, box.width, box.height)
        shape.name = self.name(part)
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
        shape.line.fill.background()
        shape.shadow.inherit = False

    def place(self, graphic, part: str, alt: str) -> None:
        """Name a chart or table and give it its alt text, which the notes repeat."""
        graphic.name = self.name(part)
        graphic._element.nvGraphicFramePr.cNvPr.set("descr", alt)
        self.shown.append(alt)

    def _write_title(self, shared: Frame) -> None:
        for one in list(self.slide.placeholders):
            if one.placeholder_format.type not in template.TITLES:
                one._element.getparent().remove(one._element)
        box, held = shared.title, self.slide.shapes.title
        if held is None:
            held = self.slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
        held.left, held.top, held.width, held.height = box.left, box.top, box.width, box.height
        held.name = self.name("title")
        said = [Said(self.title, bold=True)]
        room = box.width - 2 * Pt(8), box.height - 2 * Pt(4)
        most = min(shared.title_size, 30)
        size = deck_text.largest(said, tuple(Emu(side).pt for side in room), most, TITLE_LEAST)
        frame = held.text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.text = self.title
        frame.paragraphs[0].runs[0].font.size = Pt(size)

    def _write_number(self, layout, shared: Frame) -> None:
        """The slide's number, where and as the template has it."""
        number = _number_of(layout)
        if _box(number) not in shared.slide:
            return
        copied = deepcopy(number._element)
        self.slide.shapes._spTree.append(copied)
        shape = next(one for one in self.slide.placeholders if one._element is copied)
        copied.nvSpPr.cNvPr.set("id", str(max(one.shape_id for one in self.slide.shapes) + 1))
        shape.name = self.name("number")
        box = _box(number)
        if shared.banners and box and box.bottom > shared.banners[1].top:
            shape.left, shape.width, shape.height = box.left, box.width, box.height
            shape.top = shared.banners[1].top - box.height

    def _write_banner(self, part: str, box: Box, banner: str) -> None:
        said = [Said(banner, bold=True)]
        self.text(part, box, said, BANNER, BANNER_LEAST, PP_ALIGN.CENTER, MSO_ANCHOR.MIDDLE)


def write(frame, paragraphs: Sequence[Said], size: float, align: PP_ALIGN = PP_ALIGN.LEFT) -> None:
    """Fill a text frame with paragraphs; sizes are fixed, since they were measured."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = INSET
    for place, one in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = align
        if place + 1 < len(paragraphs):
            paragraph.space_after = Pt(round(deck_text.AFTER * size * one.times))
        _write_runs(paragraph, one, round(size * one.times))


def _write_runs(paragraph, one: Said, size: int) -> None:
    gap = " " if one.lead and one.text else ""
    _run(paragraph, one.lead + gap, size, True, one.muted, one.colour)
    _run(paragraph, one.text, size, one.bold, one.muted, one.colour)
    tail = _run(paragraph, f" {one.tail}" if one.tail else "", size, False, True, "")
    if tail is not None and one.link.startswith(("http://", "https://")):
        tail.hyperlink.address = one.link


def _run(paragraph, text: str, size: int, bold: bool, muted: bool, colour: str):
    if not text:
        return None
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour[1:])
    elif muted:
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
        run.font.color.brightness = MUTED
    return run


def _title_of(layout):
    kinds = template.TITLES
    return next((one for one in layout.placeholders if one.placeholder_format.type in kinds), None)


def _number_of(layout):
    kind = PP_PLACEHOLDER.SLIDE_NUMBER
    found = (one for one in layout.placeholders if one.placeholder_format.type == kind)
    return next(found, None)


def _number_height(layout) -> int:
    box = _box(_number_of(layout))
    return box.height if box else 0


def _box(placeholder) -> Box | None:
    """Where a placeholder stands, by itself or by its master's; None where nothing says."""
    if placeholder is None or placeholder.width is None:
        return None
    return Box(placeholder.left, placeholder.top, placeholder.width, placeholder.height)
