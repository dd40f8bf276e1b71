"""What a stranger's program gets out of Streamlit's own addresses: files in, metrics out."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

MB = 2**20
FILE = (
    b"--b\r\nContent-Disposition: form-data; name=a; filename=%s\r\n"
    b"Content-Type: text/csv\r\n\r\n%s\r\n--b--\r\n"
)


@dataclass
class Stranger:
    """A session on the server, opened by a program; its token is the one that anybody gets."""

    address: str
    socket: ClientConnection
    id: str
    token: str

    def sends(self, file: str, content: bytes, name: bytes = b"a.csv") -> tuple[int, str]:
        """Status and text of the answer to a file that is sent in, as the browser sends it."""
        headers = {
            "Content-Type": "multipart/form-data; boundary=b",
            "X-Xsrftoken": self.token,
            "Cookie": f"_streamlit_xsrf={self.token}",
        }
        place = f"/_stcore/upload_file/{self.id}/{file}"
        status, text, _ = asked(self.address, place, "PUT", FILE % (name, content), headers)
        return status, text


def asked(address, path, method="GET", body=None, headers=None):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read().decode(errors="replace"), answer.getheaders()


@contextmanager
def stranger(address: str, page: str) -> Iterator[Stranger]:
    """A session that has asked for a page and read all of the answer."""
    cookies = [
        value for name, value in asked(address, "/_stcore/health")[2] if name == "set-cookie"
    ]
    token = cookies[0].partition("=")[2].partition(";")[0]
    socket = address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(socket, subprotocols=["streamlit"], max_size=None, proxy=None) as server:
        server.send(BackMsg(rerun_script=ClientState(page_name=page)).SerializeToString())
        id = ""
        while True:
            message = ForwardMsg.FromString(server.recv(timeout=60))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                id = message.new_session.initialize.session_id
            if kind == "script_finished":
                break
        yield Stranger(address, server, id, token)


@pytest.mark.slow  # 147 MB are sent
def test_a_visit_fills_no_more_of_the_memory_than_three_files_of_the_largest_size(address):
    with stranger(address, "brief") as visitor:
        assert visitor.sends("0", b"a,b")[0] == 204
        (too_large, _), whole = visitor.sends("x", b" " * (50 * MB + 1)), b" " * (49 * MB)
        assert too_large == 413
        for file in "123":  # 147 MB: after 98 one more is taken
            assert visitor.sends(file, whole)[0] == 204
        status, said = visitor.sends("4", b"a,b")
        assert (status, said) == (
            413,
            "This visit holds as many files as it may; load the page anew.",
        )
    with stranger(address, "brief") as another:
        assert another.sends("0", b"a,b")[0] == 204


@pytest.mark.slow  # 80 MB or more
def test_a_name_as_long_as_a_file_counts_as_much(address):
    with stranger(address, "brief") as visitor:
        answers = [visitor.sends(f"{n}", b"a", b"n" * (40 * MB))[0] for n in range(5)]
    assert answers[-1] in (400, 413)  # refused by the parser of headers, or by what is held


def test_a_file_of_no_open_page_is_refused_before_it_is_read(address):
    with stranger(address, "brief") as visitor:
        pass
    for id in (visitor.id, "0", "../0"):
        status, said = Stranger(address, visitor.socket, id, visitor.token).sends("0", b"a")
        assert status in (400, 403, 404), said


def test_nobody_is_told_what_the_memory_holds(address):
    assert asked(address, "/_stcore/metrics")[:2] == (404, "Not told here.")
    status, said, _ = asked(address, "/_stcore/metrics?families=cache_memory_bytes")
    assert (status, said) == (404, "Not told here.")
    assert asked(address, "/_stcore/health")[:2] == (200, "ok")


def test_a_message_of_a_browser_is_no_longer_than_25_mb(address):
    with stranger(address, "brief") as visitor:
        with pytest.raises(ConnectionClosed) as closed:
            visitor.socket.send(b"\0" * (26 * 10**6))
            visitor.socket.recv(timeout=60)
    # too big, where the server's word for it came before its end of the line
    assert closed.value.rcvd is None or closed.value.rcvd.code == 1009
    assert asked(address, "/_stcore/health")[:2] == (200, "ok")
