"""Every page for readers who see, hear or point differently."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_browser import COLDER, PAGES, opened

VIEWS = [
    *PAGES,
    COLDER,
    "assumptions?part=Outcomes",
    "assumptions?part=Beliefs",
    "assumptions?part=Evidence",
    "assumptions?depth=What+matters+most",
    "assumptions?depth=Flip+point",
    "method?section=Priors+and+posteriors",
    "method?section=Reference+classes",
    "method?section=Diagnostics",
]
GRAVE = ("serious", "critical")
# Streamlit's own, which a page cannot mend: a chosen item of a multiselect is white on the primary
# colour, which in the dark has to be light, as it is the text of sliders and switches too.
STREAMLITS_OWN = {"exclude": [["[data-tag]"]]}
# A control whose script is still on its way shows a skeleton, and what fades in has too little
# contrast until it is there. An animation without an end, such as a spinner's, is not waited for.
AT_REST = """() => !document.querySelector("[data-testid=stSkeleton]") &&
    document.getAnimations().every((one) =>
        one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""
TABLE = re.compile("As a table or file: ")
CHARTED = [path for path in PAGES if path != "brief"]  # which shows a picture with its words


def violations(page) -> dict[str, list[str]]:
    """Grave violations by rule: the elements that break it."""
    found = Axe().run(page, context=STREAMLITS_OWN).response["violations"]
    return {
        rule["id"]: [node["html"][:300] for node in rule["nodes"]]
        for rule in found
        if rule["impact"] in GRAVE
    }


@pytest.mark.parametrize(
    ("path", "scheme"), [(view, "light") for view in VIEWS] + [(page, "dark") for page in PAGES]
)
def test_no_grave_violation_is_ours(path, scheme, address, new_page):
    page = opened(new_page(color_scheme=scheme), address, path)
    page.wait_for_function(AT_REST)
    assert violations(page) == {}


def test_the_check_finds_a_violation(address, new_page):
    page = opened(new_page(), address)
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"data:,\">'")
    assert "image-alt" in violations(page)


@pytest.mark.parametrize("path", CHARTED)
def test_every_chart_has_its_sentence_and_a_table_that_the_keyboard_opens(path, address, new_page):
    page = opened(new_page(), address, path)
    charts = page.get_by_test_id("stPlotlyChart")
    expect(charts.first).to_be_visible()
    for chart in charts.all():
        assert len(chart.get_attribute("aria-label")) > 20
    folded = page.locator("summary").filter(has_text=TABLE).first
    folded.focus()
    folded.press("Enter")
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
