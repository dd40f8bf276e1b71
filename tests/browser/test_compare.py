"""From Compare to the Assumptions, with what the address held."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_browser import ASSUMPTIONS, TITLE, opened, set_of, setting

SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.mark.slow
def test_a_set_is_opened_from_a_link_that_holds_parameters(address, new_page):
    page = opened(new_page(), address, "compare?sets=Moscow+steps+back")
    press = page.get_by_role("button", name="Open in Assumptions")
    press.scroll_into_view_if_needed()
    assert page.evaluate(SCROLLED) > 0
    press.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ASSUMPTIONS)
    expect(setting(page, f"Bring {TITLE} to −1.6")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/assumptions\?.*\bset=1\w+"))
    assert set_of(page).name == "Moscow steps back"
    assert page.evaluate(SCROLLED) == 0  # the page starts at its top
