"""Alerts reach a real server and a real command, and what they are told never holds a secret."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from model.changes import alerts

PRIVATE = "key-4711"


@pytest.fixture
def server():
    """A server that answers 200 below /ok and else 500; what it was sent stands in `taken`."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            self.server.taken.append(json.loads(self.rfile.read(size)))
            self.send_response(200 if self.path.startswith("/ok") else 500)
            self.end_headers()

        def log_message(self, *_):
            """Nothing is printed."""

    http = HTTPServer(("127.0.0.1", 0), Taking)
    http.taken = []
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield http
    http.shutdown()


def sent(monkeypatch, webhook="", mail=""):
    monkeypatch.setenv(alerts.WEBHOOK, webhook)
    monkeypatch.setenv(alerts.MAIL, mail)
    lines = alerts.send("The treaty moved", {"now": "abc"})
    assert not [line for line in lines if PRIVATE in line]
    return lines


def test_the_webhook_takes_the_text_and_the_facts(server, monkeypatch):
    (line,) = sent(monkeypatch, f"http://127.0.0.1:{server.server_port}/ok?{PRIVATE}")
    assert line.endswith("was told")
    assert server.taken == [{"text": "The treaty moved", "now": "abc"}]


def test_a_webhook_that_answers_with_a_fault_is_said_by_its_number(server, monkeypatch):
    (line,) = sent(monkeypatch, f"http://127.0.0.1:{server.server_port}/{PRIVATE}")
    assert line.endswith("was not told: it answered 500")


@pytest.mark.parametrize(
    "address", [f"file:///{PRIVATE}", PRIVATE, f"http://[{PRIVATE}", "http://"]
)
def test_what_is_no_address_is_said_without_it(monkeypatch, address):
    (line,) = sent(monkeypatch, address)
    assert "was not told" in line


def test_the_mail_command_has_the_text_on_its_standard_input(monkeypatch, tmp_path):
    (line,) = sent(monkeypatch, mail=f"tee {tmp_path / PRIVATE}")
    assert line.endswith("was told") and (tmp_path / PRIVATE).read_text() == "The treaty moved"


@pytest.mark.parametrize("command", [f"false {PRIVATE}", f"/nowhere/{PRIVATE}", f"'{PRIVATE}"])
def test_a_command_that_fails_is_said_without_its_words(monkeypatch, command):
    (line,) = sent(monkeypatch, mail=command)
    assert "was not told" in line


def test_nobody_who_did_not_ask_is_told(monkeypatch):
    assert sent(monkeypatch) == []
