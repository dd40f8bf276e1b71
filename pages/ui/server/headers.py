"""Headers of every answer: what a page may load, who may frame it, what a link gives away.

A chart alone can stand in other pages (`?embed=true&only=chart`): in those of this site, and of the
sites that ARAXES_FRAMED_BY names. Nothing else is framed by another site, where a visitor's press
could be led astray.
"""

import base64
import hashlib
import os
import re
import sys
from pathlib import Path
from urllib.parse import parse_qs

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.ui.login import settings

FRAMED_BY = "ARAXES_FRAMED_BY"  # sites, one after another: https://intranet.example.org
SITE = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")
INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # the full address, which holds a visitor's set, goes to no other site
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Headers:
    """Middleware that puts the headers on every answer, and lets cookies travel encrypted only."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.sites = framing_sites()
        self.policy = content_policy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.of(scope["query_string"].decode("latin-1")))
                _encrypt_cookies(headers)
            await send(message)

        await self.app(scope, receive, with_headers)

    def of(self, query: str) -> dict[str, str]:
        """The headers of the answer to an address with this query."""
        asked = parse_qs(query)
        alone = asked.get("embed") == ["true"] and asked.get("only") == ["chart"]
        sites = self.sites if alone else ()
        policy = f"{self.policy}; frame-ancestors {' '.join(("'self'", *sites))}"
        # An older header, which cannot name sites and yields to the newer in today's browsers.
        older = {} if sites else {"X-Frame-Options": "SAMEORIGIN"}
        return {**ALWAYS, "Content-Security-Policy": policy, **older}


def _encrypt_cookies(headers: MutableHeaders) -> None:
    """Mark cookies as Secure where visitors come by https, which a proxy hides from Streamlit."""
    if "set-cookie" not in headers or not settings.is_sent_encrypted():
        return
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        marked = "secure" in (part.strip().lower() for part in cookie.split(";"))
        headers.append("set-cookie", cookie if marked else f"{cookie}; Secure")


def framing_sites() -> tuple[str, ...]:
    """The sites of ARAXES_FRAMED_BY; what is no site is told on stderr, and then none may frame."""
    sites = tuple(os.environ.get(FRAMED_BY, "").split())
    wrong = [site for site in sites if not SITE.fullmatch(site)]
    if wrong:
        print(
            f"{FRAMED_BY}: {wrong[0][:80]!r} is no site, as https://intranet.example.org is one; "
            "no other site may frame a chart.",
            file=sys.stderr,
        )
    return () if wrong else sites


def content_policy() -> str:
    """What a page may load: from this server alone, no script but Streamlit's own.

    Streamlit compiles a WebAssembly module of its own; styles are written into pages by it and by
    plotly; pictures and workers are made in the browser (data: and blob:).
    """
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {' '.join(_inline_scripts())}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "frame-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def _inline_scripts() -> list[str]:
    """The scripts that stand in Streamlit's document itself, by their hashes."""
    scripts = re.findall(r"<script>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
