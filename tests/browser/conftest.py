import pytest

from tests.browser.server import WARMED_UP, serving


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
