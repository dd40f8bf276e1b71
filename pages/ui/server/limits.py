"""What whoever reaches the server may ask of Streamlit's own addresses.

Streamlit keeps what is sent to it in memory while the session lasts, asks of a sender no more than
a session, which every visitor has who sees the gate, and tells everybody how full its memory is.
"""

import asyncio
from collections import Counter
from contextlib import suppress

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import config, runtime

from pages.ui.login import let_in

UPLOAD, METRICS, STREAM = "/_stcore/upload_file/", "/_stcore/metrics", "/_stcore/stream"
MOST_FILES = 100  # of a session; files that a page has done with stay, too
MOST_BYTES_EACH = 120 * 2**20  # of a session: the largest file, and the one that takes its place
MOST_BYTES = 500 * 2**20  # of all sessions
AT_ONCE_EACH, AT_ONCE = 3, 8  # files that are being sent
PATIENCE = 300.0  # seconds that sending one may take
MOST_VISITS = 500  # pages that are open at once
AGAIN = "Close what you do not need, or try again in some minutes."
Refusal = tuple[int, str]  # a status of HTTP, and one line


class Limits:
    """Middleware that answers in Streamlit's place where it would take or tell too much."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Counted by the event loop's thread alone, so that no lock is needed.
        self.under_way: Counter[str] = Counter()
        self.visits = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, within its limits, or refuse it."""
        path = _without_base(scope.get("path", ""))
        if scope["type"] == "websocket" and path == STREAM:
            await self._visit(scope, receive, send)
        elif scope["type"] == "http" and path == METRICS:
            await _refuse((404, "Not told here."), scope, receive, send)
        elif scope["type"] == "http" and path.startswith(UPLOAD) and scope["method"] == "PUT":
            await self._upload(path.removeprefix(UPLOAD), scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _visit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.visits >= MOST_VISITS:
            await WebSocketClose(1013)(scope, receive, send)
            return
        self.visits += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.visits -= 1

    async def _upload(self, place: str, scope: Scope, receive: Receive, send: Send) -> None:
        session = place.partition("/")[0]
        if refusal := self._refusal(session):
            await _refuse(refusal, scope, receive, send)
            return
        self.under_way[session] += 1
        try:
            await _in_time(self.app, scope, receive, send)
        finally:
            self.under_way -= Counter([session])

    def _refusal(self, session: str) -> Refusal | None:
        """Why a file of this session is not taken; None where it is."""
        if not let_in.is_let_in(session):
            return 403, "Files are taken from an open page alone; load the page anew."
        files, size = _held(session)
        if files >= MOST_FILES or size >= MOST_BYTES_EACH:
            return 413, "This visit holds as many files as it may; load the page anew."
        if self.under_way[session] >= AT_ONCE_EACH or self.under_way.total() >= AT_ONCE:
            return 503, f"Too many files are being sent. {AGAIN}"
        if _held()[1] >= MOST_BYTES:
            return 503, f"The server holds as many files as it may. {AGAIN}"
        return None


def _without_base(path: str) -> str:
    base = config.get_option("server.baseUrlPath").strip("/")
    return path.removeprefix(f"/{base}") if base else path


def _held(session: str | None = None) -> tuple[int, int]:
    """How many files the server's memory holds, and their bytes; of one session where named."""
    storage = runtime.get_instance().uploaded_file_mgr.file_storage
    sessions = [*storage.values()] if session is None else [storage.get(session, {})]
    files = [file for held in sessions for file in [*held.values()]]
    # their names too, which are as long as a stranger wants them
    return len(files), sum(len(f.data) + len(f.name) + len(f.type) for f in files)


async def _in_time(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Let the file be read, but for no longer than `PATIENCE`."""
    answered = False

    async def noted(message: Message) -> None:
        nonlocal answered
        answered = True
        await send(message)

    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await app(scope, receive, noted)
            return
    if not answered:
        await _refuse((408, f"The file came too slowly. {AGAIN}"), scope, receive, send)


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    status, why = refusal
    # The body was not read, so the connection is of no further use.
    answer = PlainTextResponse(why, status, headers={"Connection": "close"})
    await answer(scope, receive, send)
