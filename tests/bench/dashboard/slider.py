"""How long a moved slider takes in a browser: from the key press to the repainted chart."""

from pathlib import Path

from playwright.sync_api import Browser, Page

WATCH = Path(__file__).with_name("watch.js")
PATIENCE = 120_000  # milliseconds; on a busy machine an answer still comes
WINDOW = {"width": 1280, "height": 900}


def watched(browser: Browser) -> Page:
    """A page in a browser context of its own, with the bench's eyes (`watch.js`) in it."""
    page = browser.new_context(viewport=WINDOW).new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(path=WATCH)
    return page


def settle(page: Page, charts: int = 1, still: int = 300) -> None:
    """Wait until so many charts are drawn, no script runs, and for `still` ms no chart changed."""
    page.wait_for_function("asked => watch.settled(asked)", arg=[charts, still], polling=50)


def press(page: Page, place: int, key: str) -> float:
    """Press a key on the slider at this place among the page's.

    Milliseconds from the key press event to the first animation frame after a chart's marks moved,
    both by the page's clock. Raises playwright's Error if no chart changes within 2 minutes.
    """
    sliders(page).nth(place).focus()
    page.evaluate("watch.arm()")
    page.keyboard.press(key)
    return page.evaluate("watch.pressToRepaint")


def sliders(page: Page):
    """The page's sliders, in their order."""
    return page.locator("input[type=range]")


def inwards(page: Page, place: int) -> str:
    """The key that moves a slider from -2..2 towards the end that is further away."""
    return "ArrowRight" if float(sliders(page).nth(place).input_value()) <= 0 else "ArrowLeft"
