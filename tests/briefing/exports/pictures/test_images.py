"""Pictures: the screen's numbers in every form, what a picture says of itself, its size."""

import json
import re
from datetime import date
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfReader

from briefing.charts import theme
from briefing.exhibits import catalogue
from briefing.exports.data.files import table
from briefing.exports.pictures import framed, sizes, tall
from briefing.exports.pictures.browser import BROWSER, NoBrowser
from briefing.exports.pictures.image_metadata import digest, fields_of
from briefing.exports.pictures.images import picture
from briefing.exports.pictures.sizes import size_of
from briefing.material.material import Material
from briefing.material.provenance import Tier, from_json
from model.assumptions import Assumptions, DriverAssumption, LeftOut
from model.scoring.stored import FOLDER as SELF_CHECKS
from tests.briefing.exports.pictures.svg_reader import SVG, Drawing
from tests.slow_cases import slow, slow_but

EVERY = sorted(catalogue.CATALOGUE)
SHOWN = slow_but(EVERY, [name for name in EVERY if name not in ("pull", "sensitivity")])
ON_A_PERCENT_AXIS = {
    "comparison": "x",
    "scenarios": "x",
    "tornado": "x",
    "curves": "y",
    "own_curves": "y",
}
HALF_A_PIXEL = 0.5
# every chart in one form, every form for some chart; the other pairs are slow
FORMS = ("png", "svg", "pdf")
EACH = [
    (name, form) if place % 3 == kind and name not in ("pull", "sensitivity") else slow(name, form)
    for place, name in enumerate(EVERY)
    for kind, form in enumerate(FORMS)
]


@pytest.fixture(scope="session", autouse=True)
def browser():
    yield BROWSER
    BROWSER.close()


@pytest.fixture(scope="session")
def drawn(exhibits):
    """(name, form) -> the picture on a slide, drawn once."""
    kept = {}

    def of(name, form="svg"):
        if (name, form) not in kept:
            kept[name, form] = picture(exhibits[name], exhibits.made_of(name), form)
        return kept[name, form]

    return of


def plain(text):
    """A text of plotly's as a reader sees it, without tags or line ends."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", str(text))))


def ticks_shown(axis):
    """Texts of an axis's ticks that lie within its range; on a log axis the range is in log10."""
    if axis.range is None or axis.type == "date":
        return list(axis.ticktext or ())
    low, high = sorted(axis.range)
    at = np.log10(axis.tickvals or ()) if axis.type == "log" else (axis.tickvals or ())
    return [
        text for text, place in zip(axis.ticktext or (), at, strict=True) if low <= place <= high
    ]


def printed(figure):
    """Every text that the figure asks for, a list."""
    said = [one.text for one in figure.layout.annotations]
    for trace in figure.data:
        if trace.type in ("bar", "heatmap") and trace.text is not None:
            said += list(np.ravel(trace.text))
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        if axis.visible is not False:
            said += [*ticks_shown(axis), axis.title.text or ""]
    return [plain(text) for text in said if plain(text)]


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_prints_every_number_and_name_of_the_screen(name, drawn, exhibits):
    found = sorted(plain(text) for text in Drawing(drawn(name)).texts())
    missing = list(printed(exhibits[name].figure))
    for text in found:
        if text in missing:
            missing.remove(text)
    # its own rows are drawn as dots, a path as a line whose numbers stand on the axis
    assert printed(exhibits[name].figure) or name in ("dots", "walk_path")
    assert missing == []


@pytest.mark.parametrize("name", SHOWN)
def test_axis_ranges_are_the_screens(name, drawn, exhibits):
    material, screen = exhibits.made_of(name), exhibits[name].figure.layout
    provenance = from_json(fields_of(drawn(name), "svg")["Araxes"])
    file = framed.framed(
        exhibits[name], material, size_of("slide"), "light", provenance
    ).figure.layout
    columns = [axis for axis in file if axis.startswith("xaxis")] if name in tall.ROWS else []
    for axis in (*columns, "xaxis", "yaxis"):
        if axis != "yaxis" or len(columns) < 2:  # each column has rows of its own: see `test_tall`
            assert file[axis].range == screen[axis[:5]].range
            assert file[axis].autorange == screen[axis[:5]].autorange


