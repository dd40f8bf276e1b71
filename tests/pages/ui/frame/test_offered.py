"""A file waits for the run of its press, and no visitor's waiting keeps the others from theirs."""

from threading import Thread
from types import SimpleNamespace

import pytest

from pages.ui.frame import offered
from pages.ui.frame.offered import Offered


@pytest.fixture
def page(monkeypatch):
    """The session's page, which is not being drawn, on a server without files."""
    page = SimpleNamespace(_scriptrunner=None)
    media = SimpleNamespace(_deferred_callables={})
    server = SimpleNamespace(media_file_mgr=media, get_app_session=lambda _: page)
    monkeypatch.setattr(offered.runtime, "get_instance", lambda: server)
    monkeypatch.setattr(offered, "PATIENCE", 0.2)
    return page


def waiting(file: Offered, got: list) -> Thread:
    thread = Thread(target=lambda: got.append(file.content()))
    thread.start()
    return thread


def test_two_presses_that_start_one_run_have_a_file_each(page):
    file, got = Offered("visitor"), []
    threads = [waiting(file, got), waiting(file, got)]
    file.renew("b.csv", lambda: b"new")
    file.pressed()
    for thread in threads:
        thread.join()
    assert got == [b"new", b"new"] and not offered._waiting


def test_a_file_asked_for_without_a_press_is_not_made(page):
    file = Offered("visitor")
    with pytest.raises(TimeoutError, match="press again"):
        file.content()


def test_a_file_waits_while_its_page_is_being_drawn(page):
    page._scriptrunner = object()
    file = Offered("visitor")
    file.pressed()
    with pytest.raises(TimeoutError, match="still being drawn"):
        file.content()


def test_of_one_session_two_wait_and_a_third_is_refused_at_once_while_others_are_not(
    page, monkeypatch
):
    monkeypatch.setitem(offered._waiting, "visitor", offered.MOST_WAITING)
    with pytest.raises(TimeoutError, match="other files"):
        Offered("visitor").content()
    another = Offered("another")
    another.renew("a.csv", lambda: b"whole")
    another.pressed()
    assert another.content() == b"whole"
