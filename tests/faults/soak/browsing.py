"""The few visitors who have a browser: they move sliders on the Assumptions page, and look on."""

import json
import subprocess
import sys
import time
from itertools import cycle

from playwright.sync_api import Error, sync_playwright

from tests.bench.dashboard.visitor import Visitor
from tests.chromium import CHROMIUM, OPTIONS
from tests.faults.soak.visitors import Met

EVERY = 4.0  # seconds from one press to the next, of all of them together


def beside(address: str, browsers: int, others: subprocess.Popen, met: Met) -> None:
    """Press and look on until the other visitors' process has ended."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        came = [Visitor(browser, f"{address}/assumptions", 3 * n) for n in range(browsers)]
        met.visits += len(came)
        for one in cycle(came):
            if others.poll() is not None:
                break
            _press(one, met)
        met.errors += [said for one in came for said in one.errors()]
        browser.close()


def _press(one: Visitor, met: Met) -> None:
    begin = time.monotonic()
    try:
        met.took("a slider moved in a browser", one.move() / 1e3)
    except Error as problem:
        met.errors.append(f"in a browser: {str(problem)[:200]}")
    time.sleep(max(0.0, EVERY - (time.monotonic() - begin)))


def soaked(address: str, many: int, browsers: int, seconds: float) -> Met:
    """So many visitors for so long, `browsers` of them in Chromium, the others in a process."""
    command = [sys.executable, "-m", "tests.faults.soak.visitors", address]
    command += [str(many - browsers), str(seconds)]
    met = Met()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as others:
        if browsers:
            beside(address, browsers, others, met)
        met.add(Met(**json.loads(others.communicate()[0])))
    return met