def test_no_letter_of_a_chart_on_a_slide_is_under_nine_points(exhibits):
    # a slide of PowerPoint is 960 points wide, as many as ours has pixels; a chart's letters are 12
    slide = size_of("slide")
    for name, exhibit in exhibits.items():
        provenance = exhibits.made_of(name).provenance("chart", name=name)
        drawn = framed.framed(exhibit, exhibits.made_of(name), slide, "light", provenance)
        assert 12 * drawn.scale >= 9 - 0.05, name


@pytest.mark.parametrize("name, axis", ON_A_PERCENT_AXIS.items())
def test_the_percent_axis_of_the_drawing_ends_where_the_screens_does(name, axis, drawn, exhibits):
    drawing = Drawing(drawn(name))
    share = drawing.share(axis)
    ends = (share(0), share(drawing.wide)) if axis == "x" else (share(drawing.high), share(0))
    layout = exhibits[name].figure.layout
    assert ends == pytest.approx(layout[f"{axis}axis"].range, abs=0.002)


def test_bars_are_as_long_as_the_table_says(drawn, exhibits):
    drawing = Drawing(drawn("scenarios"))
    share, rows = drawing.share("x"), exhibits["scenarios"].numbers
    ends = [share(end) for _, end in drawing.bars()]
    assert ends == pytest.approx(list(rows["probability"]), abs=HALF_A_PIXEL / drawing.wide)


@pytest.mark.parametrize(
    "name, columns, order",
    [("comparison", ["published", "own"], "F"), ("tornado", ["at_low", "at_high"], "C")],
)
def test_circles_stand_at_the_tables_numbers(name, columns, order, drawn, exhibits):
    """order: C where a trace is a row of the table, F where it is a column."""
    drawing = Drawing(drawn(name))
    share = drawing.share("x")
    read = [share(x) for trace in drawing.points() for x, _ in trace]
    rows = exhibits[name].numbers[columns].dropna().to_numpy().ravel(order)
    assert read == pytest.approx(list(rows), abs=HALF_A_PIXEL / drawing.wide)


@pytest.mark.parametrize("name", ["curves", "own_curves"])
def test_curves_run_through_the_tables_numbers(name, drawn, exhibits):
    drawing = Drawing(drawn(name))
    share, figure = drawing.share("y"), exhibits[name].figure
    of = [trace for trace in figure.data if trace.mode == "lines" and trace.fill is None]
    lines = drawing.lines()[-len(of) :]
    last = pd.Timestamp(max(of[0].x))
    first = pd.Timestamp(min(of[0].x))
    for trace, line in zip(of, lines, strict=True):
        days = (pd.DatetimeIndex(trace.x) - first) / (last - first) * line[-1][0]
        on_the_curve = np.interp([x for x, _ in line], days, trace.y)
        assert [share(y) for _, y in line] == pytest.approx(list(on_the_curve), abs=0.004)
    numbers = set(exhibits[name].numbers["probability"].round(12))
    assert {round(y, 12) for trace in of for y in trace.y} <= numbers


@pytest.mark.parametrize("name, form", EACH)
def test_every_chart_in_every_form_says_what_it_shows_and_where_it_comes_from(
    name, form, drawn, exhibits
):
    content, exhibit = drawn(name, form), exhibits[name]
    said = {"png": of_png, "svg": of_svg, "pdf": of_pdf}[form](content)
    assert said["title"] == exhibit.title and said["alt"] == exhibit.alt
    provenance = from_json(said["Araxes"])
    assert (provenance.kind, provenance.name, provenance.run) == (
        "chart",
        name,
        exhibits.made_of(name).run.id,
    )
    assert dict(provenance.choices) == dict(exhibit.choices)
    file = json.loads(table(exhibit, exhibits.made_of(name), "json"))
    assert json.loads(said["Araxes-numbers"]) == file["rows"]
    assert said["Araxes-digest"] == digest(content, form)


