"""The dashboard as a visitor meets it: a real server, a real Chromium, a run of real evidence."""

import re
import shutil
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import TimeoutError, expect

from briefing.charts import theme
from briefing.words import numbers
from model.assumptions import Assumptions, DriverAssumption, files
from model.forecast import forecast
from tests.browser.server import PLAIN, WARMED_UP, serving
from tests.slow_cases import slow

FORECAST = "What are the chances by 31 December 2023?"
ASSUMPTIONS = "What if you see it differently?"
PAGES = {
    "": FORECAST,
    "assumptions": ASSUMPTIONS,
    "compare": "How do scenarios compare?",
    "evidence": "What is this built on?",
    "record": "Has it been right?",
    "method": "How does it work, and where is it weak?",
    "brief": "How do I take it with me?",
}
NAMES = ["Forecast", "Assumptions", "Compare", "Evidence", "Track record", "Model", "Briefing"]
DRIVER = "russian_commitment"
TITLE = "Russia's commitment to Armenia"
MOVED = Assumptions(drivers=(DriverAssumption(id=DRIVER, level=-1.8),))
COLDER = f"assumptions?set={files.to_link(MOVED)}"
FIT = 420_000  # milliseconds that a fit may take on a busy machine


def opened(page, address: str, path: str = ""):
    """The page at this address, drawn to its foot and at rest: a list opened earlier is closed."""
    page.goto(f"{address}/{path}")
    expect(page.get_by_text(re.compile("^Run [0-9a-f]{12}"))).to_be_visible()
    at_rest(page)
    return page


