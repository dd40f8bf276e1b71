"""Leads a visitor who has just logged in to the page whose link asked for the login.

Streamlit leads everybody to the first page. What the link was is kept in a cookie meanwhile.
"""

import re
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

COOKIE = "araxes_way_back"
LOGIN, CALLBACK = "/auth/login", "/oauth2callback"  # Streamlit's own addresses
MINUTES = 10  # that a login may take
LONGEST = 3000  # characters of a cookie, which holds 4,096 with all that belongs to it
# A page of this dashboard: one word after the slash, so that no other site can be meant.
PAGE = re.compile(r"/\w*(\?[\x21-\x7e]*)?")


class WayBack:
    """Middleware around the two addresses of a login; all else passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the page before a login, and lead there after it."""
        base = config.get_option("server.baseUrlPath").strip("/")
        base = f"/{base}" if base else ""
        asked = scope.get("path", "") if scope["type"] == "http" else ""
        step = {base + LOGIN: _note, base + CALLBACK: _lead}.get(asked)
        if step is None:
            await self.app(scope, receive, send)
            return
        before = Headers(scope=scope)

        async def stepped(message: Message) -> None:
            if message["type"] == "http.response.start":
                step(before, MutableHeaders(scope=message), base)
            await send(message)

        await self.app(scope, receive, stepped)


def _note(asked: Headers, answer: MutableHeaders, base: str) -> None:
    """Keep the page that the login was pressed on, if it is one of this server."""
    came = urlsplit(asked.get("referer", ""))
    page = came._replace(scheme="", netloc="", fragment="").geturl()
    if came.netloc == asked.get("host") and _is_page(page, base):
        _set(answer, quote(page, safe=""), MINUTES * 60, base)


def _lead(asked: Headers, answer: MutableHeaders, base: str) -> None:
    """Lead to the page that was kept, in place of the first one, and forget it."""
    kept = SimpleCookie(asked.get("cookie", "")).get(COOKIE)
    if kept is None:
        return
    page = unquote(kept.value)
    if answer.get("location") in (base or "/", f"{base}/") and _is_page(page, base):
        answer["location"] = page
    _set(answer, "", 0, base)


def _is_page(page: str, base: str) -> bool:
    below = page.startswith(base) and PAGE.fullmatch(page.removeprefix(base))
    return bool(below) and len(quote(page, safe="")) <= LONGEST


def _set(answer: MutableHeaders, value: str, seconds: int, base: str) -> None:
    path = base or "/"
    cookie = f"{COOKIE}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    answer.append("set-cookie", cookie)
