"""A file matches its run, or `verify` says what was changed in it; files are changed for real."""

import json
import re
import shutil
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pptx
import pyarrow
import pyarrow.parquet
import pytest
from lxml import etree
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject
from typer.testing import CliRunner

from briefing import tables_by_name
from briefing.exports import data_files, images, ledger, reading
from briefing.exports.browser import BROWSER
from briefing.exports.verify import verify
from briefing.material import Material
from briefing.provenance import Tier, from_json, hash_of
from model import sharing, store
from model.__main__ import app
from tests.briefing.exports.exported import NAMES, OTHER, Exported, other_run

SLOW_BRIEFS = ("brief.pptx", "brief.pdf", "brief.html")


def slow(name):
    return pytest.param(name, marks=pytest.mark.slow)


@pytest.fixture(scope="module")
def home(fitted, fitted_home, tmp_path_factory):
    """A state folder with the default day's run, one of other numbers, one of a later day."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(fitted_home / "runs" / fitted.id, home / "runs" / fitted.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(home))
        store.save(other_run(fitted))
        store.save(other_run(fitted, date(2024, 2, 1)))
        yield home
    BROWSER.close()


@pytest.fixture(scope="module")
def exported(home, material, tmp_path_factory):
    return Exported(material, tmp_path_factory.mktemp("files"))


@pytest.mark.parametrize("name", NAMES)
def test_a_fresh_export_matches_its_run(exported, name):
    found = verify(exported.path(name))
    assert (found.code, found.lines) == (
        0,
        [f"{exported.folder / name}: matches run {exported.material.run.id}"],
    )


# What was changed -> how, on the file's own bytes. 13 % is the treaty's chance, 58 % the likeliest
# future's, both as the screen shows them.


def in_bytes(old, new, count=1):
    def changed(content):
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), count)

    return changed


def number_in_csv(content):
    return re.sub(
        rb"(peace_treaty.*?,0\.)(\d)", lambda m: m[1] + other_digit(m[2]), content, count=1
    )


def number_in_json(content):
    return re.sub(
        rb'("probability": 0\.)(\d)', lambda m: m[1] + other_digit(m[2]), content, count=1
    )


def other_digit(digit):
    return b"7" if digit != b"7" else b"3"


def in_parquet(column, value):
    def changed(content):
        read = pyarrow.parquet.read_table(BytesIO(content))
        values = [value, *read[column].to_pylist()[1:]]
        place = read.schema.get_field_index(column)
        field = read.schema.field(column)
        read = read.set_column(place, field, pyarrow.array(values, field.type))
        stream = BytesIO()
        pyarrow.parquet.write_table(read, stream)
        return stream.getvalue()

    return changed


def painted(content):
    """A white box over a corner of the picture, everything that it carries kept."""
    with Image.open(BytesIO(content)) as image:
        image.load()
        kept = PngInfo()
        for name, text in image.text.items():
            kept.add_itxt(name, text)
        ImageDraw.Draw(image).rectangle((300, 300, 320, 320), fill="red")
        stream = BytesIO()
        image.save(stream, "PNG", pnginfo=kept)
    return stream.getvalue()


def in_png_label(name, change):
    def changed(content):
        with Image.open(BytesIO(content)) as image:
            image.load()
            kept = PngInfo()
            for key, text in image.text.items():
                kept.add_itxt(key, change(text) if key == name else text)
            stream = BytesIO()
            image.save(stream, "PNG", pnginfo=kept)
        return stream.getvalue()

    return changed


def in_page(change):
    """The first page's drawing of a PDF changed, its digest and all else kept."""

    def changed(content):
        writer = PdfWriter(clone_from=BytesIO(content))
        page = writer.pages[0]
        old = page.get_contents().get_data()
        new = change(old)
        assert new != old
        stream = StreamObject()
        stream.set_data(new)
        page[NameObject("/Contents")] = writer._add_object(stream)
        out = BytesIO()
        writer.write(out)
        return out.getvalue()

    return changed


