"""The slides of the forecast, one function per slide; each leaves out what has nothing to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import pandas as pd
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Pt

from briefing.charts import labels, theme
from briefing.exhibits import catalogue
from briefing.exports.deck import charts, formats, notes, table
from briefing.exports.deck.box import Box
from briefing.exports.deck.page import Page
from briefing.exports.deck.table import Rows
from briefing.exports.deck.text import Paragraph, largest
from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.material.story import Story, given
from briefing.words import numbers, tables

NAME_MOST = 40  # characters of a set's name in a subtitle; the whole stands on its own slide
LABEL, LABEL_ROOM = 14, 46  # size and height, in points, of a label beside a curve
CARDS_MOST = 4
ALL_CAME = "Every outcome has come about"
LEFT_OUT = ("By", "Published", "In 100", "Monte Carlo error")  # they stand elsewhere on the slide
NUMBERS = ("Probability", "90% interval")
CURVES_READ = (
    "Line: mean over the posterior. Dashed: its 90% interval. Dotted: the deadline. Beside each "
    "curve: the chance by the deadline, and where the curve ends."
)


@dataclass(frozen=True, eq=False)
class Making:
    """A deck under way: its story, what it is made of, and the banner of every slide."""

    deck: Presentation
    story: Story
    material: Material
    banner: str

    def page(self, key: str, title: str, assumed: bool = True, about: str = "") -> Page:
        """A new slide; `assumed` says whether its numbers are under the assumptions.

        key: the first part of its shapes' names. about: what the subtitle starts with.
        """
        subtitle = " ".join(filter(None, [about, self._subtitle(assumed)]))
        return Page(self.deck, key, title, subtitle, self.banner)

    def done(self, page: Page, *reading: str) -> None:
        """Write the notes of a slide that is finished; `reading` tells how to read it."""
        notes.write(page, self.story, self.material, reading)

    def rest_of_text(self, key: str, title: str, rest: Sequence[Paragraph], most: int) -> None:
        """Further slides for text that one did not hold."""
        for place in count(2):
            if not rest:
                return
            page = self.page(f"{key}-{place}", f"{title} (continued)")
            rest = page.text("text", page.body, rest, most)
            self.done(page)

    def rest_of_table(self, key: str, title: str, rest: Rows | None, alt: str) -> None:
        """Further slides for rows that one did not hold."""
        for place in count(2):
            if rest is None:
                return
            page = self.page(f"{key}-{place}", f"{title} (continued)")
            rest = table.table(page, "table", page.body, rest, alt)
            self.done(page)

    def forecast(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Those rows of the outcomes that the set does not suppose itself; all where none is."""
        free = rows[~rows["outcome"].isin(given(self.material))]
        return free if len(free) else rows

    def told(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with a column `given`: whether the set supposes the outcome itself."""
        return rows.assign(given=rows["outcome"].isin(given(self.material)))

    @property
    def colours(self) -> dict[str, str]:
        return theme.outcome_colours(self.material.scenario.outcome_ids)

    def _subtitle(self, assumed: bool) -> str:
        origin = f"{self.story.subtitle}; run {self.material.run.id}"
        if self.material.assumptions.is_empty:
            return origin
        return f"{origin}; {self._under() if assumed else 'published, with nothing assumed'}"

    def _under(self) -> str:
        provenance = self.story.provenance
        if provenance.tier is Tier.numbers:
            return f"under assumptions {provenance.assumptions_hash}"
        name = self.material.set_name
        return f"assuming {labels.shortened(name, NAME_MOST)}" if name else "under assumptions"


def bottom_line(making: Making) -> None:
    """The leading chances as large numbers, each with its sentence; their intervals; the basis."""
    leading = making.material.answer.leading
    if leading.empty:
        return
    first = making.forecast(leading).iloc[0].to_dict()
    about, rows = f"{making.material.scenario.title}.", leading.to_dict("records")
    page = making.page("bottom-line", _headline(first), about=about)
    foot = Pt(84)
    cards, below = page.body.cut(page.body.height - foot, Pt(8))
    many = len(rows)
    places = cards.parts(many) if many <= CARDS_MOST else cards.rows(many)
    _cards(page, places, rows, making)
    basis = numbers.capital(making.story.basis)
    doubts = filter(None, (making.story.intervals, *making.story.begun))
    lines = [*map(Paragraph, doubts), *[Paragraph(basis, muted=True)] * bool(basis)]
    page.text("basis", below, lines, 16, 9)
    making.done(page)


def outcomes(making: Making) -> None:
    """Every outcome: bars of the chances beside a table of intervals and likelihood words."""
    rows, in_words = making.told(making.material.answer.open), making.story.numbers
    title = _likeliest_outcome(making.forecast(rows)) if len(rows) else ALL_CAME
    page = making.page("outcomes", title)
    box = page.body
    if len(rows):
        left, box = page.body.columns(0.38)
        alt = _outcomes_alt(rows)
        colours = [making.colours[id] for id in rows["outcome"]]
        chances = {"Probability": rows["probability"]}
        names, shown = list(rows["title"]), [formats.told(row) for row in rows.to_dict("records")]
        charts.bars(page, "chart", left, names, chances, [shown], [colours], alt)
    columns = [name for name in in_words.columns if name not in LEFT_OUT]
    number_columns = frozenset(place for place, name in enumerate(columns) if name in NUMBERS)
    cells = [columns, *in_words[columns].to_numpy().tolist()]
    alt = (
        f"Every outcome by {numbers.long_date(making.material.deadline)}: chance, interval, words."
    )
    rest = table.table(page, "table", box, Rows(cells, {}, number_columns), alt)
    making.done(page, making.story.intervals)
    making.rest_of_table("outcomes", title, rest, alt)


def curves(making: Making) -> None:
    """The leading probabilities over time, a label at the end of each curve."""
    if making.material.answer.leading.empty:
        return
    exhibit = catalogue.make("curves", making.material)
    ends = making.material.answer.curves.groupby("outcome", sort=False).last()
    page = making.page("curves", _rise(making.forecast(making.material.answer.leading), ends))
    left, right = page.foot(page.body, CURVES_READ).columns(0.75, Pt(4))
    inside = charts.curves(page, "chart", left, exhibit.numbers, making.colours, exhibit.alt)
    _end_labels(page, right, inside, making, ends)
    making.done(page, CURVES_READ)


def scenarios(making: Making) -> None:
    """Bars of the probabilities of the joint futures, likeliest first."""
    if making.material.answer.open.empty:
        return
    exhibit = catalogue.make("scenarios", making.material)
    rows = exhibit.numbers
    title = numbers.likeliest(rows.iloc[0].to_dict()).removesuffix(".")
    page = making.page("scenarios", title)
    chart = page.foot(page.body, exhibit.caption)
    series = {"Probability": rows["probability"]}
    shown, grey = formats.chances(rows["probability"], rows["mcse"]), [theme.GREY] * len(rows)
    charts.bars(page, "chart", chart, list(rows["name"]), series, [shown], [grey], exhibit.alt)
    making.done(page, exhibit.caption)


def _headline(row: dict) -> str:
    chance = numbers.percent(row["probability"], row["mcse"])
    return f"{row['title']} by {numbers.long_date(row['deadline'])}: {chance}"


def _likeliest_outcome(rows: pd.DataFrame) -> str:
    row = rows.loc[rows["probability"].idxmax()].to_dict()
    if len(rows) == 1:
        return _headline(row)
    return f"Likeliest of {numbers.count(len(rows))}: {_headline(row)}"


def _rise(rows: pd.DataFrame, ends: pd.DataFrame) -> str:
    row = rows.iloc[0]
    end = ends.loc[row["outcome"]]
    now = numbers.percent(row["probability"], row["mcse"])
    later = numbers.percent(end["probability"])
    by = numbers.long_date(row["deadline"])
    return f"{row['title']}: {now} by {by}, {later} by {numbers.long_date(end['date'])}"


def _outcomes_alt(rows: pd.DataFrame) -> str:
    chances = "; ".join(f"{row['title']} {numbers.told(row)}" for row in rows.to_dict("records"))
    by = numbers.long_date(rows["deadline"].iloc[0])
    return f"Bars of each outcome's chance by {by}: {chances}."


def _cards(page: Page, places: Sequence[Box], rows: Sequence[dict], making: Making) -> None:
    """One card per outcome, all in the size that the fullest one needs."""
    boxes = [place.cut(Pt(5), Pt(6)) for place in places]
    paragraphs_per_card = [
        _card(row, sentence, box, row["outcome"] in given(making.material))
        for row, sentence, (_, box) in zip(rows, making.story.bottom_line, boxes, strict=True)
    ]
    size = min(
        largest(paragraphs, box.room, 20, 9)
        for paragraphs, (_, box) in zip(paragraphs_per_card, boxes, strict=True)
    )
    for row, paragraphs, (bar, box) in zip(rows, paragraphs_per_card, boxes, strict=True):
        shape_name = f"card:{row['outcome']}"
        page.block(f"{shape_name}:bar", bar, making.colours[row["outcome"]])
        page.text(shape_name, box, paragraphs, size, 9)


def _card(row: dict, sentence: str, box: Box, is_given: bool) -> list[Paragraph]:
    number = tables.GIVEN if is_given else numbers.percent(row["probability"], row["mcse"])
    if box.height < Pt(110):
        return [Paragraph(sentence, lead=f"{row['title']}, {number}.")]
    return [
        Paragraph(row["title"], bold=True),
        Paragraph(number, bold=True, times=2.6),
        Paragraph(sentence),
    ]


def _end_labels(page: Page, beside: Box, inside: Box, making: Making, ends: pd.DataFrame) -> None:
    """The name and both numbers of each curve, level with its end, moved apart where they meet."""
    rows = making.told(making.material.answer.leading).to_dict("records")
    high = Emu(inside.height).pt
    places = [float(ends.at[row["outcome"], "probability"]) * high for row in rows]
    room = LABEL_ROOM if LABEL_ROOM * len(rows) <= high else high / len(rows)
    moved = labels.spread(places, room, room / 2, high - room / 2)
    for row, place in zip(rows, moved, strict=True):
        top = inside.bottom - Pt(place + room / 2)
        box = Box(beside.left, top, beside.width, Pt(room))
        mark, text = box.columns(0.07, Pt(2))
        level = Box(mark.left, box.top + box.height // 2 - Pt(1.5), mark.width, Pt(3))
        page.block(f"label:{row['outcome']}:mark", level, making.colours[row["outcome"]])
        paragraphs = _label(row, ends.loc[row["outcome"]], room)
        page.text(f"label:{row['outcome']}", text, paragraphs, LABEL, 7, anchor=MSO_ANCHOR.MIDDLE)


def _label(row: dict, end, room: float) -> list[Paragraph]:
    now, later = numbers.told(row), numbers.percent(end["probability"])
    if room < LABEL_ROOM:
        return [Paragraph(now, lead=row["title"])]
    told = now if row["given"] else f"{now}, then {later}"
    return [Paragraph(row["title"], bold=True), Paragraph(told)]
