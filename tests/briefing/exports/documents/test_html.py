"""The brief as one HTML file: the screen's numbers, nothing from the network, text only text."""

import json

import numpy as np
import pytest
from lxml import html
from playwright.sync_api import expect

from briefing.charts import theme
from briefing.exports.documents.outline import Numbers
from briefing.material.provenance import Tier, from_json
from tests.briefing.exports.documents.briefs import HOSTILE, charts_of, cited_in, parts_of, rows_of
from tests.slow_cases import slow, slow_but

STATES = ("published", "assumed", "moved")


def document(briefs, state, *more):
    return briefs.document("html", state, *more)


def opened(content):
    return html.fromstring(content.decode())


def rows(table):
    return [[cell.text_content() for cell in row] for row in table.iter("tr")]


@pytest.mark.parametrize("state", slow_but(STATES, ["assumed"]))
def test_the_tables_are_the_outlines_and_the_exhibits_cell_by_cell(briefs, state):
    brief, page = briefs.outline(state, form="html"), opened(document(briefs, state))
    inside = [rows(one) for one in page.xpath("//figure//table")]
    outside = [rows(one) for one in page.xpath("//table[not(ancestor::figure)]")]
    assert inside == [rows_of(one.in_words) for one in charts_of(brief)]
    assert outside == [rows_of(part.frame) for part in parts_of(brief, Numbers)]


def test_a_chart_of_the_published_forecast_says_so_in_a_brief_under_assumptions(briefs):
    said = {
        state: {one.name for one in charts_of(briefs.outline(state, form="html")) if of(one)}
        for state in ("assumed", "published")
    }
    assert said == {"assumed": {"build_up", "if_then"}, "published": set()}


def of(exhibit) -> bool:
    return exhibit.caption.endswith(" Nothing assumed: the published forecast.")


@pytest.mark.parametrize("state", ["published", "assumed"])
def test_the_figures_hold_the_screens_numbers_and_axis_ranges(briefs, state):
    exhibits = charts_of(briefs.outline(state, form="html"))
    drawn = opened(document(briefs, state)).xpath("//figure/script")
    assert len(drawn) == len(exhibits) == (5 if state == "published" else 6)
    for script, exhibit in zip(drawn, exhibits, strict=True):
        figures = json.loads(script.text)
        assert set(figures) == set(theme.INK)
        for figure in figures.values():
            same_figure(figure, exhibit.figure)


def same_figure(stored, screen):
    for axis in ("xaxis", "yaxis"):
        shown, stored_part = screen.layout[axis].range, stored["layout"].get(axis, {}).get("range")
        assert (shown is None) == (stored_part is None)
        assert shown is None or plain(shown) == plain(stored_part)
    assert len(stored["data"]) == len(screen.data)
    for trace, stored_part in zip(screen.data, stored["data"], strict=True):
        for name in {"x", "y", "z", "text"} & set(stored_part):
            assert plain(stored_part[name]) == plain(trace[name])


def plain(values):
    """Nested lists of texts and of numbers; dates by their day, what is no number as None."""
    if isinstance(values, float) and values != values:
        return None
    if isinstance(values, str) or not hasattr(values, "__len__"):
        return values if isinstance(values, int | float | str | None) else str(values)[:10]
    listed = [plain(one) for one in np.asarray(values, dtype=object).tolist()]
    return [one[:10] if isinstance(one, str) and one[4:5] == "-" else one for one in listed]


def test_each_source_is_a_note_that_its_sentence_leads_to_and_back(briefs):
    page, cited = opened(document(briefs, "assumed")), cited_in(briefs.outline("assumed"))
    references = page.xpath("//a[@role='doc-noteref']")
    notes = page.xpath("//section[@id='sources']//li")
    assert len(references) == len(notes) == len(cited) == 6
    for reference, note, one in zip(references, notes, cited, strict=True):
        assert reference.get("href") == f"#{note.get('id')}"
        assert note.xpath("a[@role='doc-backlink']/@href") == [f"#{reference.get('id')}"]
        assert note.text_content().startswith(f"{one.source}. {one.url}")