def other_glyph(drawing):
    """The first two glyphs of the first text swapped, as Chromium writes them."""
    return re.sub(rb"<([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})", rb"<\2\1", drawing, count=1)


def other_letter(drawing):
    """The second and third letter of the title swapped, as typst writes them."""
    return drawing.replace(rb"\000\006\000\007", rb"\000\007\000\006", 1)


def in_zip(part, change):
    def changed(content):
        stream = BytesIO()
        with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
            names = [name for name in old.namelist() if re.fullmatch(part, name)]
            assert names
            for name in old.namelist():
                held = old.read(name)
                new.writestr(name, change(held) if name == names[0] else held)
        return stream.getvalue()

    return changed


def in_slides(change):
    def changed(content):
        deck = pptx.Presentation(BytesIO(content))
        change({shape.name: shape for slide in deck.slides for shape in slide.shapes})
        stream = BytesIO()
        deck.save(stream)
        return stream.getvalue()

    return changed


def cell_of_deck(shapes):
    cells = shapes["araxes:outcomes:table"].table.rows[1].cells
    paragraphs = [cell.text_frame.paragraphs[0] for cell in cells]
    chances = [one.runs[0] for one in paragraphs if one.text == "13%"]  # published, own
    chances[-1].text = "18%"


def bar_of_deck(shapes):
    values = shapes["araxes:outcomes:chart"].chart._chartSpace.xpath(".//c:val//c:v")
    values[0].text = "0.83"


def name_of_bar(shapes):
    names = shapes["araxes:outcomes:chart"].chart._chartSpace.xpath(".//c:cat//c:v")
    names[0].text = "War"


def label_of_bar(shapes):
    formats = shapes["araxes:outcomes:chart"].chart._chartSpace.xpath(".//c:dLbl/c:numFmt")
    formats[0].set("formatCode", '"18%"')


def workbook_of_bar(shapes):
    part = shapes["araxes:outcomes:chart"].chart.part.chart_workbook.xlsx_part
    change = in_zip("xl/worksheets/sheet1.xml", in_bytes("<v>0.1294", "<v>0.8294"))
    part._blob = change(part.blob)


def notes_of_deck(content):
    return in_zip(r"ppt/notesSlides/notesSlide1\.xml", in_bytes("2023", "2024"))(content)


def in_word(change):
    def changed(content):
        file = docx.Document(BytesIO(content))
        change(file)
        stream = BytesIO()
        file.save(stream)
        return stream.getvalue()

    return changed


def cell_of_word(file):
    row = next(row for row in file.tables[0].rows if row.cells[0].text == "Peace treaty")
    run = next(run for run in row.cells[2].paragraphs[0].runs if run.text == "13%")
    run.text = "18%"


def head_of_word(file):
    file.tables[0].rows[1].cells[0].paragraphs[0].runs[0].text = "War"


def sentence_of_word(file):
    said = next(one for one in file.paragraphs if "13 in 100 for" in one.text)
    said.runs[-1].text = said.runs[-1].text.replace("13 in 100", "18 in 100")


