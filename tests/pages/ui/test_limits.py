"""What is let through to Streamlit's own addresses, asked of the middleware alone.

The browser tests send real files to a real server.
"""

import asyncio
import threading
from types import SimpleNamespace, coroutine

import pytest
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.ui.login import let_in
from pages.ui.server import limits
from pages.ui.server.limits import Limits

VISIT = {"type": "websocket", "path": limits.STREAM}
FILE = {"type": "http", "method": "PUT", "path": f"{limits.UPLOAD}mine/1", "headers": []}


@pytest.fixture
def held(monkeypatch):
    """The files of a server's memory; the session `mine` is let in."""
    files = MemoryUploadedFileManager("/")
    running = SimpleNamespace(uploaded_file_mgr=files)
    monkeypatch.setattr(runtime, "get_instance", lambda: running)
    monkeypatch.setattr(let_in, "_let_in", {"mine": None})
    return files


@coroutine
def _waits():
    yield


async def waiting(scope, receive, send):
    await _waits()


class Sent(list):
    async def __call__(self, message):
        self.append(message)


def begun(middleware, scope, sent):
    """A request that is under way, until it is sent None once more."""
    request = middleware(scope, None, sent)
    request.send(None)
    return request


def ended(middleware, scope) -> Sent:
    """What is sent where the answer needs no waiting."""
    sent = Sent()
    with pytest.raises(StopIteration):
        middleware(scope, None, sent).send(None)
    return sent


def test_a_page_too_many_is_turned_away_until_another_is_closed(monkeypatch):
    monkeypatch.setattr(limits, "MOST_VISITS", 1)
    door = Limits(waiting)
    first = begun(door, VISIT, Sent())
    assert ended(door, VISIT)[0] == {"type": "websocket.close", "code": 1013, "reason": ""}
    with pytest.raises(StopIteration):
        first.send(None)
    begun(door, VISIT, Sent())


def test_a_session_that_was_not_let_in_sends_nothing(held):
    other = FILE | {"path": f"{limits.UPLOAD}other/1"}
    assert ended(Limits(waiting), other)[0]["status"] == 403


@pytest.mark.parametrize(
    "limit, value, status",
    [("MOST_FILES", 1, 413), ("MOST_BYTES_EACH", 9, 413), ("MOST_BYTES", 9, 503)],
)
def test_nothing_more_is_taken_where_enough_is_held(held, monkeypatch, limit, value, status):
    monkeypatch.setattr(limits, limit, value)
    # 3 bytes, a name of 5 and a type of 1
    held.add_file("mine", UploadedFileRec("0", "a.csv", "t", b"abc"))
    assert ended(Limits(waiting), FILE)[0]["status"] == status


def test_a_visit_sends_three_files_at_once(held, monkeypatch):
    # the timer of an upload needs an event loop, and one of a browser's tests may be running here
    monkeypatch.setattr(limits, "_in_time", lambda app, *how: app(*how))
    door = Limits(waiting)
    sending = [begun(door, FILE, Sent()) for _ in range(limits.AT_ONCE_EACH)]
    assert ended(door, FILE)[0]["status"] == 503
    with pytest.raises(StopIteration):
        sending[0].send(None)
    begun(door, FILE, Sent())


def test_a_file_that_comes_too_slowly_is_given_up(held, monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE", 0.05)
    sent = Sent()

    async def slow(scope, receive, send):
        await asyncio.sleep(60)

    door = Limits(slow)
    thread = threading.Thread(target=lambda: asyncio.run(door(FILE, None, sent)))
    thread.start()
    thread.join(30)
    assert sent[0]["status"] == 408 and not door.under_way


def test_a_session_that_is_no_longer_let_in_is_forgotten_and_so_are_the_oldest(monkeypatch):
    monkeypatch.setattr(let_in, "_let_in", {})
    monkeypatch.setattr(let_in, "MOST", 2)
    now = SimpleNamespace(session_id="a")
    monkeypatch.setattr(let_in, "get_script_run_ctx", lambda **_: now)
    for now.session_id in "abc":
        let_in.note(True)
    assert [let_in.is_let_in(id) for id in "abc"] == [False, True, True]
    let_in.note(False)
    assert not let_in.is_let_in("c")
