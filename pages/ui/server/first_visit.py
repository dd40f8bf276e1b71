"""A visit without a browser: a page is opened over Streamlit's websocket and its answers are read.

The start command makes one to each page, so that no visitor is the first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PATIENCE = 120.0  # seconds until a server that says nothing is given up


@dataclass
class Visit:
    """Whether the page ran without an error, and the addresses of the pages in its menu."""

    ran: bool = True
    menu: tuple[str, ...] = ()


def visit(socket: str, page: str = "", headers: Mapping[str, str] | None = None) -> Visit:
    """Open a page by its address in the menu (the first page: "") and read it to its end.

    socket: the server's, ws://…/_stcore/stream. headers: sent along. Raises OSError when there is
    no server or it goes away, and TimeoutError when it says nothing for two minutes.
    """
    # No proxy: not even this connection may leave the machine.
    options = dict(
        subprotocols=["streamlit"],
        max_size=None,
        proxy=None,
        open_timeout=PATIENCE,
        additional_headers=headers,
    )
    try:
        with connect(socket, **options) as server:
            server.send(BackMsg(rerun_script=ClientState(page_name=page)).SerializeToString())
            return _read(server)
    except ConnectionClosed as closed:
        raise ConnectionResetError(f"{socket} was closed") from closed


def _read(server: ClientConnection) -> Visit:
    seen = Visit()
    while True:
        message = ForwardMsg.FromString(server.recv(timeout=PATIENCE))
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            return seen
        if kind == "navigation":
            seen.menu = tuple(page.url_pathname for page in message.navigation.app_pages)
        if kind == "delta" and message.delta.new_element.HasField("exception"):
            seen.ran = False