CHANGED = {
    "digit csv": ("outcomes.csv", number_in_csv, "Peace treaty, probability [0–1]: the file says"),
    "label csv": ("outcomes.csv", in_bytes("Peace treaty", "War"), "says “War”, the run says"),
    "unit csv": ("outcomes.csv", in_bytes("low [0–1]", "low [%]"), "the file says “low [%]”"),
    "digit json": ("outcomes.json", number_in_json, "Peace treaty, probability: the file says"),
    "label json": ("outcomes.json", in_bytes("Peace treaty", "War"), "says “War”, the run says"),
    "digit parquet": ("outcomes.parquet", in_parquet("probability", 0.83), "says “0.83”"),
    "label parquet": ("outcomes.parquet", in_parquet("title", "War"), "says “War”"),
    "pixels png": ("scenarios.png", painted, "the picture was changed after it was exported"),
    "digit png": (
        "scenarios.png",
        in_png_label("Araxes-numbers", lambda said: said.replace("0.58", "0.85", 1)),
        "numbers, None of the six, probability: the file says “0.85",
    ),
    "label png": (
        "scenarios.png",
        in_png_label("Title", lambda said: "Which wars"),
        "title: the file says “Which wars”",
    ),
    "digit svg": ("scenarios.svg", in_bytes(">58%", ">85%"), "it does not show “58%”"),
    "label svg": ("scenarios.svg", in_bytes(">None of", ">Some of"), "the picture was changed"),
    "glyph pdf": ("scenarios.pdf", in_page(other_glyph), "the picture was changed"),
    "glyph brief": ("brief.pdf", in_page(other_letter), "page 1, line 1: the file says"),
    "cell pptx": ("brief.pptx", in_slides(cell_of_deck), "Probability: the file says “18%”"),
    "bar pptx": ("brief.pptx", in_slides(bar_of_deck), "value 1: the file says “0.83”"),
    "name pptx": ("brief.pptx", in_slides(name_of_bar), "category 1: the file says “War”"),
    "label pptx": ("brief.pptx", in_slides(label_of_bar), 'label 1: the file says “"18%"”'),
    "workbook pptx": ("brief.pptx", in_slides(workbook_of_bar), "workbook B2: the file says"),
    "notes pptx": ("brief.pptx", notes_of_deck, "slide 1, notes"),
    "cell docx": ("brief.docx", in_word(cell_of_word), "Probability: the file says “18%”"),
    "label docx": ("brief.docx", in_word(head_of_word), "says “War”, the run says"),
    "sentence docx": ("brief.docx", in_word(sentence_of_word), "18 in 100 for"),
    "picture docx": (
        "brief.docx",
        in_zip(r"word/media/.*\.png", painted),
        "picture: the picture was changed after it was exported",
    ),
    "cell html": ("brief.html", in_bytes("<td>13%</td>", "<td>18%</td>"), "says “18%”, the run"),
    "label html": ("brief.html", in_bytes('scope="row">Peace treaty', 'scope="row">War'), "“War”"),
    "figure html": ("brief.html", in_bytes('"58%"', '"85%"'), "chart light data 1 text 1: the"),
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_was_changed_is_named_with_what_the_run_says(exported, case):
    name, change, line = CHANGED[case]
    found = exported.verdict(name, change(exported.content(name)))
    assert found.code == 1
    assert "numbers differ" in found.lines[0] and exported.material.run.id in found.lines[0]
    assert any(line in said for said in found.lines[1:]), found.lines


@pytest.mark.parametrize("name", [*NAMES[:6], "brief.docx", *map(slow, SLOW_BRIEFS)])
def test_another_runs_file_that_claims_to_be_of_this_run_is_found(
    exported, fitted, material, name, tmp_path
):
    """The file of a run with other base rates, its provenance swapped for that of the first."""
    other = Exported(Material(store.load(OTHER), material.assumptions), tmp_path)
    content = other.content(name)
    assert verify(other.path(name)).code == 0
    found = exported.verdict(name, renamed(name, content, OTHER, fitted.id))
    assert found.code == 1 and len(found.lines) > 1


def renamed(name, content, old, new):
    """The content with one run's id in place of another's, in the metadata too."""
    form = name.split(".")[1]
    swap = in_bytes(old, new, -1)
    if form in ("csv", "json", "svg", "html"):
        return swap(content)
    if form == "png":
        return in_png_label("Araxes", lambda said: said.replace(old, new))(content)
    if form in ("pptx", "docx"):
        return in_zip("docProps/core.xml", swap)(content)
    if form == "pdf":
        writer = PdfWriter(clone_from=BytesIO(content))
        said = PdfReader(BytesIO(content)).metadata["/Araxes"]
        writer.add_metadata({"/Araxes": said.replace(old, new)})
        stream = BytesIO()
        writer.write(stream)
        return stream.getvalue()
    read = pyarrow.parquet.read_table(BytesIO(content))
    told = {
        key: value.replace(old.encode(), new.encode())
        for key, value in read.schema.metadata.items()
    }
    stream = BytesIO()
    pyarrow.parquet.write_table(read.replace_schema_metadata(told), stream)
    return stream.getvalue()


def by_pillow(content):
    with Image.open(BytesIO(content)) as image:
        image.load()
        kept = PngInfo()
        for name, text in {**image.text, "Software": "Pillow"}.items():
            kept.add_itxt(name, text)
        stream = BytesIO()
        image.save(stream, "PNG", pnginfo=kept, optimize=True)
    return stream.getvalue()


def by_pypdf(content):
    stream = BytesIO()
    writer = PdfWriter(clone_from=BytesIO(content))
    for page in writer.pages:
        page.compress_content_streams(1)
    writer.write(stream)
    return stream.getvalue()


def by_lxml(content):
    return etree.tostring(etree.fromstring(content), pretty_print=False)


def by_a_spreadsheet(content):
    """As a spreadsheet writes it again: each row filled up, every text quoted, TRUE, 15 digits."""
    import csv
    from io import StringIO

    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    wide = max(map(len, rows))
    stream = StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([again(cell) for cell in row] + [""] * (wide - len(row)))
    return stream.getvalue().encode()


def again(cell):
    if re.fullmatch(r"0\.\d+", cell):
        return f"{float(cell):.15g}"
    return {"True": "TRUE", "False": "FALSE"}.get(cell, cell)


SAVED_AGAIN = {
    "outcomes.csv": by_a_spreadsheet,
    "outcomes.json": lambda content: json.dumps(json.loads(content)).encode(),
    "outcomes.parquet": in_parquet("title", "Peace treaty"),
    "scenarios.png": by_pillow,
    "scenarios.svg": by_lxml,
    "scenarios.pdf": by_pypdf,
    "brief.pptx": in_slides(lambda shapes: None),
    "brief.docx": in_word(lambda file: None),
    "brief.pdf": by_pypdf,
}


@pytest.mark.parametrize("name", SAVED_AGAIN)
def test_a_file_that_another_program_saved_again_still_matches(exported, name):
    content = SAVED_AGAIN[name](exported.content(name))
    assert content != exported.content(name) or name == "outcomes.parquet"
    found = exported.verdict(name, content)
    assert found.code == 0, found.lines
    assert f"matches run {exported.material.run.id}" in found.lines[0]
    assert ("re-saved by Pillow" in found.lines[0]) == (name == "scenarios.png")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["brief.pptx", "brief.docx"])
