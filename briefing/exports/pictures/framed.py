"""A chart in its frame: the title above, below it what it shows, rests on and comes from."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from briefing.charts import theme
from briefing.exhibits import stored_checks
from briefing.exhibits.exhibit import Exhibit
from briefing.exports.pictures.sizes import Size
from briefing.exports.pictures.tall import fitted
from briefing.exports.shared.text_width import lines
from briefing.material import basis
from briefing.material.material import Material
from briefing.material.provenance import Provenance, Tier, hash_of
from briefing.words import numbers
from model.assumptions import NOTHING

EDGE, GAP, LEADING = 24, 10, 1.3  # pixels; LEADING in lines
TITLE, SUBTITLE, FOOT = 20, 12, 10
SMALLEST_FOOT = 7
MOST_FOOT = 0.26  # of the picture's height; more would leave the chart too little to be read
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
# The charts that show the forecast under assumptions; all others show the fit or the evidence.
UNDER_ASSUMPTIONS = frozenset(
    "curves scenarios dots when comparison own_curves tornado belief".split()
)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")  # of Markdown, which a picture cannot follow
NARROWEST = {"dots": 300, "if_then": 500}  # a chart's own width in pixels, below which it crowds
LEAST_WIDTH, LARGEST_ZOOM = 460, 1.5


@dataclass(frozen=True)
class Block:
    """Lines of one size."""

    lines: tuple[str, ...]
    size: float
    bold: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


@dataclass(frozen=True, eq=False)
class Framed:
    """A whole picture: its figure in CSS pixels of the figure's own, and how much it is scaled."""

    figure: go.Figure
    width: float
    height: float
    scale: float


def framed(
    exhibit: Exhibit, material: Material, size: Size, background: str, provenance: Provenance
) -> Framed:
    """The exhibit with its words around it, at `size`, on a solid `light` or `dark` background.

    The chart keeps its own proportions of text to marks: it is enlarged or reduced as a whole.
    Its axis ranges are those of the screen. provenance: of the picture, told in its subtitle.
    """
    room, tall = size.width / size.unit - 2 * EDGE, size.height / size.unit
    head = _head(exhibit, material, provenance, room)
    foot = _foot(exhibit, material, provenance.tier, room, size.tallest or tall)
    around, natural = _high(head + foot) + 2 * (EDGE + GAP), exhibit.figure.layout.height
    if size.grows:
        tall = min(max(tall, math.ceil(around + natural)), size.tallest)
    drawn, least = fitted(exhibit.name, exhibit.figure, room, tall - around)
    natural = drawn.layout.height
    zoom = _zoom(exhibit.name, least, natural, room, tall - around)
    spare = (tall - around - natural * zoom) / 2
    edges = EDGE, EDGE + _high(head) + GAP + spare, EDGE + _high(foot) + GAP + spare
    figure = _steady(drawn, background)
    _widen(figure, [edge / zoom for edge in edges])
    _write(figure, head, EDGE, zoom, top=True)
    _write(figure, foot, EDGE + _high(foot), zoom, top=False)
    wide, high = (room + 2 * EDGE) / zoom, tall / zoom
    figure.update_layout(
        width=wide, height=high, paper_bgcolor=theme.PAPER[background], font_family=FONT
    )
    # The browser cuts fractions of a pixel off, so that 1919.9999 would be 1919.
    return Framed(figure, wide, high, size.unit * zoom * (1 + 1e-7))


def _steady(drawn: go.Figure, background: str) -> go.Figure:
    """A copy of a chart on this background that is the same drawing each time."""
    figure = theme.inked(go.Figure(drawn), background)
    figure.update_traces(marker_line_width=0, selector=dict(type="bar"))
    for place, trace in enumerate(figure.data):
        trace.uid = f"{place:06x}"  # in place of a name drawn by lot
    return figure


def _widen(figure: go.Figure, edges: Sequence[float]) -> None:
    """Make the margins wider by so many pixels: at the sides, on top, at the bottom."""
    side, top, bottom = edges
    old = figure.layout.margin
    margin = dict(l=old.l + side, r=old.r + side, t=old.t + top, b=old.b + bottom)
    figure.update_layout(margin=margin)


def sentences(exhibit: Exhibit, material: Material, provenance: Provenance) -> tuple[str, ...]:
    """Every sentence around the chart, unbroken, in reading order, as texts."""
    foot = _foot_sentences(exhibit, material, provenance.tier)
    return (exhibit.title, _subtitle(exhibit, material, provenance), *foot)


