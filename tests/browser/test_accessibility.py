"""Every page for readers who see, hear or point differently."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_browser import COLDER, PAGES, at_rest, opened
from tests.slow_cases import slow_but

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
    "method?section=Simulated+worlds",
]
SEEN = ("", "assumptions", "brief")  # the views that are not slow
GRAVE = ("serious", "critical")
# Streamlit's own, which a page cannot mend: a chosen item of a multiselect is white on the primary
# colour, which in the dark has to be light, as it is the text of sliders and switches too.
STREAMLITS_OWN = {"exclude": [["[data-tag]"]]}
# A control whose script is still on its way shows a skeleton, and what fades in has too little
# contrast until it is there. An animation without an end, such as a spinner's, is not waited for.
AT_REST = """() => !document.querySelector("[data-testid=stSkeleton]") &&
    document.getAnimations().every((one) =>
        one.playState !== "running" || one.effect.getTiming().iterations === Infinity)"""
DARK_PAPER = "rgb(17, 23, 31)"  # theme.dark in .streamlit/config.toml
TABLE = re.compile("As a table or file: ")
# a briefing shows a picture with its words; a record has charts once there is something in it
CHARTED = [path for path in PAGES if path not in ("brief", "record")]


def violations(page) -> dict[str, list[str]]:
    """Grave violations by rule: the elements that break it."""
    violated = Axe().run(page, context=STREAMLITS_OWN).response["violations"]
    return {
        rule["id"]: [node["html"][:300] for node in rule["nodes"]]
        for rule in violated
        if rule["impact"] in GRAVE
    }


@pytest.fixture(scope="module")
def visitor(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def view(request, visitor, address):
    """A view at rest. Its tests follow each other and share it, so that it is loaded once."""
    shown(visitor)
    return opened(visitor, address, request.param)


def shown(page, scheme="light", width=1280, height=720):
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)


def seen(page, **how):
    """The page by a scheme at a size, at rest again."""
    shown(page, **how)
    at_rest(page)
    page.wait_for_function(AT_REST)
    return page


def of(paths):
    return pytest.mark.parametrize("view", paths, indirect=True, scope="module")


@of(slow_but(VIEWS, SEEN))
def test_no_grave_violation_is_ours(view):
    assert violations(seen(view)) == {}


@of(slow_but(PAGES, SEEN))
def test_no_grave_violation_is_ours_in_the_dark(view):
    page = seen(view, scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", DARK_PAPER)
    assert violations(page) == {}


@of([*PAGES])
def test_nothing_scrolls_sideways_on_a_phone(view):
    page = seen(view, width=390, height=844)
    wide = "(e) => e.scrollWidth - e.clientWidth"
    assert page.get_by_test_id("stMain").evaluate(wide) == 0
    assert page.locator("html").evaluate(wide) == 0


@of([pytest.param("assumptions", marks=pytest.mark.slow)])
def test_on_a_phone_the_result_stands_below_all_drivers_and_the_answer_stays_in_sight(view):
    page = seen(view, width=390, height=844)
    drivers, chart = page.locator(".st-key-drivers"), page.get_by_test_id("stPlotlyChart").first
    edge = "(e, side) => e.getBoundingClientRect()[side]"
    assert drivers.evaluate(edge, "bottom") < chart.evaluate(edge, "top")
    # nothing scrolls within it: a border may count a pixel
    assert drivers.evaluate("(e) => e.scrollHeight - e.clientHeight") <= 2
    page.get_by_role("slider").last.scroll_into_view_if_needed()
    # below the header, which is 3.75 rem of 15 px high
    assert 50 <= page.locator(".st-key-answer").evaluate(edge, "top") < 844 / 2


@of(slow_but(CHARTED, SEEN))
def test_every_chart_has_its_sentence_and_a_table_that_the_keyboard_opens(view):
    page = seen(view)
    charts = page.get_by_test_id("stPlotlyChart")
    expect(charts.first).to_be_visible()
    for chart in charts.all():
        assert len(chart.get_attribute("aria-label")) > 20
    folded = page.locator("summary").filter(has_text=TABLE).first
    folded.focus()
    folded.press("Enter")
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


@pytest.mark.slow
def test_the_check_finds_a_violation(address, new_page):
    page = opened(new_page(), address)
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"data:,\">'")
    assert "image-alt" in violations(page)