def test_a_file_that_libreoffice_saved_again_matches_and_says_so(exported, name, tmp_path):
    import subprocess

    path, form = exported.path(name), name.split(".")[1]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = exported.verdict(name, (tmp_path / name).read_bytes())
    assert found.code == 0, found.lines
    assert "re-saved by LibreOffice" in found.lines[0]


def test_a_picture_whose_label_was_lost_is_of_an_unknown_run(exported):
    with Image.open(BytesIO(exported.content("scenarios.png"))) as image:
        stream = BytesIO()
        image.save(stream, "PNG")
    found = exported.verdict("scenarios.png", stream.getvalue())
    assert found.code == 2
    assert "unknown run" in found.lines[0] and "export it again" in found.lines[0]


def test_lines_that_a_user_added_are_told_and_do_not_fail(exported):
    def added(file):
        file.add_paragraph("Our own view: wait for the summit.")

    found = exported.verdict("brief.docx", in_word(added)(exported.content("brief.docx")))
    assert found.code == 0
    assert found.lines[1].startswith("added, not checked: ")
    assert found.lines[1].endswith("Our own view: wait for the summit.")


def test_a_line_that_was_taken_out_is_missed(exported):
    def removed(file):
        said = next(one for one in file.paragraphs if "13 in 100 for" in one.text)
        said._p.getparent().remove(said._p)

    found = exported.verdict("brief.docx", in_word(removed)(exported.content("brief.docx")))
    assert found.code == 1
    assert any("the file says nothing, the run says “It is very" in line for line in found.lines)


