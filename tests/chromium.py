"""The Chromium that tests and benches drive; one process for all of a test run's tests."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
# The last one keeps the browser's own traffic, such as updates of its lists, from being made.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser():
    """Started by the first test that needs it; Playwright allows one at a time in a process."""
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
