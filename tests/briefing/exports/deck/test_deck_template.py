"""Decks on a user's template, with a banner, with names of any length; LibreOffice opens them."""

import shutil
import subprocess
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader

from briefing.exports.deck import text
from briefing.exports.deck.deck import deck
from briefing.exports.deck.text import Paragraph
from briefing.material.material import Material
from briefing.material.provenance import from_json
from briefing.words import numbers
from tests.briefing.exports.deck import deck_reader as read
from tests.slow_cases import sampled, slow

BANNER = "OFFICIAL-SENSITIVE"
LONGEST = "A set of assumptions whose name a committee wrote, leaving nobody out; " * 12
ONE_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenprüfung" * 3


NARROW = Inches(10), Inches(7.5)


def template(folder, size=NARROW, layouts=None):
    """A house template with a sample slide."""
    house = Presentation()
    house.slide_width, house.slide_height = size
    for layout in [one for one in house.slide_layouts if layouts and one.name not in layouts]:
        house.slide_layouts.remove(layout)
    sample = house.slides.add_slide(house.slide_layouts[0])
    box = sample.shapes.add_textbox(0, 0, Inches(3), Inches(1))
    box.text_frame.text = "Sample text of the house"
    house.save(folder / "house.pptx")
    return folder / "house.pptx"


@pytest.fixture(scope="module")
def materials(fitted, sets):
    """A set with the longest name; and with a name of one letter."""
    first = sets["Yerevan turns west"]
    named = {name: first.model_copy(update={"name": name}) for name in ("W", LONGEST, ONE_WORD)}
    return {name: Material(fitted, one) for name, one in named.items()}


@pytest.fixture(scope="module")
def on_template(materials, tmp_path_factory):
    return deck(materials["W"], template=template(tmp_path_factory.mktemp("house")), banner=BANNER)


def test_a_templates_size_and_layout_are_used_and_its_samples_left_out(on_template):
    made = read.opened(on_template)
    assert (made.slide_width, made.slide_height) == NARROW
    assert {slide.slide_layout.name for slide in made.slides} == {"Title Only"}
    assert "Sample text of the house" not in read.every_text(on_template)


def test_the_banner_stands_on_top_and_bottom_of_every_slide(on_template):
    made = read.opened(on_template)
    for slide in made.slides:
        boxes = [
            one for one in slide.shapes if one.has_text_frame and one.text_frame.text == BANNER
        ]
        assert [one.top == 0 for one in boxes] == [True, False]
        assert boxes[1].top + boxes[1].height == made.slide_height


def test_template_and_banner_stand_in_the_provenance(on_template):
    found = from_json(read.opened(on_template).core_properties.comments)
    assert found.layout == {"template": "house.pptx", "banner": BANNER}


@pytest.mark.parametrize("layouts", [("Blank",), ("Title Slide",), ("Title and Content",)])
def test_a_template_without_a_title_only_layout_leaves_no_empty_placeholder(
    materials, tmp_path, layouts
):
    made = read.opened(deck(materials["W"], template=template(tmp_path, layouts=layouts)))
    for slide in made.slides:
        assert any(one.name.endswith(":title") and one.text_frame.text for one in slide.shapes)
        assert all(one.text_frame.text for one in slide.placeholders)


def test_a_template_file_of_powerpoint_becomes_a_deck(materials, tmp_path):
    house = template(tmp_path)
    other = tmp_path / "house.potx"
    with ZipFile(house) as old, ZipFile(other, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"presentation.main+xml", b"template.main+xml"))
    assert read.opened(deck(materials["W"], template=other)).slides


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut short"])
def test_a_template_that_is_no_powerpoint_file_is_refused_in_one_line(materials, tmp_path, content):
    path = tmp_path / "house.pptx"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"house\.pptx: is no PowerPoint file") as refused:
        deck(materials["W"], template=path)
    assert "\n" not in str(refused.value)


