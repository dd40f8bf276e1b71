"""Time the dashboard in Chromium beside a bare Streamlit page: python -m tests.bench.bench_ui"""

import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from model.scenario import places
from model.shell.commands import open_or_fit
from tests.bench.dashboard import crowd, verdicts
from tests.bench.dashboard.first_load import bare_twin, first_load
from tests.bench.dashboard.many_events import ROWS
from tests.bench.dashboard.session import Session, visited
from tests.bench.dashboard.verdicts import Line
from tests.bench.dashboard.visitor import STEPS, Visitor
from tests.browser.server import WARMED_UP, serving
from tests.chromium import CHROMIUM, OPTIONS

LARGE = ("-m", "tests.bench.dashboard.many_events")
# Our settings stand in a file of the folder of both: the bare page has Streamlit's own instead.
AS_IT_COMES = ("--runner.postScriptGC", "true")
BARE = ("-m", "streamlit", "run", "tests/bench/dashboard/bare_page.py", *AS_IT_COMES)
PAGES = {
    "Forecast": "",
    "Assumptions": "assumptions",
    "Compare": "compare",
    "Evidence": "evidence",
    "Track record": "record",
    "Model": "method",
}
ONE_SLIDER = "slider=1&plotly_chart=290"  # one chart, as high as that of the Assumptions page
PRESSES = 3 * STEPS
LOADS = 7
USERS, IN_BROWSERS, SECONDS = 20, 2, 25.0
GIBIBYTE = 2**30


def presses(browser: Browser, ours: str, bare: str, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds from key press to repaint, ours and bare in turns; the first is not counted."""
    visitors = Visitor(browser, f"{ours}/assumptions"), Visitor(browser, f"{bare}/?{ONE_SLIDER}")
    pairs = [[one.move() for one in visitors] for _ in range(count + 1)][1:]
    for one in visitors:
        one.leave()
    return [first for first, _ in pairs], [second for _, second in pairs]


def slider_lines(browser: Browser, ours: str, bare: str) -> list[Line]:
    """The key press on our page and on the bare one."""
    times = presses(browser, ours, bare, PRESSES)
    return [
        verdicts.beside_bare("key press to repaint, median", *times, most=1.3),
        verdicts.at_most("key press to repaint, 95th percentile", *times, most=400),
    ]


def loads(browser: Browser, addresses: tuple[str, str], charts: int, count: int):
    """Milliseconds of first loads of two addresses in turns."""
    pairs = [[first_load(browser, one, charts) for one in addresses] for _ in range(count)]
    return [first for first, _ in pairs], [second for _, second in pairs]


def load_lines(
    browser: Browser, ours: str, bare: str, elements: dict[str, Session]
) -> Iterator[Line]:
    """The first load of each page, and of a bare one with as many elements of each kind."""
    for name, session in elements.items():
        charts = len(session.of_kind("plotly_chart"))
        addresses = f"{ours}/{PAGES[name]}", f"{bare}/?{bare_twin(session)}"
        times = loads(browser, addresses, charts, LOADS)
        yield verdicts.beside_bare(f"first load of {name}, median", *times, most=1.2)


def large_line(browser: Browser, logs: Path) -> Line:
    """The first load of the Evidence page with 5,000 reports, on a server of its own."""
    with serving(places.home(), LARGE, logs / "large") as large:
        charts = len(visited(large, PAGES["Evidence"]).of_kind("plotly_chart"))
        address = f"{large}/{PAGES['Evidence']}"
        times = [first_load(browser, address, charts) for _ in range(LOADS)]
    return verdicts.middle(f"first load of Evidence, {ROWS:,} rows, median", times, most=2500)


def crowd_lines(browser: Browser, ours: str) -> list[Line]:
    """Twenty at once: a few in Chromium, the others without a browser; the server's memory."""
    visitors = [Visitor(browser, f"{ours}/assumptions", 3 * n) for n in range(IN_BROWSERS)]
    turns, painted = cycle(visitors), []

    def next_press() -> None:
        begin = time.monotonic()
        painted.append(next(turns).move())
        time.sleep(max(0.0, crowd.PAUSE[0] / IN_BROWSERS - (time.monotonic() - begin)))

    others = crowd.beside(ours, USERS - IN_BROWSERS, SECONDS, next_press)
    errors = others.errors + [said for one in visitors for said in one.errors()]
    for said in errors:
        print(said, file=sys.stderr)
    sent = [1e3 * each for each in others.seconds]
    many = f"{USERS} users at once"
    return [
        verdicts.at_most(f"{many}, key press to repaint, 95th percentile", painted, [], 1500),
        verdicts.at_most(f"{many}, move to chart sent, 95th percentile", sent, [], 1500),
        verdicts.within(f"{many}, errors in {len(painted) + len(sent)} moves", len(errors), 0),
        verdicts.within("memory of the server after them, GiB", memory() / GIBIBYTE, 1),
    ]


def memory() -> int:
    """Bytes that the dashboard's server, a child of this process, holds."""
    children = psutil.Process().children()
    (server,) = [one for one in children if WARMED_UP[-1] in one.cmdline()]
    return server.memory_info().rss


def measured(ours: str, bare: str, logs: Path) -> Iterator[Line]:
    """Every line of the report, as each is measured, between two servers that are warm."""
    elements = {name: visited(ours, path) for name, path in PAGES.items()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield from slider_lines(browser, ours, bare)
        yield from load_lines(browser, ours, bare, elements)
        yield from crowd_lines(browser, ours)
        yield large_line(browser, logs)
        browser.close()


def main() -> None:
    run = open_or_fit(places.SCENARIO_FOLDER, None, None)
    lines = []
    with tempfile.TemporaryDirectory() as logs:
        served = serving(places.home(), WARMED_UP, Path(logs) / "ours")
        plain = serving(places.home(), BARE, Path(logs) / "bare")
        with served as ours, plain as bare:
            for line in measured(ours, bare, Path(logs)):
                print(f"measured: {line.what}", file=sys.stderr)
                lines.append(line)
    Console(width=150).print(verdicts.report(lines, f"The dashboard in Chromium, run {run.id}"))


if __name__ == "__main__":
    main()
