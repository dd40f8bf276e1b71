"""A login as visitors meet it: a provider of OpenID Connect on this machine, the server, Chromium.

Each account logs in with a signed token, by the redirects that Streamlit and the provider make.
"""

import re
from itertools import islice
from pathlib import Path

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import expect

from model.record.ledger import store
from pages.ui.login.settings import ROLES
from tests.browser.server import WARMED_UP, serving
from tests.browser.test_accessibility import violations
from tests.browser.test_browser import NAMES, at_rest, menu
from tests.browser.test_limits import stranger
from tests.pages.ui.login.signed_in import ANALYST, AUTH, FILE, PUBLISHER, STRANGER, VIEWER

PUBLISHED = "record?record=Published"
SECRETS = """[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "{cookie_secret}"
client_id = "{client_id}"
client_secret = "{client_secret}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def provider():
    accounts = [
        User(sub=claims["name"], claims={"email_verified": True, **claims})
        for claims in (VIEWER, ANALYST, PUBLISHER, STRANGER)
    ]
    with run_server_in_thread(user_claims=accounts) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def home(fitted_home, tmp_path_factory) -> Path:
    """The fitted run in a state folder of this module's own."""
    home = tmp_path_factory.mktemp("home")
    (home / "runs").symlink_to(fitted_home / "runs")
    return home


@pytest.fixture(scope="module")
def dashboard(provider, home, tmp_path_factory):
    """The address of a dashboard that asks for a login, and the folder of its log and roles."""
    folder = tmp_path_factory.mktemp("login")
    (folder / "roles.toml").write_text(FILE, encoding="utf-8")
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(**AUTH, issuer=provider), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROLES, str(folder / "roles.toml"))
        command = (*WARMED_UP, "--secrets.files", str(secrets))
        with serving(home, command, folder / "log") as address:
            yield address, folder


@pytest.fixture
def visit(dashboard, new_page):
    """Opens a page in a browser of its own and logs an account in there."""

    def logged_in(path: str, who: dict):
        page = new_page()
        page.goto(f"{dashboard[0]}/{path}")
        page.get_by_role("button", name="Log in").click()
        page.get_by_label(f"Authorize as {who['name']}", exact=True).click()
        return page

    return logged_in


def drawn(page):
    """The page at rest, drawn to its foot."""
    expect(page.get_by_text(re.compile("^Run [0-9a-f]{12}"))).to_be_visible(timeout=60_000)
    at_rest(page)
    return page


def test_a_link_shows_one_button_to_whoever_is_not_logged_in(dashboard, new_page):
    page = new_page()
    page.goto(f"{dashboard[0]}/{PUBLISHED}")
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    at_rest(page)
    assert page.get_by_test_id("stMain").inner_text().split("\n")[0] == "Araxes"
    assert page.get_by_test_id("stMain").get_by_role("button").count() == 1
    assert menu(page).count() == 0
    assert violations(page) == {}


def test_whoever_sees_the_gate_can_send_no_file(dashboard):
    with stranger(dashboard[0], "brief") as visitor:
        status, said = visitor.sends("0", b"a,b")
    assert (status, said) == (403, "Files are taken from an open page alone; load the page anew.")


def test_a_viewer_is_led_to_the_link_sees_every_page_and_leaves_again(dashboard, visit):
    page = drawn(visit(PUBLISHED, VIEWER))
    expect(page).to_have_url(re.compile(r"/record\?.*record=Published"))
    assert menu(page).all_inner_texts() == NAMES
    expect(page.get_by_text("Vahe, viewer")).to_be_visible()
    reason = "this needs the role publisher; Ani, ani@example.org can give it."
    expect(page.get_by_text(f"Publishing: {reason}")).to_be_visible()
    assert page.get_by_role("button", name="Publish").count() == 0
    menu(page).nth(NAMES.index("Assumptions")).click()
    expect(page.get_by_text("Changing assumptions: this needs the role analyst")).to_be_visible()
    drawn(page)
    assert page.locator("input[type=range]").count() == 0
    page.get_by_role("button", name="Log out").click()
    page.locator("form button, form input[type=submit]").first.click()  # the provider asks, too
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    page.goto(f"{dashboard[0]}/assumptions")
    expect(page.get_by_role("button", name="Log in")).to_be_visible()


def test_an_analyst_moves_a_driver_until_the_role_is_taken_away(visit, dashboard):
    page = visit(PUBLISHED, ANALYST)
    expect(page.get_by_text("Publishing: this needs the role publisher")).to_be_visible()
    menu(page).nth(NAMES.index("Assumptions")).click()
    slider = page.locator("input[type=range]").first
    slider.press("Home")
    expect(page.get_by_text("In your view")).to_be_visible()
    at_rest(page)
    roles = dashboard[1] / "roles.toml"
    roles.write_text(FILE.replace('"desk"', '"press"'), encoding="utf-8")
    slider.press("End")
    refused = "This needs the role analyst; Ani, ani@example.org can give it."
    expect(page.get_by_role("alert").get_by_text(refused)).to_be_visible()
    roles.write_text(FILE, encoding="utf-8")


def test_a_publisher_publishes_under_the_name_of_the_login(visit, home, monkeypatch):
    page = drawn(visit(PUBLISHED, PUBLISHER))
    expect(page.get_by_text("Under your name, Ani (ani@example.org).")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("forecasts of run")).to_be_visible()
    monkeypatch.setenv("ARAXES_HOME", str(home))
    assert {row["author"] for row in islice(store.rows("forecasts"), 5)} == {
        "Ani (ani@example.org)"
    }


def test_an_account_without_a_role_is_told_whom_to_ask(visit):
    page = visit("", STRANGER)
    said = "You are logged in as Sam (sam@elsewhere.org), who has no role here yet: ask Ani, "
    expect(page.get_by_text(f"{said}ani@example.org for one.")).to_be_visible()
    assert menu(page).count() == 0


def test_the_server_opened_its_pages_before_any_login_and_its_log_has_no_fault(dashboard):
    log = (dashboard[1] / "log").read_text(errors="replace")
    assert "could not be opened" not in log
    # a refusal stands there with where it was made, and nothing else does
    assert log.count("Traceback") == log.count("NotAllowed:")