def test_it_says_where_it_is_from(briefs):
    provenance = opened(document(briefs, "assumed")).xpath("//script[@id='araxes']")[0].text
    assert from_json(provenance) == briefs.outline("assumed").provenance


def test_a_hostile_name_and_banner_are_only_text(briefs):
    page = opened(document(briefs, "assumed", Tier.full, "</p><script>alert(2)</script>"))
    assert HOSTILE in page.xpath("//p[@class='about']")[1].text_content()
    assert [one.text for one in page.xpath("//p[@class='banner']")] == (
        ["</p><script>alert(2)</script>"] * 2
    )
    # Provenance, six figures, plotly.js and the drawing of the charts: no script of a user.
    assert len(page.xpath("//script")) == 1 + 6 + 2


def test_the_same_outline_gives_the_same_bytes(briefs):
    assert briefs._document("html", "assumed") == document(briefs, "assumed")


@pytest.mark.slow
def test_the_tiers_hold_in_the_whole_file(briefs):
    names = {one.source for one in cited_in(briefs.outline("assumed"))}
    whole = {tier: document(briefs, "assumed", tier).decode() for tier in Tier}
    assert [one for one in names if one not in whole[Tier.full]] == []
    for tier in (Tier.unsourced, Tier.numbers):
        assert [one for one in names if one in whole[tier]] == []
        assert "duvarenglish" not in whole[tier]
    assert "Bring Turkey's backing" in whole[Tier.unsourced]
    assert "Bring Turkey's backing" not in whole[Tier.numbers]
    assert "alert(1)" not in whole[Tier.numbers]


@pytest.fixture(scope="module")
def visit(briefs, browser, tmp_path_factory):
    """Opens the brief under a hostile name in Chromium; notes requests, dialogs and errors."""
    file = tmp_path_factory.mktemp("page") / "brief.html"
    file.write_bytes(document(briefs, "assumed"))

    def visited(scheme, width):
        page = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 900}
        ).new_page()
        page.seen = []
        page.on("request", lambda one: page.seen.append(one.url))
        page.on("dialog", lambda one: page.seen.append(f"dialog {one.message}"))
        page.on("pageerror", lambda one: page.seen.append(f"error {one}"))
        page.on("console", lambda one: page.seen.append(f"console {one.text}"))
        page.goto(file.as_uri())
        page.wait_for_selector("#if_then .main-svg")
        return page

    visited.address = file.as_uri()
    return visited


@pytest.mark.parametrize(
    "scheme, width", [("dark", 390), slow("dark", 1100), slow("light", 390), slow("light", 1100)]
)
def test_it_draws_every_chart_and_asks_for_nothing_but_itself(visit, scheme, width):
    page = visit(scheme, width)
    assert page.seen == [visit.address]
    assert page.locator(".chart svg.main-svg >> visible=true").count() >= 5
    assert page.evaluate("document.documentElement.scrollWidth") == width
    ink = page.evaluate("getComputedStyle(document.querySelector('.chart .xtick text')).fill")
    expected = tuple(int(theme.INK[scheme][place : place + 2], 16) for place in (1, 3, 5))
    assert ink == f"rgb{expected}"


def test_a_chart_follows_the_pointer_and_the_readers_colour_scheme(visit):
    page = visit("light", 1100)
    page.locator("#scenarios .chart").scroll_into_view_if_needed()
    box = page.locator("#scenarios .bars .point").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#scenarios .hoverlayer text")
    page.emulate_media(color_scheme="dark")
    tick = page.locator("#scenarios .xtick text").first
    expect(tick).to_have_css("fill", "rgb(231, 235, 240)")  # INK of dark, #E7EBF0
    assert page.seen == [visit.address]
