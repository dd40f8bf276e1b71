"""The slides behind the forecast: if A then B, what moved, dissent, what it all rests on."""

import numpy as np
import pandas as pd
from pptx.util import Pt

from briefing.charts import if_then, theme
from briefing.exhibits import catalogue
from briefing.exports.deck import charts, formats
from briefing.exports.deck import table as deck_table
from briefing.exports.deck import text as deck_text
from briefing.exports.deck.page import TEXT_LEAST
from briefing.exports.deck.slides import Making
from briefing.exports.deck.table import Rows
from briefing.exports.deck.text import Said
from briefing.words import evidence as evidence_words
from briefing.words import numbers as words
from briefing.words import tables
from briefing.words.if_then import strongest
from briefing.words.method import plain
from model.explain.conditional import default_day

AGAINST = "The best case against"
MOST_DRAWN = 8  # indicators
FULL = 0.75  # the most of a colour that a cell takes on


def pairs(making: Making) -> None:
    """If A, then B: a table shaded by how many times the published chance."""
    material = making.material
    if len(material.titles()) < 2:
        return
    exhibit = catalogue.make("if_then", material)
    day = default_day(material.as_of, material.deadline)
    title = strongest(exhibit.numbers, day).removesuffix(".")
    page = making.page("if-then", title, assumed=False)
    box = page.foot(page.body, exhibit.caption)
    published = {
        row.title: words.percent(row.probability, row.mcse)
        for row in material.published.outcomes.itertuples()
    }
    rows = _shaded(exhibit.numbers, published, f"If, by {words.short_date(day)}:")
    rest = deck_table.table(page, "table", box, rows, exhibit.alt, most=16)
    making.done(page, exhibit.caption)
    making.rest_of_table("if-then", title, rest, exhibit.alt)


def moved(making: Making) -> None:
    """What moved since an earlier day: time passing and news."""
    told, table = making.told, making.material.moved
    if told.moved is None or table.empty:
        return
    since = words.long_date(making.material.since.as_of)
    title = told.moved_said[0] if told.moved_said else f"What moved since {since}"
    title = title.removesuffix(".")
    page = making.page("moved", title, assumed=False)
    left, right = page.body.columns(0.5)
    columns = told.moved.columns.tolist()
    alt = f"Bars of what moved each outcome since {since}: {'; '.join(_moves(told.moved))}."
    series = {"Time passing": table["time_passing"], "News": table["news"]}
    charts.differences(page, "chart", left, list(table["title"]), series, alt)
    rows = Rows([columns, *told.moved.to_numpy().tolist()], {}, frozenset(range(1, len(columns))))
    alt = f"Each outcome before and now, since {since}."
    rest = deck_table.table(page, "table", right, rows, alt)
    making.done(page, *told.moved_said)
    making.rest_of_table("moved", title, rest, alt)


def change_our_mind(making: Making) -> None:
    """The indicators that should move the first outcome most, and the best case against."""
    told = making.told
    if not (told.change_our_mind or told.dissent):
        return
    title = _mover(making) if told.change_our_mind else AGAINST
    page = making.page("change-our-mind", title, assumed=False)
    left, right = page.body.columns(0.5, Pt(36)) if told.change_our_mind else (None, page.body)
    if left:
        _draw_indicators(making, page, left)
    signs = [Said("What to watch", bold=True), *map(Said, told.change_our_mind)]
    against = [Said(AGAINST, bold=True), Said(told.dissent.removeprefix(f"{AGAINST}: "))]
    said = signs * bool(told.change_our_mind) + against * bool(told.dissent)
    rest = page.text("text", right, said, 18)
    making.done(page)
    making.rest_of_text("change-our-mind", title, rest, 18)


def assumptions(making: Making) -> None:
    """What is assumed, and the published chances beside the assumed ones."""
    material, told = making.material, making.told
    if material.assumptions.is_empty:
        return
    rows = tables.comparison(material.published.open, material.answer.outcomes)
    if rows.empty:
        return
    title = _largest_change(rows)
    page = making.page("assumptions", title)
    name = material.assumptions.name
    lines = [Said(name, bold=True, times=1.1)] * bool(name and told.assumed)
    lines += [Said(f"{line}.") for line in told.assumed]
    left, right = page.body.columns(0.4) if lines else (None, page.body)
    rest = page.text("text", left, lines, 16) if lines else []
    caption = "Grey: published. Colour: under the assumptions."
    _beside(making, page, page.foot(right, caption), rows)
    making.done(page, caption)
    making.rest_of_text("assumptions", title, rest, 16)


def evidence(making: Making) -> None:
    """The events that weigh most, cited, and how many spoke for and against in each quarter."""
    events = making.material.events
    if events.empty:
        return
    counts = tables.by_quarter(events)
    title = f"The forecast rests on {evidence_words.counted(events)}"
    page = making.page("evidence", title)
    cited = [Said(one.said, tail=one.source, link=one.url) for one in making.told.evidence]
    left, right = page.body.columns(0.52) if cited else (None, page.body)
    rest = page.text("text", left, cited, 15) if cited else []
    caption = "Codings of events by quarter, and the direction they moved a driver in."
    charts.quarters(page, "chart", page.foot(right, caption), counts, _quarters_alt(counts))
    making.done(page, caption)
    making.rest_of_text("evidence", title, rest, 15)