def test_a_run_that_is_not_stored_is_unknown_with_the_remedy(exported, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    found = verify(exported.path("outcomes.csv"))
    assert found.code == 2 and len(found.lines) == 1
    assert f"unknown run {exported.material.run.id}" in found.lines[0]
    assert "python -m model refit --as-of 2023-09-21" in found.lines[0]


@pytest.mark.parametrize("id", ["../../../etc", "no/run", "", "x" * 500])
def test_a_runs_id_that_is_none_opens_no_other_folder(exported, id):
    content = in_bytes(exported.material.run.id, id, -1)(exported.content("outcomes.csv"))
    found = verify(exported.path("outcomes.csv", content))
    assert found.code == 2 and len(found.lines) == 1 and len(found.lines[0]) < 300


@pytest.mark.parametrize("name", ["outcomes.csv", "scenarios.png", slow("brief.docx")])
@pytest.mark.parametrize("tier", [Tier.unsourced, Tier.numbers])
def test_files_of_lower_tiers_match_too(exported, name, tier):
    assert verify(exported.path(name, exported.content(name, tier))).code == 0


def test_assumptions_known_by_hash_alone_are_found_among_those_exported_or_asked_for(
    home, fitted, sets, tmp_path, monkeypatch
):
    own = sets["Ankara all in"].model_copy(update={"drivers": sets["Ankara all in"].drivers[:1]})
    own = own.model_copy(update={"outcomes": ()})
    shown = tables_by_name.make("outcomes", Material(fitted, own))
    path = tmp_path / "outcomes.csv"
    path.write_bytes(data_files.table(shown, Material(fitted, own), "csv", Tier.numbers))
    assert verify(path).code == 0
    stored = home / "sets" / f"{hash_of(own)}.json"
    kept = stored.read_bytes()
    stored.unlink()
    found = verify(path)
    assert found.code == 2 and "--assume FILE" in found.lines[0]
    given = tmp_path / "own.json"
    given.write_bytes(kept)
    assert verify(path, sets["Yerevan turns west"]).code == 2
    assert verify(path, sharing.read(given)).code == 0
    assert CliRunner().invoke(app, ["verify", str(path), "--assume", str(given)]).exit_code == 0


BROKEN = {
    "cut short": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "noise": lambda content: bytes(range(256)) * 40,
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_one_plain_line(exported, name, how):
    path = exported.path(name, BROKEN[how](exported.content(name)))
    if name == "outcomes.csv" and how == "cut short":
        return  # half a table is a table: see the missing rows below
    result = CliRunner().invoke(app, ["verify", str(path)])
    assert result.exit_code == 2 and len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output and result.output.startswith(str(path))


def test_half_a_table_lacks_rows(exported):
    content = exported.content("outcomes.csv")
    found = verify(exported.path("outcomes.csv", content[: len(content) - 200]))
    assert found.code == 1 and any("the file says nothing" in line for line in found.lines)


def test_a_zip_that_unpacks_to_far_too_much_is_refused_unread(exported):
    def inflated(content):
        stream = BytesIO(content)
        with ZipFile(stream, "a", ZIP_DEFLATED) as parts:
            with parts.open("ppt/media/zeros.bin", "w") as zeros:
                for _ in range(220):
                    zeros.write(bytes(10**6))
        return stream.getvalue()

    content = inflated(exported.content("brief.pptx"))
    assert len(content) < 5_000_000
    found = verify(exported.path("brief.pptx", content))
    assert found.code == 2 and "far more than ours do" in found.lines[0]


def test_a_huge_file_is_refused_unread(exported):
    path = exported.folder / "huge.csv"
    with path.open("wb") as file:
        file.truncate(reading.MOST_BYTES + 1)  # sparse: takes no room
    found = verify(path)
    assert found.code == 2 and "far more than any file of ours" in found.lines[0]


@pytest.mark.parametrize("name", ["brief.txt", "brief", "nothing.pptx", "folder.csv"])
def test_another_ending_a_missing_file_and_a_folder_are_one_plain_line(exported, name):
    path = exported.folder / name
    if path.suffix == ".txt":
        path.write_text("hello")
    if name == "folder.csv":
        path.mkdir(exist_ok=True)
    found = verify(path)
    assert found.code == 2 and len(found.lines) == 1


def test_numbers_are_held_and_their_claims_fall_where_they_moved(exported, fitted):
    """Base rates e^0.5 times as high: most chances move, the table's names and days do not."""
    path = exported.path("outcomes.csv")
    assert ledger.against(path, fitted.id).code == 0
    found = ledger.against(path, OTHER)
    assert found.code == 1 and OTHER in found.lines[0]
    old = float(cell(exported.content("outcomes.csv"), "peace_treaty", "probability [0–1]"))
    other = Material(store.load(OTHER), exported.material.assumptions).answer.outcomes
    new = float(other.set_index("outcome").at["peace_treaty", "probability"])
    said = next(line for line in found.lines if "Peace treaty, probability [0–1]" in line)
    numbers = [float(number) for number in re.findall(r"“([\d.]+)”", said)]
    assert numbers == pytest.approx([old, new], rel=1e-6)
    assert not any("title" in line or "deadline" in line for line in found.lines[1:])


def cell(content, row, column):
    import csv
    from io import StringIO

    rows = csv.DictReader(StringIO(content.decode("utf-8-sig").split("\n", 1)[1]))
    return next(one[column] for one in rows if one["outcome"] == row)


def test_a_briefs_sentences_that_no_longer_hold_stand_beside_the_new_ones(exported):
    found = ledger.against(exported.path("brief.docx"), OTHER)
    assert found.code == 1
    bottom = [line for line in found.lines if "Armenia and Azerbaijan sign a peace treaty" in line]
    assert any(re.search(r"it said “.*13 in 100 for.*”, now “.* in 100 for", one) for one in bottom)
    assert not any("Run otherrun0001" in line for line in found.lines[1:])  # no claim of its own
    assert ledger.against(exported.path("brief.docx"), exported.material.run.id).code == 0


def test_a_deadline_that_has_passed_is_said_so(exported):
    found = ledger.against(exported.path("brief.docx"), "laterrun0001")
    assert found.code == 1
    assert "its deadline, 2023-12-31, had passed" in found.lines[0]


def test_the_shell_gives_the_codes(exported, home):
    path = exported.path("outcomes.csv")
    run = CliRunner().invoke
    assert run(app, ["verify", str(path)]).exit_code == 0
    assert run(app, ["verify", str(path), "--against", OTHER]).exit_code == 1
    assert run(app, ["verify", str(path), "--against", "nosuchrun"]).exit_code == 2
    assert run(app, ["verify", str(path), "--assume", "nothing.toml"]).exit_code == 2


def test_words_can_be_taken_from_an_exported_brief(exported, home):
    told = from_json(reading.read_as("docx", exported.content("brief.docx")).provenance)
    assert told.likelihoods["peace_treaty"] == "very unlikely (5–20%)"
    run = CliRunner().invoke
    path = exported.path("brief.docx")
    result = run(app, ["paragraph", "--run", told.run, "--previous", str(path)])
    assert result.exit_code == 0 and "very unlikely (5–20%)" in result.output
    table = exported.path("outcomes.csv")
    result = run(app, ["paragraph", "--run", told.run, "--previous", str(table)])
    assert result.exit_code == 1 and "no likelihood words" in result.output
    assert images.FORMS  # pictures carry no words either
