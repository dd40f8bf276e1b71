"""The slides behind the forecast: if A then B, what moved, dissent, what it all rests on."""

import pandas as pd
from pptx.util import Pt

from briefing.charts import theme
from briefing.exhibits import catalogue
from briefing.exhibits.exhibit import Exhibit
from briefing.exports.deck import charts, formats, table
from briefing.exports.deck.page import TEXT_LEAST
from briefing.exports.deck.slides import Making
from briefing.exports.deck.table import Rows
from briefing.exports.deck.text import Paragraph, largest
from briefing.material.provenance import Tier
from briefing.material.story import given
from briefing.words import build_up as build_up_words
from briefing.words import numbers, tables
from briefing.words.evidence import counted
from briefing.words.if_then import answered, strongest
from briefing.words.inspect.moves import TENTH
from briefing.words.method import plain
from briefing.words.record import scores_in_words
from model.explain.conditional import default_day
from model.record.published.resolution import score_table

AGAINST = "The case against"
MOST_DRAWN = 8  # indicators


def pairs(making: Making) -> None:
    """If A, then B: a table shaded by how many times the published chance."""
    material = making.material
    if len(material.titles()) < 2:
        return
    exhibit = catalogue.make("if_then", material)
    if not answered(exhibit.numbers)[0]:
        return
    day = default_day(material.as_of, material.deadline)
    title = strongest(exhibit.numbers, day).removesuffix(".")
    page = making.page("if-then", title, assumed=False)
    box = page.foot(page.body, exhibit.caption)
    published = {
        row.title: numbers.percent(row.probability, row.mcse)
        for row in material.published.outcomes.itertuples()
    }
    rows = table.shaded(exhibit.numbers, published, f"If, by {numbers.short_date(day)}:")
    rest = table.table(page, "table", box, rows, exhibit.alt, most=16)
    making.done(page, exhibit.caption)
    making.rest_of_table("if-then", title, rest, exhibit.alt)


def build_up(making: Making) -> None:
    """What the first leading chance is made of: bars of what each part adds, beside a table."""
    if making.material.answer.leading.empty:
        return
    outcome = making.material.answer.leading.iloc[0]
    exhibit = catalogue.make("build_up", making.material, {"outcome": outcome["outcome"]})
    rows = exhibit.numbers
    shown = build_up_words.waterfall(rows)
    steps = rows.iloc[1:-1].assign(told=shown.steps)
    # What is told as nothing would be a bar that nobody sees.
    steps = steps[steps["share"].abs() >= shown.size / 200]
    reading = build_up_words.caption(rows, build_up_words.BARS)
    _added_up(making, "build-up", exhibit, steps, shown.size, reading)


def why_moved(making: Making) -> None:
    """What moved the outcome that moved furthest since the run before, where that was found.

    An event is called by its words, which numbers alone leave out.
    """
    if making.material.why_moved.moves.empty or making.story.provenance.tier is Tier.numbers:
        return
    exhibit = catalogue.make("why_moved", making.material)
    steps = exhibit.numbers.assign(told=exhibit.in_words["Moves it by"])
    _added_up(making, "why-moved", exhibit, steps, TENTH, exhibit.caption)


def _added_up(
    making: Making, key: str, exhibit: Exhibit, steps: pd.DataFrame, digit: float, reading: str
) -> None:
    """Bars of what each step adds to a chance or takes away, beside the exhibit's table.

    steps: title, share, and told, its text. digit: the size of the last one, in points.
    """
    page = making.page(key, exhibit.title, assumed=False)
    box = page.foot(page.body, reading)
    if len(steps):
        left, box = box.columns(0.46)
        told = zip(100 * steps["share"], steps["told"], strict=True)
        shown = [formats.as_told(size, text, digit) for size, text in told]
        series = {"Adds": steps["share"]}
        charts.differences(page, "chart", left, list(steps["title"]), series, exhibit.alt, shown)
    words = exhibit.in_words
    cells = [words.columns.tolist(), *words.to_numpy().tolist()]
    rest = table.table(page, "table", box, Rows(cells, {}, frozenset((1, 2))), exhibit.alt)
    making.done(page, reading)
    making.rest_of_table(key, exhibit.title, rest, exhibit.alt)


