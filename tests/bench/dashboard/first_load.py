"""How long a first visitor waits in a browser: from the navigation to the page's last chart."""

import json
from collections import Counter
from urllib.parse import urlencode

from playwright.sync_api import Browser

from tests.bench.dashboard.bare_page import KINDS
from tests.bench.dashboard.session import Session
from tests.bench.dashboard.slider import settle, watched


def first_load(browser: Browser, address: str, charts: int) -> float:
    """Milliseconds, in a browser context of its own with nothing cached, until charts rest.

    The end is the animation frame after the last change inside a chart, once `charts` are drawn and
    the script has ended.
    """
    page = watched(browser)
    page.goto(address)
    settle(page, charts, still=600)
    took = page.evaluate("watch.lastChange")
    page.context.close()
    return took


def bare_twin(session: Session) -> str:
    """The query by which the bare page has as many elements of each kind as an opened session."""
    kinds = Counter(one.WhichOneof("type") for one in session.elements.values())
    asked = {kind: kinds[kind] for kind in ("slider", *KINDS) if kinds[kind]}
    heights = [str(_height(chart)) for chart in session.of_kind("plotly_chart")]
    return urlencode(asked | {"plotly_chart": ",".join(heights)}, safe=",")


def _height(chart) -> int:
    """Pixels; plotly's own where the figure sets none."""
    return json.loads(chart.spec)["layout"].get("height", 450)
