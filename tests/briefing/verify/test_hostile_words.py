"""What a user writes stands in every form as it was written; nothing of it runs or is styled."""

import csv
import re
from io import StringIO

import pandas as pd
import pytest
from lxml import etree, html

from briefing.exhibits import tables
from briefing.exports.data import files
from briefing.exports.data.files import from_cell
from briefing.exports.pictures import framed, images, in_text, sizes
from briefing.exports.writers import WRITERS, Options
from briefing.material import signature
from briefing.material.material import Material
from briefing.material.provenance import Tier, from_json
from briefing.reading import reader
from briefing.words import numbers
from model.assumptions import AddedEvent, Assumptions, DriverAssumption, LeftOut, OutcomeAssumption
from model.scenario.plain_text import neutral

HOSTILE = (
    "=cmd|' /C calc'!A0,b",
    "<script>alert(1)</script><img src=https://x.example/y.png>",
    "</script><!-- ]]> &lt;b&gt; {{7*7}} %{x} ${y}",
    "![z](https://x.example/z.png) [l](javascript:alert(2)) # Head",
    '#import "x.typ" $a$ \\input{/etc/passwd} "q" ; \'s\'',
    "Ղարաբաղ Qarabağ 和平 − – \u202e reversed \u0000 \ud800 e" + "\u0301" * 40,
)
NAME, WHAT = " ".join(HOSTILE[:3])[:290], " ".join(HOSTILE[3:])[:190]


@pytest.fixture(scope="module")
def material(fitted):
    """A set whose every free text is hostile."""
    event = AddedEvent(what=WHAT, date="2023-09-01", driver="turkish_backing", strength=1)
    driver = DriverAssumption(id="russian_commitment", level=-1.0)
    return Material(fitted, Assumptions(name=NAME, about=WHAT, drivers=(driver,), events=(event,)))


def bare(text):
    """The text without what every form may change: spaces, and its first letter's case."""
    return re.sub(r"\s", "", text)[1:]


def test_the_texts_are_one_line_and_hold_nothing_hidden(material):
    name, what = material.assumptions.name, material.assumptions.events[0].what
    for text in (name, what):
        assert text.isprintable() and not re.search("[\u202e\u0000\ud800]|\u0301{4}", text)


@pytest.mark.parametrize(
    "form",
    ["docx", *(pytest.param(form, marks=pytest.mark.slow) for form in ("pdf", "html", "pptx"))],
)
def test_a_brief_says_them_as_they_are(material, form):
    pictures = in_text.pictures(material, draw=in_text.blank)
    content = WRITERS[form](material, Options(banner=NAME[:60]), pictures)
    read = reader.read_as(form, signature.signed(content, form))
    said = bare("x" + " ".join(item.text for item in read.items))
    assert bare(material.assumptions.events[0].what[:60]) in said
    assert from_json(read.provenance).layout == {"banner": NAME[:60]}
    if form == "html":
        page = html.document_fromstring(content)
        assert not page.xpath("//img") and not page.xpath("//a[starts-with(@href, 'java')]")
        assert len(page.xpath("//script[not(@type)]")) == 2  # the library's and ours
    tags = [each.partition(">")[0] for each in read.elements if each.startswith("<")]
    assert not [tag for tag in tags if "x.example" in tag or "javascript" in tag]
    assert not [each for each in read.elements if each.startswith("a link to https://x.example")]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_in_the_first_line_of_a_table_is_one_cell_and_no_formula(material, name):
    own = Assumptions(name=name, drivers=material.assumptions.drivers)
    of = Material(material.run, own)
    shown = tables.make("gap", of, {"from": "Published", "to": "Yours"})
    provenance = material.provenance("table", name="gap", choices={"from": own.name, "to": "b"})
    cell = files.as_cell(provenance)
    (cells,) = csv.reader(StringIO(cell))
    assert cells == [cell] and not any(part.startswith(("=", "@")) for part in cell.split(";"))
    assert from_json(from_cell(cell)) == provenance
    content = files.table(shown, of, "csv")
    rows = csv.reader(StringIO(content.decode("utf-8-sig")))
    assert not [cell for row in rows for cell in row if neutral(cell) != cell]


@pytest.mark.parametrize("form", files.FORMS)
@pytest.mark.parametrize("start", HOSTILE[:1] + HOSTILE[3:5])
def test_a_table_of_every_form_reads_back_to_what_was_written(material, form, start):
    step = f"{start} in a step"
    rows = pd.DataFrame({"title": [step], "share": [0.1]})
    shown = tables.Table("gap", numbers=rows, choices={"from": start, "to": "b"})
    content = files.table(shown, material, form)
    assert signature.seal_of(content, form) is signature.Seal.whole
    read = reader.read_as(form, content)
    assert from_json(read.provenance) == material.provenance(
        "table", name="gap", choices=shown.choices
    )
    written = neutral(step) if form == "csv" else step
    assert any(item.text.endswith(written) for item in read.items)


@pytest.mark.slow  # a browser draws them
@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_a_picture_holds_them_as_text_and_nothing_that_acts(material, form):
    shown = tables.make("gap", material, {"from": "Published", "to": "Yours"})
    content = images.picture(shown, material, form, "slide", "light", Tier.full)
    assert signature.seal_of(content, form) is signature.Seal.whole
    provenance = from_json(reader.read_as(form, content).provenance)
    assert provenance.choices == shown.choices
    if form == "svg":
        drawn = etree.fromstring(content)
        names = {etree.QName(element).localname for element in drawn.iter(etree.Element)}
        assert not names & {"script", "a", "foreignObject", "iframe"}
        links = drawn.xpath("//@*[local-name()='href']")
        assert [link for link in links if not link.startswith(("#", "data:image/png"))] == []


def test_a_drawing_shows_them_as_text_and_not_as_tags(material):
    tag = '<a href="https://x.example">Peace: 95 %</a><b>'
    own = Assumptions(name=tag, drivers=material.assumptions.drivers)
    of = Material(material.run, own)
    shown = tables.make("gap", of, {"from": "Published", "to": "Yours"})
    provenance = of.provenance("chart", name="gap", choices=dict(shown.choices))
    figure = framed.framed(shown, of, sizes.size_of("slide"), "light", provenance).figure
    texts = [note.text or "" for note in figure.layout.annotations]
    assert not [text for text in texts if "<a" in text]


@pytest.mark.parametrize("text", HOSTILE)
def test_on_a_page_no_sign_of_markdown_is_left_to_act(text):
    typed = numbers.as_typed(text)
    assert "\n" not in typed
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>\[\]`*_$#!:&|~]", typed)
    assert re.sub(r"\\(.)", r"\1", typed).split() == numbers.one_line(text).split()


@pytest.mark.parametrize("text", ["- list", "1. list", "12) list", "+ list", "www.x.example"])
def test_a_text_that_would_start_a_list_or_be_a_link_does_not(text):
    assert numbers.as_typed(text) != text


def test_what_is_left_out_or_supposed_by_an_unknown_name_is_told_in_one_line(material):
    for own in (
        Assumptions(left_out=(LeftOut(source=HOSTILE[1]),)),
        Assumptions(outcomes=(OutcomeAssumption(id=HOSTILE[1], by="2023-12-01"),)),
    ):
        with pytest.raises(ValueError, match=r"script") as refused:
            _ = Material(material.run, own).answer
        assert len(str(refused.value).splitlines()) == 1
