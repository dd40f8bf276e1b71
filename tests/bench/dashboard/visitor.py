"""A visitor in Chromium who moves one slider after another, always to a set not seen before."""

from playwright.sync_api import Browser, Page

from tests.bench.dashboard.slider import inwards, press, settle, sliders, watched

STEPS = 16  # of 0.1 from a fitted level towards the further end of -2..2, which is 20 or more away


class Visitor:
    """An opened page; sliders are moved from the one at `first` on, `STEPS` steps each."""

    def __init__(self, browser: Browser, address: str, first: int = 0, steps: int = STEPS):
        self.page: Page = watched(browser)
        self.page.goto(address)
        settle(self.page)
        self.place, self.steps, self.made = first, steps, 0

    def move(self) -> float:
        """Milliseconds from a key press to the repainted chart; see `slider.press`."""
        if self.made % self.steps == 0:
            self.place = (self.place + bool(self.made)) % sliders(self.page).count()
            self.key = inwards(self.page, self.place)
        self.made += 1
        took = press(self.page, self.place, self.key)
        settle(self.page)
        return took

    def errors(self) -> list[str]:
        """What the page shows of errors."""
        return self.page.get_by_test_id("stException").all_inner_texts()

    def leave(self) -> None:
        self.page.context.close()