def moved(making: Making) -> None:
    """What moved since an earlier day: time passing and news."""
    story, changes = making.story, making.material.moved
    if story.moved is None or changes.empty:
        return
    since = numbers.long_date(making.material.since.as_of)
    title = story.moved_sentences[0] if story.moved_sentences else f"What moved since {since}"
    title = title.removesuffix(".")
    page = making.page("moved", title, assumed=False)
    left, right = page.body.columns(0.5)
    columns = story.moved.columns.tolist()
    alt = f"Bars of what moved each outcome since {since}: {'; '.join(_moves(story.moved))}."
    series = {"Time passing": changes["time_passing"], "News": changes["news"]}
    charts.differences(page, "chart", left, list(changes["title"]), series, alt)
    rows = Rows([columns, *story.moved.to_numpy().tolist()], {}, frozenset(range(1, len(columns))))
    alt = f"Each outcome before and now, since {since}."
    rest = table.table(page, "table", right, rows, alt)
    making.done(page, *story.moved_sentences)
    making.rest_of_table("moved", title, rest, alt)


def change_our_mind(making: Making) -> None:
    """The indicators that should move the first outcome most, and the case against.

    Bars of expected movement in percentage points beside texts.
    """
    story = making.story
    if not (story.change_our_mind or story.dissent):
        return
    title = _mover(making) if story.change_our_mind else AGAINST
    page = making.page("change-our-mind", title, assumed=False)
    left, right = page.body.columns(0.5, Pt(36)) if story.change_our_mind else (None, page.body)
    if left:
        _draw_indicators(making, page, left)
    signs = [Paragraph("What to watch", bold=True), *map(Paragraph, story.change_our_mind)]
    against = [Paragraph(AGAINST, bold=True), Paragraph(story.dissent)]
    paragraphs = signs * bool(story.change_our_mind) + against * bool(story.dissent)
    rest = page.text("text", right, paragraphs, 18)
    making.done(page)
    making.rest_of_text("change-our-mind", title, rest, 18)


def assumptions(making: Making) -> None:
    """What is assumed as text, and bars of the published probabilities beside the assumed ones."""
    material, story = making.material, making.story
    if material.assumptions.is_empty:
        return
    rows = tables.comparison(material.published.open, material.answer.outcomes, given(material))
    if rows.empty:
        return
    title = _largest_change(rows)
    page = making.page("assumptions", title)
    name = material.set_name
    lines = [Paragraph(name, bold=True, times=1.1)] * bool(name and story.assumed)
    lines += [Paragraph(f"{line}.") for line in story.assumed]
    left, right = page.body.columns(0.4) if lines else (None, page.body)
    rest = page.text("text", left, lines, 16) if lines else []
    caption = "Grey: published. Colour: under the assumptions."
    _beside(making, page, page.foot(right, caption), rows)
    making.done(page, caption)
    making.rest_of_text("assumptions", title, rest, 16)


def evidence(making: Making) -> None:
    """The events that weigh most, cited, and columns of how many spoke either way per quarter."""
    events = making.material.events
    if events.empty:
        return
    counts = tables.by_quarter(events)
    title = f"The forecast rests on {counted(events)}"
    page = making.page("evidence", title)
    cited = making.story.evidence
    paragraphs = [Paragraph(event.sentence, tail=event.source, link=event.url) for event in cited]
    left, right = page.body.columns(0.52) if paragraphs else (None, page.body)
    rest = page.text("text", left, paragraphs, 15) if paragraphs else []
    caption = "Codings of events by quarter, and the direction they moved a driver in."
    charts.quarters(page, "chart", page.foot(right, caption), counts, _quarters_alt(counts))
    making.done(page, caption)
    making.rest_of_text("evidence", title, rest, 15)


def what_counts(making: Making) -> None:
    """How each outcome is settled, as a table."""
    rules = [[title, rule] for title, rule in making.story.rules.values()]
    title = "What counts, and what does not"
    page = making.page("what-counts", title, assumed=False)
    alt = "How each outcome is settled."
    rest = table.table(page, "table", page.body, Rows([["Outcome", "Rule"], *rules], {}), alt)
    making.done(page)
    making.rest_of_table("what-counts", title, rest, alt)


