"""The one browser that draws pictures: how many there are, that it comes back, that it goes."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import plotly.graph_objects as go
import pytest
from PIL import Image

from briefing.exports.pictures.browser import WarmBrowser
from model.scenario import ROOT
from tests.slow_cases import slow

PATIENCE = 60


@pytest.fixture(scope="module")
def browser():
    browser = WarmBrowser()
    yield browser
    browser.close()


def figure(colour):
    return go.Figure(layout=dict(paper_bgcolor=colour, width=80, height=60)).to_dict()


def drawn(browser, colour="#102030"):
    """The colour of a corner of a figure with this background."""
    content = browser.draw(figure(colour), "png", 80, 60)
    return "#" + bytes(Image.open(BytesIO(content)).convert("RGB").getpixel((1, 1))).hex()


def running(column, id):
    """(process id, command) of each process whose `column` (ppid, pgid) is `id`, but the dead."""
    lines = subprocess.run(
        ["ps", "-eww", "-o", f"{column}=,pid=,stat=,args="], capture_output=True, text=True
    ).stdout.splitlines()
    rows = [line.split(None, 3) for line in lines]
    return [
        (int(row[1]), row[3]) for row in rows if int(row[0]) == id and not row[2].startswith("Z")
    ]


@pytest.fixture
def asked():
    """A server on this machine: its address, and what it was asked for."""
    asked = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Noting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/x.png", asked
        server.shutdown()


def test_a_picture_in_a_figure_is_fetched_from_nowhere(browser, asked):
    address, paths = asked
    picture = dict(source=address, xref="paper", yref="paper", x=0, y=1, sizex=1, sizey=1)
    layout = dict(paper_bgcolor="#102030", width=80, height=60, images=[picture])
    # With or without the picture, a figure: plotly may also refuse, in a line that names no place.
    try:
        browser.draw(go.Figure(layout=layout).to_dict(), "svg", 80, 60)
    except (RuntimeError, ValueError):
        pass
    assert paths == []


def test_the_browser_has_no_flag_that_lets_pages_read_files_or_other_sites(browser):
    drawn(browser)
    command = dict(running("ppid", os.getpid()))[browser.process()]
    assert "--disable-web-security" not in command and "--allow-file-access" not in command
    assert "--proxy-server=127.0.0.1:9" in command


def mine():
    """Browsers that are children of this process."""
    return [pid for pid, command in running("ppid", os.getpid()) if "chrom" in command]


def gone(group):
    """Whether every process of the group ends within the patience."""
    deadline = time.monotonic() + PATIENCE
    while running("pgid", group) and time.monotonic() < deadline:
        time.sleep(0.1)
    return running("pgid", group) == []


@pytest.mark.slow
def test_threads_that_ask_at_once_each_get_their_own_picture_from_one_browser(browser):
    before, colours = mine(), [f"#{place}0{place}0{place}0" for place in range(1, 7)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda colour: drawn(browser, colour), colours)) == colours
    assert set(mine()) - set(before) == {browser.process()}


@pytest.mark.slow
def test_ten_pictures_leave_one_browser_and_none_after_it_is_closed(browser):
    drawn(browser)
    before = mine()
    for place in range(10):
        assert drawn(browser, f"#10203{place}") == f"#10203{place}"
    one = browser.process()
    assert mine() == before and one in before
    browser.close()
    assert browser.process() is None and gone(one) and one not in mine()


@pytest.mark.slow
def test_a_browser_killed_while_it_draws_is_replaced_and_the_picture_drawn(browser):
    drawn(browser)
    first = browser.process()
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(drawn, browser) for _ in range(3)]
        os.killpg(first, signal.SIGKILL)
        assert [one.result() for one in asked] == ["#102030"] * 3
    assert browser.process() != first and gone(first)


OWNER = """
import sys
import plotly.graph_objects as go
from briefing.exports.pictures.browser import BROWSER
BROWSER.draw(go.Figure().to_dict(), "svg", 80, 60)
print(BROWSER.process(), flush=True)
{end}
"""


@pytest.mark.parametrize(
    "end, code",
    [slow("", 0), slow("raise SystemExit(3)", 3), ("sys.stdin.read()", -signal.SIGKILL)],
)
def test_the_browser_ends_with_the_process_that_owns_it(end, code):
    """At its end, after an error, and when it is killed and can close nothing."""
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER.format(end=end)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    group = int(owner.stdout.readline())
    if code == -signal.SIGKILL:
        assert running("pgid", group)
        owner.kill()
    assert owner.wait(PATIENCE) == code and gone(group)
    assert owner.stderr.read() == ""
    owner.stderr.close()
    owner.stdin.close()
    owner.stdout.close()
