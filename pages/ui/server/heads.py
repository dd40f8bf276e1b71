"""What an address answers before its page runs: titles and descriptions for link previews.

Streamlit sends one document for every address and fills it in the browser, which a chat or a
mailbox that shows a preview never does. An address of no page is told as that, and one chart for
another page, `?embed=chart`, stands on the Briefing page.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from briefing.words import numbers
from model.scenario import SCENARIO_FOLDER, load_scenario

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
BARE_TITLE = "<title>Streamlit</title>"  # as Streamlit's document has it, once
# By a page's address in the menu: its name, and what it answers about the scenario in braces.
PAGES: Mapping[str, tuple[str, str]] = {
    "": ("Forecast", "How likely political outcomes in the {title} are, and why"),
    "assumptions": ("Assumptions", "Your own view of the {title} beside the published forecast"),
    "compare": ("Compare", "Scenarios of the {title} side by side, and what makes the gap"),
    "evidence": ("Evidence", "The dated, sourced events behind the forecast of the {title}"),
    "record": ("Track record", "What was forecast of the {title}, and what became of it"),
    "method": ("Model", "How the forecast of the {title} is made, and where it is weak"),
    "brief": ("Briefing", "The forecast of the {title} as a deck, a brief, a chart or a paragraph"),
}
ALIASES = {"forecast": "", "model": "method", "briefing": "brief"}
DAYS = (("as_of", "as of"), ("deadline", "by"))  # in a link, and in words
STREAMLITS_OWN = frozenset({"_stcore", "app", "auth", "component", "media", "static"})
NO_PAGE = (
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>No page · Araxes</title>'
    '<p>There is no page at this address. <a href="{home}">Open the forecast</a>.</p></html>'
)


class Heads:
    """Middleware: the document of each page with its own head; 404 where there is no page.

    `?embed=chart` leads on to the Briefing page: of `embed` Streamlit tells a page nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is asked of a page; all else is Streamlit's."""
        answer = _answer(Request(scope)) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)


def _answer(request: Request) -> Response | None:
    base = "/" + config.get_option("server.baseUrlPath").strip("/")
    path = request.url.path
    if request.method not in ("GET", "HEAD") or not path.startswith(base):
        return None
    name = path.removeprefix(base).removeprefix("/")
    page = ALIASES.get(name, name)
    if page in PAGES and request.query_params.get("embed") == "chart":
        return RedirectResponse(f"{base.rstrip('/')}/brief?{_alone(request.query_params)}")
    if page in PAGES:
        # never from a cache: the next version's document names other scripts
        return HTMLResponse(
            document(page, request.query_params), headers={"Cache-Control": "no-cache"}
        )
    first, slash, rest = name.partition("/")
    # One level deep Streamlit says itself that there is no such page; deeper it shows nothing.
    if slash and rest and not {first, rest.partition("/")[0]} & STREAMLITS_OWN:
        return HTMLResponse(NO_PAGE.format(home=escape(base)), status_code=404)
    return None


def _alone(link: Mapping[str, str]) -> str:
    """The parameters that show one chart and nothing else, with what else a link says."""
    return urlencode({**link, "embed": "true", "only": "chart"})


def document(page: str, link: Mapping[str, str]) -> str:
    """Streamlit's document with the head of a page, a key of `PAGES`, as HTML.

    link: the address's parameters; the days among them stand in the description.
    """
    title, description = (escape(text) for text in head(page, link))
    tags = [
        f"<title>{title}</title>",
        f'<meta name="description" content="{description}" />',
        f'<meta property="og:title" content="{title}" />',
        f'<meta property="og:description" content="{description}" />',
        '<meta property="og:site_name" content="Araxes" />',
        '<meta property="og:type" content="website" />',
    ]
    return _index().replace(BARE_TITLE, "\n    ".join(tags), 1)


def head(page: str, link: Mapping[str, str]) -> tuple[str, str]:
    """Title and description of a page, a key of `PAGES`, as plain text."""
    name, about = PAGES[page]
    days = [f"{word} {day}" for key, word in DAYS if (day := _day(link.get(key)))]
    said = [about.format(title=_title_or_none()), *days]
    return f"{name} · Araxes", f"{', '.join(said)}."


def _day(text: str | None) -> str:
    """A day of a link in words; "" for what is none, which the page itself tells about."""
    try:
        return numbers.long_date(date.fromisoformat(text or ""))
    except ValueError:
        return ""


@cache
def _index() -> str:
    return INDEX.read_text(encoding="utf-8")


def _title_or_none() -> str:
    """The scenario's title; words that stand for it while its file cannot be read."""
    try:
        return _scenario_title()
    except (OSError, ValueError):  # the page itself tells about it
        return "region"


@cache
def _scenario_title() -> str:
    return load_scenario(SCENARIO_FOLDER).title
