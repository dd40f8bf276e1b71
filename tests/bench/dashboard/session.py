"""One visitor without a browser: a Streamlit session over the websocket that a browser uses.

A moved slider is sent as the browser sends it, and every answer is read. What a browser would do
with the answer (parsing, drawing) is left out, so that many visitors fit beside the server.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from websockets.sync.client import ClientConnection, connect

RUNS_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN
PATIENCE = 120.0  # seconds until a message that does not come is an error


@dataclass
class Session:
    """A visitor's session over `socket`.

    elements: those on the page, by their place in it. fragments: by slider, the part of the page
    that it runs. moved: the sliders' values.
    """

    socket: ClientConnection
    page_hash: str = ""
    elements: dict[tuple[int, ...], Element] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    moved: dict[str, float] = field(default_factory=dict)

    def open(self, page: str) -> None:
        """The first run of a page, named by its address on the server."""
        name, _, query = page.partition("?")
        self._run(ClientState(page_name=name, query_string=query))

    def turn_to(self, page: str) -> None:
        """Go to another page, as its link in the menu does; what stood on the last one is gone."""
        for kept in (self.elements, self.fragments, self.moved):
            kept.clear()
        self.open(page)

    def move(self, slider: Slider, value: float) -> float:
        """Set a slider; seconds until the first chart after it has come. Reads the run to its end.

        Raises TimeoutError when no answer comes, RuntimeError when the page shows an error or no
        chart.
        """
        self.moved[slider.id] = value
        asked = ClientState(page_script_hash=self.page_hash, fragment_id=self.fragments[slider.id])
        for id, level in self.moved.items():
            state = asked.widget_states.widgets.add(id=id)
            state.double_array_value.data.append(level)
        took = self._run(asked)
        if took is None:
            raise RuntimeError(f"no chart came after {slider.label} was set to {value}")
        return took

    def of_kind(self, kind: str) -> list:
        """The page's elements of one kind, such as "slider", in their order on the page."""
        found = sorted(self.elements.items())
        return [getattr(one, kind) for _, one in found if one.WhichOneof("type") == kind]

    def _run(self, asked: ClientState) -> float | None:
        begin, chart_after = perf_counter(), None
        self.socket.send(BackMsg(rerun_script=asked).SerializeToString())
        while True:
            message = ForwardMsg.FromString(self.socket.recv(timeout=PATIENCE))
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished != RUNS_AGAIN:
                return chart_after
            if self._read(message, kind) == "plotly_chart":
                chart_after = chart_after or perf_counter() - begin

    def _read(self, message: ForwardMsg, kind: str) -> str | None:
        """Take one message over; the kind of element that it brought."""
        if kind == "new_session":
            self.page_hash = message.new_session.page_script_hash
        if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
            return None
        element = message.delta.new_element
        brought = element.WhichOneof("type")
        if brought == "exception":
            raise RuntimeError(f"{element.exception.type}: {element.exception.message}")
        self.elements[tuple(message.metadata.delta_path)] = element
        if brought == "slider":
            self.fragments[element.slider.id] = message.delta.fragment_id
        return brought


@contextmanager
def visiting(address: str, page: str) -> Iterator[Session]:
    """A session on the server at http://… that has opened a page; its elements stay after it."""
    socket = address.replace("http", "ws", 1) + "/_stcore/stream"
    options = dict(subprotocols=["streamlit"], max_size=None, proxy=None, open_timeout=PATIENCE)
    with connect(socket, **options) as connection:
        session = Session(connection)
        session.open(page)
        yield session


def visited(address: str, page: str) -> Session:
    """A session that has opened a page and left."""
    with visiting(address, page) as session:
        return session