def _zoom(name: str, least: float, natural: float, wide: float, high: float) -> float:
    narrowest = least or NARROWEST.get(name, LEAST_WIDTH)
    largest = LARGEST_ZOOM if name != "dots" else high / natural
    return min(high / natural, wide / narrowest, largest)


def _subtitle(exhibit: Exhibit, material: Material, provenance: Provenance) -> str:
    if checked := stored_checks.of_what(exhibit.name, material):
        return f"{checked} {provenance.tool} {provenance.version}."
    as_of, by = numbers.long_date(provenance.as_of), numbers.long_date(provenance.deadline)
    supposed = exhibit.name in UNDER_ASSUMPTIONS and provenance.assumptions_hash != hash_of(NOTHING)
    assumed = ", as assumed below" if supposed else ""
    answered_by, run = provenance.answered_by, provenance.run
    answered = f", answered by run {answered_by}" if answered_by != run else ""
    made_by = f"Run {run}{answered}. {provenance.tool} {provenance.version}."
    return f"As of {as_of}, by {by}{assumed}. {made_by}"


def _foot_sentences(
    exhibit: Exhibit, material: Material, tier: Tier, most: int | None = None
) -> list[str]:
    """Caption, assumptions (at most so many, the rest counted), sources; of a check the first."""
    caption = [LINK.sub(r"\1", exhibit.caption)] if exhibit.caption else []
    if exhibit.name in stored_checks.CHECKS:  # of other evidence than the run, and of no set
        return caption
    assumed = _assumed(exhibit, material, tier)
    shown, more = assumed[:most], len(assumed[most:]) if most else 0
    supposed = f"{'; '.join(shown)}{f'; and {more} more' if more else ''}"
    if not supposed.endswith("."):
        supposed = f"Assumed: {supposed}."
    return [*caption, supposed, basis.sources(material, tier)]


def _assumed(exhibit: Exhibit, material: Material, tier: Tier) -> list[str]:
    """What the chart supposes; of a gap between two sets, what changes from one to the other."""
    if exhibit.name == "gap":
        rows = exhibit.numbers.itertuples()
        return [f"{row.title}: {row.said_before} → {row.said_after}" for row in rows]
    if exhibit.name not in UNDER_ASSUMPTIONS:
        return [basis.PUBLISHED]
    return basis.assumed(material, tier)


def _head(exhibit: Exhibit, material: Material, provenance: Provenance, room: float) -> list[Block]:
    title = Block(tuple(lines(exhibit.title, TITLE, room, bold=True)), TITLE, bold=True)
    below = lines(_subtitle(exhibit, material, provenance), SUBTITLE, room)
    return [title, Block(tuple(below), SUBTITLE)]


def _foot(
    exhibit: Exhibit, material: Material, tier: Tier, room: float, height: float
) -> list[Block]:
    """In ever smaller letters, and then with ever fewer assumptions, until it fits its part."""
    all_assumed = len(_assumed(exhibit, material, tier))
    tries = [(size, all_assumed) for size in range(FOOT, SMALLEST_FOOT - 1, -1)]
    tries += [(SMALLEST_FOOT, most_assumed) for most_assumed in range(all_assumed - 1, 0, -1)]
    for size, most_assumed in tries:
        sentences = _foot_sentences(exhibit, material, tier, most_assumed)
        block = Block(_broken(sentences, size, room), size)
        if block.height <= MOST_FOOT * height:
            break
    return [block]


def _broken(sentences: Sequence[str], size: float, room: float) -> tuple[str, ...]:
    return tuple(line for sentence in sentences for line in lines(sentence, size, room))


def _high(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def _write(figure: go.Figure, blocks: Sequence[Block], start: float, zoom: float, top: bool):
    """The blocks one below the other; `start` pixels from the picture's top or bottom edge."""
    margin, down = figure.layout.margin, 0.0
    for block in blocks:
        shift = margin.t - (start + down) / zoom if top else (start - down) / zoom - margin.b
        text = "<br>".join(escape(line, quote=False) for line in block.lines)
        figure.add_annotation(
            x=0,
            y=1 if top else 0,
            xref="paper",
            yref="paper",
            xshift=EDGE / zoom - margin.l,
            yshift=shift,
            text=f"<b>{text}</b>" if block.bold else text,
            font_size=block.size / zoom,
            xanchor="left",
            yanchor="top",
            align="left",
            showarrow=False,
            borderpad=0,
        )
        down += block.height