def of_png(content):
    with Image.open(BytesIO(content)) as image:
        image.load()
        return image.text | {"title": image.text["Title"], "alt": image.text["Description"]}


def of_svg(content):
    root = ElementTree.fromstring(content)
    kept = {e.get("id"): e.text for e in root.iter(f"{SVG}metadata")}
    return {name.capitalize(): text for name, text in kept.items()} | {
        "title": root.find(f"{SVG}title").text,
        "alt": root.find(f"{SVG}desc").text,
    }


def of_pdf(content):
    kept = PdfReader(BytesIO(content)).metadata
    return {name[1:]: str(text) for name, text in kept.items()} | {
        "title": kept["/Title"],
        "alt": kept["/Subject"],
    }


def test_title_days_run_assumptions_and_sources_stand_in_the_picture(drawn, material):
    said = plain(" ".join(Drawing(drawn("curves")).texts()))
    for text in (
        "Chance that it has happened by…",
        f"As of 21 September 2023, by 31 December 2023, as assumed below. Run {material.run.id}.",
        "Assumed: bring ",
        "reference cases.",
    ):
        assert plain(text) in said
    for driver in material.assumptions.drivers:
        assert plain(next(d.title for d in material.scenario.drivers if d.id == driver.id)) in said


def test_a_chart_of_the_fit_does_not_claim_the_assumptions(drawn):
    said = plain(" ".join(Drawing(drawn("if_then")).texts()))
    assert plain("Nothing assumed: the published forecast.") in said
    assert "asassumedbelow" not in said


@pytest.mark.parametrize("size, pixels", [("slide", (1920, 1080)), ("square", (1200, 1200))])
def test_sizes_are_exact(size, pixels, exhibits):
    for name in ("dots", "belief"):
        content = picture(exhibits[name], exhibits.made_of(name), "png", size)
        assert Image.open(BytesIO(content)).size == pixels


@pytest.mark.parametrize("size", ["1203x877", "400x330", "3000x1000"])
def test_a_size_of_ones_own_is_exact_in_every_form(size, exhibits, material):
    width, height = map(int, size.split("x"))
    files = {form: picture(exhibits["curves"], material, form, size) for form in ("png", "svg")}
    assert Image.open(BytesIO(files["png"])).size == (width, height)
    root = ElementTree.fromstring(files["svg"])
    assert (float(root.get("width")), float(root.get("height"))) == pytest.approx((width, height))
    box = PdfReader(BytesIO(picture(exhibits["curves"], material, "pdf", size))).pages[0].mediabox
    # A CSS pixel is three quarters of a point.
    assert (box.width, box.height) == pytest.approx((0.75 * width, 0.75 * height), abs=1)