def method(making: Making) -> None:
    """How the numbers are made, and what to hold against them."""
    told = making.told
    title = f"Read with care: {_lower(told.limits[0][0])}" if told.limits else "Method"
    page = making.page("method", title.removesuffix("."), assumed=False)
    how = [Said("Method", bold=True), *(Said(plain(line)) for line in told.method)]
    how.append(Said(words.capital(told.basis), muted=True))
    limits = [Said("Limits", bold=True)]
    limits += [Said(plain(rest), lead=plain(head)) for head, rest in told.limits]
    left, right = page.body.columns(0.4, Pt(30))
    both = (("method", left, how), ("limits", right, limits))
    size = min(deck_text.largest(said, box.room, 14, TEXT_LEAST) for _, box, said in both)
    rest = [one for part, box, said in both for one in page.text(part, box, said, size)]
    making.done(page)
    making.rest_of_text("method", title, rest, 14)


def _shaded(numbers: pd.DataFrame, published: dict[str, str], head: str) -> Rows:
    """A row a given outcome, the published chances first; orange is likelier, blue less likely."""
    order = list(dict.fromkeys(numbers["given"]))
    cells = {(row.given, row.outcome): row for row in numbers.itertuples()}
    said, fills = [[head, *order], ["Published", *(published[name] for name in order)]], {}
    for place, given in enumerate(order, start=2):
        found = [cells.get((given, outcome)) for outcome in order]
        said.append([given, *map(_cell, found)])
        shades = {(place, column): _shade(row) for column, row in enumerate(found, start=1)}
        fills |= {where: code for where, code in shades.items() if code}
    return Rows(said, fills, frozenset(range(1, len(order) + 1)), even=True)


def _cell(row) -> str:
    if row is None:
        return ""
    return "–" if row.then != row.then else words.percent(row.then, row.mcse)


def _shade(row) -> str:
    if row is None or row.times != row.times or row.times <= 0:
        return ""
    size = float(np.clip(np.log2(row.times) / if_then.FURTHEST, -1, 1))
    code = theme.COLOURS[2] if size > 0 else theme.COLOURS[0]
    parts = [int(code[place : place + 2], 16) for place in (1, 3, 5)]
    mixed = [round(255 + (part - 255) * abs(size) * FULL) for part in parts]
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _moves(table: pd.DataFrame) -> list[str]:
    return [
        f"{row['Outcome']} {row['Time passing']} for time passing, {row['News']} for news"
        for row in table.to_dict("records")
    ]


def _draw_indicators(making: Making, page, box) -> None:
    rows = making.material.indicators.head(MOST_DRAWN)
    title = making.material.answer.leading.iloc[0]["title"]
    said = "; ".join(f"{row.title} {100 * row.expected:.1f} points" for row in rows.itertuples())
    alt = f"Bars of how far each is expected to move {title} once it is known: {said}."
    day = words.long_date(rows["day"].iloc[0])
    caption = f"How far {title} is expected to move once each is known, on {day}."
    chart = page.foot(box, caption)
    series = {"Expected movement": rows["expected"]}
    names = list(rows["title"])
    charts.differences(page, "chart", chart, names, series, alt, formats.size)


def _mover(making: Making) -> str:
    row = making.material.indicators.iloc[0]
    moved = making.material.answer.leading.iloc[0]["title"]
    return f"What would move {moved} most: {row['title']}"


def _largest_change(rows: pd.DataFrame) -> str:
    """The largest change that the digits shown tell of."""
    shown = rows.assign(
        own=[words.percent(row.own, row.own_mcse) for row in rows.itertuples()],
        published=[words.percent(row.published, row.published_mcse) for row in rows.itertuples()],
    )
    shown = shown[shown["own"] != shown["published"]]
    if shown.empty:
        return "Under these assumptions no chance changes by what can be shown"
    row = shown.loc[shown["change"].abs().idxmax()]
    return f"Under these assumptions {row.title} is {row.own}, not {row.published} as published"


def _beside(making: Making, page, box, rows: pd.DataFrame) -> None:
    series = {"Published": rows["published"], "Under the assumptions": rows["own"]}
    errors = [rows["published_mcse"], rows["own_mcse"]]
    colours = [[theme.GREY] * len(rows), [making.colours[id] for id in rows["outcome"]]]
    alt = words.comparison_alt(rows.to_dict("records"))
    charts.bars(page, "chart", box, list(rows["title"]), series, errors, colours, alt)


def _quarters_alt(counts: pd.DataFrame) -> str:
    busiest = counts.set_index("quarter").sum(axis=1).idxmax()
    return (
        f"Columns of codings by quarter: {counts['raised'].sum()} raised a driver, "
        f"{counts['lowered'].sum()} lowered one; the most in {busiest}."
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
