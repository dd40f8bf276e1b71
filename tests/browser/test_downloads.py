"""Files under a chart, as a visitor takes them away."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from briefing.exhibits import catalogue
from briefing.exports.pictures.images import picture
from briefing.material.material import Material
from tests.browser.server import WARMED_UP, serving
from tests.browser.test_browser import opened

FOLD = re.compile("^As a table or file: Chance that it has happened by")
PICTURES, TABLES = ("PNG", "SVG", "PDF"), ("CSV", "Parquet", "JSON")
SLOW = 120_000  # milliseconds that a browser may take to start on a busy machine


def unfolded(page):
    page.get_by_text(FOLD).first.click()
    expect(button(page, "PNG")).to_be_visible()
    return page


def button(page, name):
    """One of ours: the table above them has a button of its own for CSV."""
    return page.get_by_test_id("stDownloadButton").get_by_role("button", name=name)


def taken(page, name) -> tuple[str, bytes]:
    with page.expect_download(timeout=SLOW) as download:
        button(page, name).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize(
    "scheme, paper",
    [
        ("light", (255, 255, 255)),
        pytest.param("dark", (17, 23, 31), marks=pytest.mark.slow),
    ],
)
def test_a_chart_is_taken_away_as_the_picture_that_the_shell_makes(
    scheme, paper, address, new_page, fitted, fitted_home, monkeypatch
):
    page = unfolded(opened(new_page(color_scheme=scheme), address))
    name, content = taken(page, "PNG")
    assert name == "araxes-curves-2023-09-21-to-2023-12-31.png"
    assert Image.open(BytesIO(content)).convert("RGB").getpixel((0, 0)) == paper
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))  # whose key the server signs with
    material = Material(fitted)
    same = picture(catalogue.make("curves", material), material, "png", theme=scheme)
    assert content == same


@pytest.mark.slow
def test_the_numbers_of_a_chart_are_taken_away_as_a_file(address, new_page, fitted):
    page = unfolded(opened(new_page(), address))
    _, content = taken(page, "JSON")
    numbers = catalogue.make("curves", Material(fitted)).numbers
    rows = json.loads(content)["rows"]
    assert [row["probability"] for row in rows] == list(numbers["probability"])


@pytest.mark.slow
def test_without_a_browser_pictures_are_off_the_remedy_is_said_and_tables_work(
    fitted_home, tmp_path, new_page, monkeypatch
):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with serving(fitted_home, WARMED_UP, tmp_path / "log") as address:
        page = unfolded(opened(new_page(), address))
        for name in PICTURES + TABLES:
            expect(button(page, name)).to_be_enabled(enabled=name not in PICTURES)
        expect(page.get_by_text("Pictures need Chrome or Chromium; none is at")).to_be_visible()
        name, content = taken(page, "CSV")
        assert name.endswith(".csv") and b"# Araxes {" in content
    assert b"Traceback" not in (tmp_path / "log").read_bytes()


@pytest.mark.slow
def test_a_banner_typed_just_before_the_press_stands_in_the_document(address, new_page):
    page = opened(new_page(), address, "brief?form=Web+page")
    page.get_by_label("Classification banner").fill("RESTRICTED")
    page.get_by_role("button", name="Make the Web page file").click()
    name, content = taken(page, "Save the Web page file")
    assert name == "araxes-brief-2023-09-21-to-2023-12-31.html"
    assert content.count(b'<p class="banner">RESTRICTED</p>') == 2


@pytest.mark.slow
def test_what_was_typed_just_before_the_press_stands_in_the_file_and_its_name(
    address, new_page, fitted
):
    page = unfolded(opened(new_page(), address))
    page.get_by_role("textbox", name="Deadline").fill("2024-06-30")
    name, content = taken(page, "JSON")
    assert name == "araxes-curves-2023-09-21-to-2024-06-30.json"
    later = Material(fitted, deadline=date(2024, 6, 30))
    rows = json.loads(content)["rows"]
    numbers = catalogue.make("curves", later).numbers
    assert [row["date"][:10] for row in rows] == [f"{day:%Y-%m-%d}" for day in numbers["date"]]
    assert "2024-06-30" in json.dumps(json.loads(content)["provenance"])