def method(making: Making) -> None:
    """How the numbers are made, and what to hold against them, as two columns of text."""
    story = making.story
    title = f"Read with care: {_lower(story.limits[0][0])}" if story.limits else "Method"
    page = making.page("method", title.removesuffix("."), assumed=False)
    how = [Paragraph("Method", bold=True), *(Paragraph(plain(line)) for line in story.method)]
    if making.material.resolved.empty:
        how.append(Paragraph(story.record[0]))
    how.append(Paragraph(numbers.capital(story.basis), muted=True))
    limits = [Paragraph("Limits", bold=True)]
    limits += [Paragraph(plain(rest), lead=plain(head)) for head, rest in story.limits]
    left, right = page.body.columns(0.4, Pt(30))
    halves = (("method", left, how), ("limits", right, limits))
    # One size for both columns: they are read side by side.
    size = min(largest(paragraphs, box.room, 14, TEXT_LEAST) for _, box, paragraphs in halves)
    rest = []
    for shape_name, box, paragraphs in halves:
        rest += page.text(shape_name, box, paragraphs, size)
    making.done(page)
    making.rest_of_text("method", title, rest, 14)


def track_record(making: Making) -> None:
    """What became of published forecasts: sentences, beside the scores of what is decided.

    No slide where nothing was published; the one on the method says so.
    """
    if making.material.resolved.empty:
        return
    story, scores = making.story, score_table(making.material.resolved, ["probability"])
    first = story.record[0].partition(":")[0].removesuffix(".")
    title = f"Track record: {_lower(first)}"
    page = making.page("track-record", title, assumed=False)
    left, right = page.body.columns(0.5, Pt(30)) if len(scores) else (page.body, None)
    rest = page.text("text", left, [Paragraph(plain(line)) for line in story.record], 18)
    if right:
        words = scores_in_words(scores, making.material.scenario).drop(columns="Whose")
        cells = [words.columns.tolist(), *words.astype(str).to_numpy().tolist()]
        alt = "Scores of the forecasts that are decided, of all, by term and by outcome."
        table.table(page, "table", right, Rows(cells, {}, frozenset(range(1, 5))), alt)
    making.done(page)
    making.rest_of_text("track-record", title, rest, 18)


def _moves(changes: pd.DataFrame) -> list[str]:
    return [
        f"{row['Outcome']} {row['Time passing']} for time passing, {row['News']} for news"
        for row in changes.to_dict("records")
    ]


def _draw_indicators(making: Making, page, box) -> None:
    rows = making.material.indicators.head(MOST_DRAWN)
    title = making.material.answer.leading.iloc[0]["title"]
    moves = [f"{row.title} {100 * row.expected:.1f} points" for row in rows.itertuples()]
    alt = f"Bars of how far each is expected to move {title} once it is known: {'; '.join(moves)}."
    day = numbers.long_date(rows["day"].iloc[0])
    caption = f"How far {title} is expected to move once each is known, on {day}."
    chart = page.foot(box, caption)
    series = {"Expected movement": rows["expected"]}
    names = list(rows["title"])
    shown = [formats.SIZE] * len(rows)
    charts.differences(page, "chart", chart, names, series, alt, shown)


def _mover(making: Making) -> str:
    row = making.material.indicators.iloc[0]
    outcome = making.material.answer.leading.iloc[0]["title"]
    return f"What to watch for {outcome}: {row['title']}"


def _largest_change(rows: pd.DataFrame) -> str:
    """The largest change that the digits shown tell of; what is supposed itself is no news."""
    free = rows[~rows["given"]]
    rows = free if len(free) else rows
    shown = rows.assign(
        own=[numbers.percent(row.own, row.own_mcse) for row in rows.itertuples()],
        published=[numbers.percent(row.published, row.published_mcse) for row in rows.itertuples()],
    )
    shown = shown[shown["own"] != shown["published"]]
    if shown.empty:
        return "Under these assumptions no chance changes by what can be shown"
    row = shown.loc[shown["change"].abs().idxmax()]
    return f"Under these assumptions {row.title} is {row.own}, not {row.published} as published"


def _beside(making: Making, page, box, rows: pd.DataFrame) -> None:
    series = {"Published": rows["published"], "Under the assumptions": rows["own"]}
    before = formats.chances(rows["published"], rows["published_mcse"])
    own = rows.assign(probability=rows["own"], mcse=rows["own_mcse"]).to_dict("records")
    shown = [before, [formats.told(row) for row in own]]
    colours = [[theme.GREY] * len(rows), [making.colours[id] for id in rows["outcome"]]]
    alt = numbers.comparison_alt(rows.to_dict("records"), "as assumed")
    charts.bars(page, "chart", box, list(rows["title"]), series, shown, colours, alt)


def _quarters_alt(counts: pd.DataFrame) -> str:
    busiest = counts.set_index("quarter").sum(axis=1).idxmax()
    return (
        f"Columns of codings by quarter: {counts['raised'].sum()} raised a driver, "
        f"{counts['lowered'].sum()} lowered one; the most in {busiest}."
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