@pytest.mark.parametrize("name", ["curves", "tornado", "dots"])
def test_a_column_is_as_wide_as_asked_and_as_high_as_the_chart_needs(name, exhibits, material):
    wide, high = Image.open(BytesIO(picture(exhibits[name], material, "png", "a4"))).size
    size = sizes.SIZES["a4"]
    assert wide == 1800 and 3 * size.height <= high <= 3 * size.tallest
    if name != "dots":  # at its own scale: the chart and room for the words around it
        assert high > 3 * exhibits[name].figure.layout.height


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"size": "10x10"}, "320 to 6000"),
        ({"size": "big"}, "choose slide, a4, square"),
        ({"form": "gif"}, "choose png, svg, pdf"),
        ({"theme": "blue"}, "choose light, dark"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_line(wrong, said, exhibits, material):
    with pytest.raises(ValueError, match=said) as refused:
        picture(exhibits["curves"], material, **wrong)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("background, paper", [("light", (255, 255, 255)), ("dark", (17, 23, 31))])
def test_the_background_is_solid_and_the_text_readable_on_it(background, paper, exhibits, material):
    content = picture(exhibits["curves"], material, "png", theme=background)
    image = Image.open(BytesIO(content)).convert("RGBA")
    assert image.getpixel((0, 0)) == image.getpixel((1919, 1079)) == (*paper, 255)
    ink = tuple(int(theme.INK[background][i : i + 2], 16) for i in (1, 3, 5))
    head = image.crop((0, 40, 1920, 100)).convert("RGB")  # the title's line
    colours = [colour for _, colour in head.getcolors(1 << 20)]
    assert ink in colours and paper in colours


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_exhibit_is_the_same_file(form, drawn, exhibits, material):
    again = picture(exhibits["curves"], material, form)
    assert again == drawn("curves", form)


def test_a_picture_changes_nothing_of_what_the_screen_shows(exhibits, material):
    before = exhibits["curves"].figure.to_json()
    picture(exhibits["curves"], material, "svg", theme="dark")
    assert exhibits["curves"].figure.to_json() == before


def everything(content):
    """The file's text and every part of its label."""
    return content.decode() + str(fields_of(content, "svg"))


def test_below_the_full_tier_no_source_is_named(fitted, exhibits):
    assumptions = Assumptions(
        drivers=(DriverAssumption(id="western_mediation", level=1.0),),
        left_out=(LeftOut(source="JAMnews"),),
    )
    material = Material(fitted, assumptions)
    exhibit = catalogue.make("curves", material)
    files = [picture(exhibit, material, "svg", tier=tier) for tier in (Tier.full, Tier.unsourced)]
    full, kept = map(everything, files)
    names = set(material.evidence.events["source"]) - {""}
    assert "JAMnews" in full
    assert [name for name in names if name in kept] == []
    assert "leave out a source" in kept and "Western mediation" in kept
    assert from_json(fields_of(files[1], "svg")["Araxes"]).assumptions is None


def test_numbers_only_say_no_assumption(exhibits, material):
    content = picture(exhibits["curves"], material, "svg", tier=Tier.numbers)
    kept, provenance = everything(content), from_json(fields_of(content, "svg")["Araxes"])
    assert provenance.assumptions is None and provenance.assumptions_hash in kept
    titles = {one.id: one.title for one in material.scenario.drivers}
    for driver in material.assumptions.drivers:
        assert titles[driver.id] not in kept and driver.id not in kept
    assert material.assumptions.name not in kept


@pytest.mark.parametrize("name", ["gap", "belief"])
def test_a_chart_of_assumptions_has_no_version_of_numbers_only(name, exhibits):
    with pytest.raises(ValueError, match="names assumptions"):
        picture(exhibits[name], exhibits.made_of(name), tier=Tier.numbers)


def test_without_a_browser_there_is_one_message_and_tables_still_work(
    exhibits, material, monkeypatch
):
    BROWSER.close()
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(NoBrowser, match="none is at CHROMIUM=/nowhere/chromium: install") as said:
        picture(exhibits["curves"], material)
    assert "\n" not in str(said.value)
    assert len(table(exhibits["curves"], material)) > 1000


def test_a_picture_of_a_stored_check_bears_the_checks_day_and_not_the_runs(exhibits):
    made_of = exhibits.made_of("class_skill")
    path = SELF_CHECKS / f"{made_of.scenario.id}.classes.json"
    made = date.fromisoformat(json.loads(path.read_text())["made"])
    provenance = made_of.provenance("chart", name="class_skill")
    shown = exhibits["class_skill"]
    _, below, *foot = framed.sentences(shown, made_of, provenance)
    assert below.startswith(f"A check of {made.day} {made:%B %Y}, from what was known on 21 Sept")
    assert made_of.run.id not in below
    # nor does it rest on the run's sources, or suppose anything
    assert foot == [shown.caption]
