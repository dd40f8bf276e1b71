"""A page on paper: all of it, also what a screen scrolls or keeps behind another part."""

import io
import re
import unicodedata

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from model.scenario import SCENARIO_FOLDER, load_scenario
from tests.browser.test_accessibility import AT_REST
from tests.browser.test_browser import at_rest, opened
from tests.slow_cases import slow

SCENARIO = load_scenario(SCENARIO_FOLDER)
DRIVERS = [driver.title for driver in SCENARIO.drivers]
PARTS = ["The other outcomes", "Why is it what it is?", "When, if at all?"]
PARTS += ["If one happens, what of the others?"]


def bare(text: str) -> str:
    """Without blanks, and with letters in place of the signs that a font joins them to."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def printed(page) -> str:
    """The text of all sheets, bare, once nothing is still being drawn."""
    at_rest(page)
    page.wait_for_function(AT_REST)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return bare("".join(sheet.extract_text() for sheet in sheets))


@pytest.mark.parametrize("path, holds", [slow("assumptions", DRIVERS), slow("", PARTS)])
def test_a_page_is_printed_from_its_title_to_its_foot(path, holds, address, new_page):
    page = opened(new_page(), address, path)
    title, foot = page.locator("h1").inner_text(), page.get_by_text(re.compile("^Run [0-9a-f]{12}"))
    asked = [title, *holds, foot.inner_text()]
    on_paper = printed(page)
    assert [text for text in asked if bare(text) not in on_paper] == []
    assert bare("As a table or file") not in on_paper  # of what is folded nothing stands there
    page.get_by_text(re.compile("^As a table or file")).first.click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    assert bare("As a table or file") in printed(page)
