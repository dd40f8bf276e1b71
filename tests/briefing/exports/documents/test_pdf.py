"""The brief as a PDF: two pages, the outline's numbers, tagged, its fonts and its source inside."""

import re
from io import BytesIO

import pypdf
import pytest

from briefing.exports.documents.outline import Numbers
from briefing.material.provenance import Tier, from_json
from tests.briefing.exports.documents.briefs import HOSTILE, charts_of, cited_in, parts_of, rows_of
from tests.slow_cases import slow_but

STATES = ("published", "assumed", "moved")


def opened(content):
    return pypdf.PdfReader(BytesIO(content))


def said(content):
    """The text of all pages without white space, since lines break anywhere."""
    return squeezed("".join(page.extract_text() for page in opened(content).pages))


def squeezed(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("state", slow_but(STATES, ["assumed"]))
def test_every_row_of_every_table_stands_in_the_text_in_order(briefs, state):
    text, place = said(briefs.document("pdf", state)), 0
    for part in parts_of(briefs.outline(state), Numbers):
        for row in rows_of(part.frame):
            found = text.find(squeezed("".join(row)), place)
            assert found >= place, row
            place = found


@pytest.mark.parametrize("state", STATES)
def test_it_has_two_pages(briefs, state):
    assert len(opened(briefs.document("pdf", state)).pages) == 2


def test_its_bookmarks_are_the_outlines_headings(briefs):
    found = [one.title for one in opened(briefs.document("pdf", "moved")).outline]
    assert found == [block.heading for block in briefs.outline("moved").blocks]


def test_each_source_is_a_footnote_with_its_address_as_a_link(briefs):
    content, cited = briefs.document("pdf", "assumed"), cited_in(briefs.outline("assumed"))
    links = [
        link.get_object()["/A"]["/URI"]
        for page in opened(content).pages
        for link in page.get("/Annots", [])
        if "/URI" in link.get_object().get("/A", {})
    ]
    # An address broken over two lines is two links to the same place.
    assert list(dict.fromkeys(links)) == list(dict.fromkeys(one.url for one in cited))
    text = said(content)
    for number, one in enumerate(cited, start=1):
        assert squeezed(f"{number}{one.source}. {one.url}") in text


def test_it_is_tagged_in_english_with_an_alt_text_for_each_chart(briefs):
    root = opened(briefs.document("pdf", "assumed")).root_object
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB"
    alts = [one["/Alt"] for one in structure(root["/StructTreeRoot"]) if "/Alt" in one]
    kinds = {one.get("/S") for one in structure(root["/StructTreeRoot"])}
    assert [one.alt for one in charts_of(briefs.outline("assumed")) if one.alt not in alts] == []
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure", "/L"} <= kinds


def structure(node):
    """Every element of the structure tree."""
    node = node.get_object()
    if not isinstance(node, pypdf.generic.DictionaryObject):
        return
    yield node
    children = node.get("/K", [])
    children = children if isinstance(children, list) else [children]
    for child in children:
        yield from structure(child)


def test_every_font_is_inside(briefs):
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in opened(briefs.document("pdf", "assumed")).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert len(fonts) >= 4
    assert all({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"]) for font in fonts)


def test_the_information_says_where_it_is_from_and_has_the_as_of_date(briefs):
    information = opened(briefs.document("pdf", "assumed")).metadata
    assert from_json(information["/Araxes"]) == briefs.outline("assumed").provenance
    assert information.title == briefs.outline("assumed").title
    assert information["/CreationDate"] == "D:20230921000000Z"


def test_the_same_outline_gives_the_same_bytes(briefs):
    assert briefs._document("pdf", "assumed") == briefs.document("pdf", "assumed")


def test_a_hostile_name_is_only_text(briefs):
    text = said(briefs.document("pdf", "assumed"))
    shown = HOSTILE.split("🙂")  # no font of typst's draws it: an empty box stands there
    assert [one for one in shown if squeezed(one) not in text] == []


def test_a_banner_with_signs_of_markup_stands_on_both_pages_twice(briefs):
    content = briefs.document("pdf", "published", Tier.full, "#SECRET $ *so* on")
    for page in opened(content).pages:
        assert squeezed(page.extract_text()).count("#SECRET$*so*on") == 2


def test_the_tiers_hold_in_text_and_information(briefs):
    names = {one.source for one in cited_in(briefs.outline("assumed"))}
    whole = {}
    for tier in Tier:
        file = opened(briefs.document("pdf", "assumed", tier))
        streams = [
            one.get_data()
            for one in map(file.get_object, range(1, len(file.xref[0]) + 1))
            if isinstance(one, pypdf.generic.StreamObject) and one.get("/Subtype") != "/Image"
        ]
        inside = b"".join(streams).decode("latin-1")
        whole[tier] = said(briefs.document("pdf", "assumed", tier)) + str(file.metadata) + inside
    assert [one for one in names if squeezed(one) not in whole[Tier.full]] == []
    for tier in (Tier.unsourced, Tier.numbers):
        assert [one for one in names if squeezed(one) in whole[tier]] == []
        assert "duvarenglish" not in whole[tier]
    assert "BringTurkey" in whole[Tier.unsourced]
    assert "BringTurkey" not in whole[Tier.numbers] and "alert(1)" not in whole[Tier.numbers]