def test_a_word_file_and_a_missing_one_are_refused_as_templates(materials, tmp_path):
    with ZipFile(tmp_path / "brief.docx", "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    for name, said in (("brief.docx", "is no PowerPoint file"), ("none.pptx", "cannot be read")):
        with pytest.raises(ValueError, match=said):
            deck(materials["W"], template=tmp_path / name)


@pytest.mark.parametrize(
    "name, size",
    [
        (LONGEST, NARROW),
        *sampled([(n, s) for n in ("W", ONE_WORD) for s in (None, NARROW)], 9),
        slow(LONGEST, None),
    ],
)
def test_text_fits_with_the_shortest_and_the_longest_names(materials, tmp_path, name, size):
    house = template(tmp_path, size) if size else None
    check(deck(materials[name], template=house, banner=BANNER))


@pytest.mark.parametrize("size", [(Inches(13.333), Inches(7.5)), (Inches(7.5), Inches(10))])
def test_text_fits_on_slides_of_any_shape(materials, tmp_path, size):
    check(deck(materials["W"], template=template(tmp_path, size), banner=BANNER))


def check(content):
    """Every shape lies on the slide, none on another, and no text is higher than its box."""
    made = read.opened(content)
    for slide in made.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left and shape.left + shape.width <= made.slide_width, shape.name
            assert 0 <= shape.top and shape.top + shape.height <= made.slide_height, shape.name
            if shape.has_text_frame and shape.text_frame.text:
                taken = read.height_of(shape.text_frame, shape.width.pt - 8)
                assert taken <= shape.height.pt - 6, (shape.name, shape.text_frame.text)
        for one, other in combinations(slide.shapes, 2):
            assert not overlap(one, other), (one.name, other.name)


def overlap(shape, other):
    slack = 12700  # a point
    across = min(shape.left + shape.width, other.left + other.width) - max(shape.left, other.left)
    down = min(shape.top + shape.height, other.top + other.height) - max(shape.top, other.top)
    return across > slack and down > slack


def test_a_name_too_long_for_a_slide_goes_on_on_the_next_and_loses_no_word(materials, fitted, sets):
    name = LONGEST * 6
    long = sets["Yerevan turns west"].model_copy(update={"name": name})
    found = read.shapes(deck(Material(fitted, long)))
    parts = [shape for key, shape in found.items() if key.startswith("araxes:assumptions")]
    said = " ".join(one.text_frame.text for one in parts if one.name.endswith(":text"))
    assert said.split()[: len(name.split())] == name.split()
    assert "araxes:assumptions-2:text" in found


def test_splitting_keeps_every_word_in_order():
    told = [Paragraph(f"Sentence {number} of several words.") for number in range(9)]
    kept, rest = text.split(told, 12, (120, 60))
    assert [*kept, *rest] == told and kept and rest


@pytest.mark.slow
@pytest.mark.parametrize("named", ["W", LONGEST])
def test_libreoffice_opens_the_deck_and_shows_the_labels_as_our_words_have_them(
    materials, tmp_path, named
):
    house = None if named == "W" else template(tmp_path)
    (tmp_path / "deck.pptx").write_bytes(deck(materials[named], template=house, banner=BANNER))
    pages = PdfReader(converted(tmp_path / "deck.pptx")).pages
    assert len(pages) == len(read.opened((tmp_path / "deck.pptx").read_bytes()).slides)
    assert all(page.extract_text().count(BANNER) == 2 for page in pages)
    shown = pages[1].extract_text()
    for row in materials[named].answer.outcomes.itertuples():
        # Once in the chart, once in the table.
        assert shown.count(numbers.percent(row.probability, row.mcse)) >= 2


def converted(path: Path) -> Path:
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed: no soffice on PATH (apt-get install libreoffice)"
    profile = f"-env:UserInstallation=file://{path.parent}/office"
    done = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", path.parent, path]
    subprocess.run(done, check=True, timeout=180, capture_output=True)
    return path.with_suffix(".pdf")
