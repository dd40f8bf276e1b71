"""What an answer lets a browser do: load from this server alone, be framed by no other."""

import http.client
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.server import WARMED_UP, serving
from tests.browser.test_browser import opened
from tests.slow_cases import slow

# Told by the browser to whoever listens, for each thing that a page asked for in vain.
LISTEN = """window.refused = []; document.addEventListener('securitypolicyviolation',
    event => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`))"""


@pytest.mark.parametrize("path", ["/", "/assumptions", "/_stcore/health", "/static/none.js"])
def test_every_answer_carries_the_headers(address, path):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path)
    headers = dict(connection.getresponse().getheaders())
    headers = {name.lower(): value for name, value in headers.items()}
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["content-security-policy"].endswith("frame-ancestors 'self'")


@pytest.mark.parametrize("path", [slow(""), slow("evidence"), slow("brief")])
def test_a_page_asks_for_nothing_that_the_policy_refuses(path, address, new_page):
    page = new_page()
    page.add_init_script(LISTEN)
    opened(page, address, path)
    assert page.evaluate("window.refused") == []


@pytest.fixture
def intranet(tmp_path):
    """The address of another site, and the folder that it serves."""
    folder = tmp_path / "intranet"
    folder.mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", folder
        server.shutdown()


@pytest.mark.slow
def test_another_site_frames_a_chart_alone_only_where_it_is_named(
    fitted_home, new_page, tmp_path, monkeypatch, intranet
):
    site, folder = intranet
    monkeypatch.setenv("ARAXES_FRAMED_BY", site)
    with serving(fitted_home, WARMED_UP, tmp_path / "log") as address:
        alone = f"{address}/brief?embed=true&only=chart&chart=curves"
        (folder / "index.html").write_text(
            f'<iframe name="chart" src="{alone}"></iframe>'
            f'<iframe name="page" src="{address}/brief"></iframe>'
        )
        page = new_page()
        page.goto(site)
        chart = page.frame_locator("iframe[name=chart]").locator(".js-plotly-plot")
        expect(chart.first).to_be_visible(timeout=60_000)
        assert page.frame("page").url.startswith("chrome-error:")
