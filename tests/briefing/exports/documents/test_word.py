"""The brief as a Word file: the outline's numbers, real footnotes, opened without repair."""

import re
import shutil
import subprocess
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from lxml import etree

from briefing.exports.documents.outline import Numbers
from briefing.material.provenance import Tier, from_json
from tests.briefing.exports.documents.briefs import HOSTILE, charts_of, cited_in, parts_of, rows_of

STATES = ("published", "assumed", "moved")


def opened(content):
    return docx.Document(BytesIO(content))


def parts(content):
    with ZipFile(BytesIO(content)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def footnotes(content):
    """The notes of the part by id, without the separators."""
    notes = etree.fromstring(parts(content)["word/footnotes.xml"])
    return {one.get(qn("w:id")): one for one in notes if one.get(qn("w:type")) is None}


def texts(element):
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


@pytest.mark.parametrize("state", STATES)
def test_the_tables_are_the_outlines_cell_by_cell(briefs, state):
    found = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in opened(briefs.document("docx", state)).tables
    ]
    assert found == [rows_of(part.frame) for part in parts_of(briefs.outline(state), Numbers)]


@pytest.mark.parametrize("state", STATES)
def test_headings_are_headings_in_the_outlines_order(briefs, state):
    file = opened(briefs.document("docx", state))
    heads = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    assert heads == [block.heading for block in briefs.outline(state).blocks]


def test_each_source_is_a_footnote_that_one_reference_points_to(briefs):
    content, cited = briefs.document("docx", "assumed"), cited_in(briefs.outline("assumed"))
    references = opened(content).element.body.findall(f".//{qn('w:footnoteReference')}")
    notes = footnotes(content)
    assert [one.get(qn("w:id")) for one in references] == [*notes] == [*"123456"]
    assert [texts(one).strip() for one in notes.values()] == [
        f"{one.source}. {one.url}" for one in cited
    ]


def test_a_footnotes_address_can_be_followed(briefs):
    content = briefs.document("docx", "assumed")
    links = etree.fromstring(parts(content)["word/_rels/footnotes.xml.rels"])
    targets = {one.get("Id"): one.get("Target") for one in links}
    shown = [
        (targets[link.get(qn("r:id"))], texts(link))
        for note in footnotes(content).values()
        for link in note.iter(qn("w:hyperlink"))
    ]
    assert len(shown) == 6 and all(target == text for target, text in shown)


def test_the_separators_are_named_in_the_settings(briefs):
    found = parts(briefs.document("docx", "assumed"))
    notes = etree.fromstring(found["word/footnotes.xml"])
    kinds = {one.get(qn("w:id")): one.get(qn("w:type")) for one in notes}
    named = etree.fromstring(found["word/settings.xml"]).find(qn("w:footnotePr"))
    assert [kinds[one.get(qn("w:id"))] for one in named] == ["separator", "continuationSeparator"]
    assert b"footnotes+xml" in found["[Content_Types].xml"]


def test_charts_are_pictures_with_their_alt_text_as_wide_as_the_column(briefs):
    file = opened(briefs.document("docx", "assumed"))
    drawn = [
        (one._inline.docPr.get("name"), one._inline.docPr.get("descr"))
        for one in file.inline_shapes
    ]
    assert drawn == [(one.name, one.alt) for one in charts_of(briefs.outline("assumed"))]
    section = file.sections[0]
    column = section.page_width - section.left_margin - section.right_margin
    twip = 635  # in which Word keeps margins
    assert [one.width for one in file.inline_shapes] == [pytest.approx(column, abs=2 * twip)] * 2


def test_the_header_row_repeats_and_the_widths_fill_the_column(briefs):
    for table in opened(briefs.document("docx", "moved")).tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(cell.width.mm for cell in table.rows[0].cells) == pytest.approx(172, abs=0.5)


def test_the_properties_say_where_it_is_from(briefs):
    properties = opened(briefs.document("docx", "assumed")).core_properties
    assert from_json(properties.comments) == briefs.outline("assumed").provenance
    assert properties.keywords == f"run {briefs.material('assumed').run.id}"
    assert (properties.title, properties.language) == (briefs.outline("assumed").title, "en-GB")


def test_a_banner_stands_on_the_top_and_the_bottom_of_every_page(briefs):
    section = opened(briefs.document("docx", "published", Tier.full, "SECRET & <so on>")).sections[
        0
    ]
    assert section.header.paragraphs[0].text == "SECRET & <so on>"
    assert section.footer.paragraphs[-1].text == "SECRET & <so on>"


def test_the_same_outline_gives_the_same_bytes(briefs):
    again = briefs._document("docx", "assumed")
    assert again == briefs.document("docx", "assumed")


def test_a_hostile_name_is_only_text(briefs):
    content = briefs.document("docx", "assumed")
    assert any(HOSTILE in one.text for one in opened(content).paragraphs)


def test_the_tiers_hold_in_every_part_of_the_file(briefs):
    names = {one.source for one in cited_in(briefs.outline("assumed"))}
    assumed = {"Bring Turkey's backing", "Bring Progress", HOSTILE[:20], "Հայաստան"}
    whole = {
        tier: b"\n".join(parts(briefs.document("docx", "assumed", tier)).values()).decode(
            "utf-8", "ignore"
        )
        for tier in Tier
    }
    assert [one for one in names if one not in whole[Tier.full]] == []
    for tier in (Tier.unsourced, Tier.numbers):
        assert [one for one in names if one in whole[tier]] == []
        assert re.findall(r"https?://[a-z.]*(?:duvar|usc|turan)[^<]*", whole[tier]) == []
    assert "Bring Turkey's backing" in whole[Tier.unsourced]
    assert [one for one in assumed if one in whole[Tier.numbers]] == []


def converted(content, form, folder):
    """LibreOffice's conversion of the file."""
    (folder / "brief.docx").write_bytes(content)
    (folder / "out").mkdir()
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    command += ["--convert-to", form, "--outdir", folder / "out", folder / "brief.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "out" / f"brief.{form}").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("state", STATES)
def test_libreoffice_lays_it_out_on_two_pages_with_every_footnote(briefs, state, tmp_path):
    file = pypdf.PdfReader(BytesIO(converted(briefs.document("docx", state), "pdf", tmp_path)))
    said = " ".join(page.extract_text() for page in file.pages)
    assert len(file.pages) == 2
    assert [one.source for one in cited_in(briefs.outline(state)) if one.source not in said] == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_keeps_footnotes_tables_and_pictures_when_it_saves(briefs, tmp_path):
    content = briefs.document("docx", "moved")
    before, after = opened(content), opened(converted(content, "docx", tmp_path))
    assert [one.text for one in after.tables[0].rows[1].cells] == [
        one.text for one in before.tables[0].rows[1].cells
    ]
    found = after.element.body.findall(f".//{qn('w:footnoteReference')}")
    assert (len(found), len(after.inline_shapes)) == (6, 2)
