import os
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.server import WARMED_UP, serving

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
# The last one keeps the browser's own traffic, such as updates of its lists, from being made.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser():
    if not os.access(CHROMIUM, os.X_OK):
        pytest.fail(
            f"The browser tests need Chromium; there is none at {CHROMIUM}. Install it "
            "(apt-get install chromium) or name one (CHROMIUM=/path/to/chrome).",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser):
    """Opens a page in a browser context of its own, as another visitor would."""
    contexts = []

    def opened(**options):
        contexts.append(browser.new_context(**options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def address(fitted_home, tmp_path_factory):
    """A dashboard that serves the fitted run."""
    with serving(fitted_home, WARMED_UP, tmp_path_factory.mktemp("server") / "log") as address:
        yield address