def at_rest(page) -> None:
    """Wait until the page's script has ended."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()


def menu(page):
    return page.get_by_test_id("stSidebarNav").get_by_role("link")


def slider(page):
    return page.locator(f'input[type=range][aria-label="{TITLE}"]')


def settings(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def set_of(page) -> Assumptions:
    """The set that the address holds."""
    return files.from_link(settings(page).get("set", [""])[0])


def readings(page):
    """Published → own, as the chart writes it."""
    return page.locator(".js-plotly-plot .annotation-text", has_text="→")


def setting(page, line: str):
    """The line of a setting that is held."""
    return page.get_by_role("listitem").filter(has_text=line)


def expected_readings(run, assumptions: Assumptions) -> list[re.Pattern]:
    """What the chart writes of outcomes whose chance reads otherwise than the published one."""
    answers = forecast(run).outcomes, forecast(run, assumptions).outcomes
    before, after = (map(numbers.percent, table["probability"], table["mcse"]) for table in answers)
    rows = zip(answers[0]["title"], before, after, strict=True)
    return [re.compile(f"{title} +{old} → {new}$") for title, old, new in rows if old != new]


@pytest.mark.parametrize("path", [slow("compare"), slow("brief")])
def test_the_first_link_after_a_start_opens_its_page_in_the_menu(
    path, fitted_home, new_page, tmp_path
):
    with serving(fitted_home, PLAIN, tmp_path / "log") as address:
        page = opened(new_page(), address, path)
        expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path])
        assert menu(page).all_inner_texts() == NAMES
        assert page.title() == f"{NAMES[list(PAGES).index(path)]} · Araxes"
        assert page.get_by_role("dialog").count() == 0


@pytest.mark.parametrize("name, path", [("model", "method"), slow("briefing", "brief")])
def test_a_page_opens_by_its_name_in_the_menu_too(name, path, address, new_page):
    page = opened(new_page(), address, name)
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path])
    expect(page).to_have_url(re.compile(f"/{path}\\b"))


def test_the_forecast_shows_every_outcome_in_a_card_and_on_a_curve(address, new_page):
    page = opened(new_page(), address)
    expect(page.get_by_test_id("stMetricValue")).to_have_count(6)
    assert page.get_by_text(re.compile(r"in 100 for, .* in 100 against$")).count() == 6
    drawn = page.locator(".js-plotly-plot .annotation-text", has_text="Peace treaty only")
    expect(drawn).to_be_visible()


def test_a_moved_driver_moves_the_own_forecast_and_the_link_and_a_reload_keeps_both(
    address, new_page
):
    page = opened(new_page(), address, "assumptions")
    expect(page.get_by_text("this is the published forecast")).to_be_visible()
    expect(readings(page)).to_have_count(0)
    slider(page).press("Home")
    expect(page.get_by_text("In your view")).to_be_visible()
    expect(readings(page).first).to_be_visible()
    expect(page).to_have_url(re.compile(r"\bset=1\w+"))
    assert set_of(page) == Assumptions(drivers=(DriverAssumption(id=DRIVER, level=-2),))
    shown = readings(page).all_text_contents()
    page.reload()
    expect(page.get_by_text("In your view")).to_be_visible()
    expect(slider(page)).to_have_value("-2")
    expect(readings(page)).to_have_text(shown)


@pytest.mark.slow
def test_two_sliders_moved_in_quick_succession_both_show_what_they_say(address, new_page):
    page = opened(new_page(), address, "assumptions")
    first, second = slider(page), page.get_by_role("slider").nth(1)
    first.press("Home")
    second.press("Home")
    expect(page.get_by_role("radiogroup", name=re.compile("^Verb for"))).to_have_count(2)
    expect(page.get_by_role("listitem").filter(has_text="Bring ")).to_have_count(2)
    at_rest(page)
    assert [driver.level for driver in set_of(page).drivers] == [-2, -2]


def test_a_driver_stays_moved_on_another_page_and_in_a_colleagues_browser(address, new_page):
    page = opened(new_page(), address, COLDER)
    menu(page).filter(has_text="Forecast").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FORECAST)
    menu(page).filter(has_text="Assumptions").click()
    expect(slider(page)).to_have_value("-1.8")
    colleague = opened(new_page(), address, page.url.removeprefix(f"{address}/"))
    expect(slider(colleague)).to_have_value("-1.8")
    expect(colleague.get_by_text("In your view")).to_be_visible()


def test_reset_brings_back_the_published_forecast_and_a_clean_link(address, new_page):
    page = opened(new_page(), address, COLDER)
    expect(page.get_by_text("In your view")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("this is the published forecast")).to_be_visible()
    # what pins the answer is always there
    expect(page).to_have_url(re.compile(r"/assumptions\?(?!.*\bset=)"))
    assert set(settings(page)) == {"scenario", "as_of", "deadline", "run"}


@pytest.mark.slow
def test_the_model_page_shows_that_the_forecast_is_the_runs(address, new_page):
    page = opened(new_page(), address, "method")
    expect(page.get_by_text("With nothing assumed the forecast is run")).to_be_visible()


@pytest.mark.slow
def test_the_verb_is_switched_beside_the_slider(address, fitted, new_page):
    made, learned = (
        Assumptions(drivers=(DriverAssumption(id=DRIVER, level=-1.2, verb=verb),))
        for verb in ("make", "assume")
    )
    page = opened(new_page(), address, f"assumptions?set={files.to_link(made)}")
    expect(readings(page)).to_have_text(expected_readings(fitted, made))
    page.get_by_role("radiogroup", name=f"Verb for {TITLE}").get_by_text("Learn it").click()
    expect(setting(page, f"Learn that {TITLE} is −1.2")).to_be_visible()
    expect(readings(page)).to_have_text(expected_readings(fitted, learned))
    assert set_of(page) == learned


def test_the_browsers_back_button_undoes_a_step(address, new_page):
    page = opened(new_page(), address, COLDER)
    slider(page).press("Home")
    expect(slider(page)).to_have_value("-2")
    expect(setting(page, f"Bring {TITLE} to −2.0")).to_be_visible()
    page.go_back()
    expect(setting(page, f"Bring {TITLE} to −1.8")).to_be_visible()
    expect(setting(page, f"Bring {TITLE} to −2.0")).to_have_count(0)
    expect(slider(page)).to_have_count(1)  # the one before stands until the run has ended
    expect(slider(page)).to_have_value("-1.8")


def choose(page, name, option):
    """Choose from a list; one that a page drawn anew has closed is opened again."""
    listed = page.get_by_role("option", name=option)
    for _ in range(5):
        page.get_by_role("combobox", name=name).click()
        try:
            return listed.click(timeout=4000)
        except TimeoutError:
            page.keyboard.press("Escape")
    raise AssertionError(f"the list of {name} does not stay open")


@pytest.mark.slow
def test_an_outcome_that_is_supposed_reaches_a_colleague_by_link(address, new_page):
    page = opened(new_page(), address, "assumptions?part=Outcomes")
    choose(page, "Renewed offensive", "Learn that it has happened by")
    expect(setting(page, "Learn that Renewed offensive has happened by")).to_be_visible()
    assert set_of(page).outcomes[0].id == "renewed_offensive"
    colleague = opened(new_page(), address, page.url.removeprefix(f"{address}/"))
    expect(readings(colleague)).to_have_text(readings(page).all_text_contents())


@pytest.mark.slow
def test_a_broken_file_is_said_and_the_set_is_kept(address, new_page, tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("[[driver]]\nid = 'russian_commitment'\nlevel = 7\n")
    page = opened(new_page(), address, COLDER)
    page.get_by_role("button", name="Share").click()
    page.locator('input[type="file"]').set_input_files(broken)
    expect(page.get_by_text("7 where a number up to 2 was expected")).to_be_visible()
    assert set_of(page) == MOVED


@pytest.mark.slow
def test_a_belief_is_answered_at_once_and_its_refit_can_be_cancelled(address, new_page):
    page = opened(new_page(), address, "assumptions?part=Beliefs")
    believed(page, "0.7")
    page.get_by_role("button", name="Refit to check").click()
    expect(page.get_by_test_id("stProgress")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("The fit was cancelled.")).to_be_visible()
    expect(page.get_by_text("In your view")).to_be_visible()


def believed(page, low_end: str) -> None:
    """Hold the belief that is offered, with another low end, and see its fast answer."""
    low = page.get_by_role("spinbutton", name="Low end")
    low.fill(low_end)
    low.press("Enter")
    expect(page.get_by_text("with this belief")).to_be_visible()
    page.get_by_role("button", name="Believe this").click()
    expect(page.get_by_text("Reweighted at once")).to_be_visible()


@pytest.mark.slow
def test_a_belief_is_answered_at_once_and_then_by_a_refit(fitted_home, tmp_path, new_page):
    home = tmp_path / "home"
    shutil.copytree(fitted_home, home)
    with serving(home, WARMED_UP, tmp_path / "log") as address:
        page = opened(new_page(), address, "assumptions?part=Beliefs")
        believed(page, "0.6")
        page.get_by_role("button", name="Refit to check").click()
        expect(page.get_by_test_id("stProgress")).to_be_visible()
        expect(page.get_by_role("button", name="Cancel")).to_be_visible()
        slider_part = page.get_by_test_id("stButtonGroup").get_by_text("Drivers")
        slider_part.click()
        expect(slider(page)).to_be_visible()  # the page goes on meanwhile
        expect(page.get_by_text("Refitted under these beliefs")).to_be_visible(timeout=FIT)
    assert len([run for run in (home / "runs").iterdir() if run.name[0] != "."]) == 2


@pytest.mark.parametrize("scheme", [slow("light"), slow("dark")])
def test_the_charts_text_is_readable_in_both_themes(scheme, address, new_page):
    page = opened(new_page(color_scheme=scheme), address)
    ink = page.locator(".js-plotly-plot .annotation-text").first.evaluate("(e) => e.style.fill")
    assert (
        "#" + "".join(f"{int(channel):02X}" for channel in re.findall(r"\d+", ink))
        == theme.INK[scheme]
    )


def test_no_request_leaves_the_machine(address, new_page):
    page = new_page()
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    opened(page, address)
    menu(page).filter(has_text="Assumptions").click()
    expect(slider(page)).to_be_visible()
    slider(page).press("ArrowLeft")
    expect(page.get_by_text("In your view")).to_be_visible()
    schemes_without_a_host = ("data", "blob")
    left = [
        url
        for url in asked
        if urlsplit(url).scheme not in schemes_without_a_host
        and urlsplit(url).netloc != urlsplit(address).netloc
    ]
    assert len(asked) > 10 and left == []


@pytest.mark.slow
def test_with_no_run_the_dashboard_starts_a_fit_that_can_be_cancelled(tmp_path, new_page):
    with serving(tmp_path / "home", PLAIN, tmp_path / "log") as address:
        page = new_page()
        page.goto(address)
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("No run is fitted yet as of 21 September 2023")
        expect(page.get_by_test_id("stProgress")).to_contain_text("Compiling", timeout=60_000)
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("The fit was cancelled.")).to_be_visible()
        expect(page.get_by_role("button", name="Fit now")).to_be_visible()


@pytest.mark.slow
def test_with_no_run_the_dashboard_fits_one_and_shows_how_far_it_is(tmp_path, new_page):
    home = tmp_path / "home"
    with serving(home, PLAIN, tmp_path / "log") as address:
        page = new_page()
        page.goto(address)
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("No run is fitted yet as of 21 September 2023")
        expect(page.get_by_test_id("stProgress")).to_contain_text("Compiling", timeout=60_000)
        expect(page.get_by_role("button", name="Cancel")).to_be_visible()
        expect(page.get_by_test_id("stProgress")).to_contain_text("Sampling", timeout=FIT)
        expect(heading).to_have_text(FORECAST, timeout=FIT)
        expect(page.get_by_test_id("stMetricValue")).to_have_count(6)
    assert len([run for run in (home / "runs").iterdir() if run.name[0] != "."]) == 1


def test_a_link_preview_reads_page_and_day_from_the_server(address):
    with urlopen(f"{address}/record?as_of=2024-05-01", timeout=30) as answer:  # noqa: S310 - ours
        document = answer.read().decode()
    assert '<meta property="og:title" content="Track record · Araxes" />' in document
    assert "as of 1 May 2024." in document
