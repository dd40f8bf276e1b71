"""What an address answers before its page runs: a head for previews, or that it is no page."""

from urllib.parse import parse_qsl

import pytest

from pages.ui.server.heads import ALIASES, BARE_TITLE, INDEX, PAGES, Heads, document, head
from tests.pages.test_pages import PAGES as FILES

PASSED_ON = 204  # what stands for Streamlit here answers with this


async def streamlits(scope, receive, send):
    await send({"type": "http.response.start", "status": PASSED_ON, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def answered(path: str, query: str = "", method: str = "GET") -> tuple[int, str]:
    """Status and body of what the server answers to a request."""
    sent = answer_of(path, query, method)
    return sent[0]["status"], b"".join(part.get("body", b"") for part in sent).decode()


def answer_of(path: str, query: str = "", method: str = "GET") -> list[dict]:
    """The messages of an answer, as a server sends them."""
    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [], "scheme": "http"}
    scope |= {"query_string": query.encode(), "server": ("localhost", 80), "root_path": ""}
    # nothing here waits, so no event loop is needed, of which a browser's tests keep one running
    with pytest.raises(StopIteration):
        Heads(streamlits)(scope, None, send).send(None)
    return sent


def test_every_page_of_the_menu_has_a_head_of_its_own():
    names = {file.removesuffix(".py") for file in FILES}
    assert set(PAGES) == (names | {""}) - {"forecast"}
    assert len({head(page, {}) for page in PAGES}) == len(PAGES)


def test_a_link_preview_says_which_page_and_which_days_the_link_is_of():
    status, body = answered("/record", "as_of=2024-05-01&deadline=2024-12-31&set=x")
    assert status == 200 and "<title>Track record · Araxes</title>" in body
    said = "what became of it, as of 1 May 2024, by 31 December 2024."
    assert '<meta property="og:description" content="What was forecast of the ' in body
    assert body.count(said) == 2  # for search engines and for previews


@pytest.mark.parametrize("typed", ['"><script>', "1 May 2024", "2024-13-01", ""])
def test_what_is_no_day_stands_in_no_head(typed):
    assert document("", {"as_of": typed}) == document("", {})


def test_streamlits_document_has_the_one_title_that_is_replaced():
    assert INDEX.read_text(encoding="utf-8").count(BARE_TITLE) == 1
    assert BARE_TITLE not in document("", {})


@pytest.mark.parametrize("path", ["/", *(f"/{name}" for name in ALIASES)])
def test_the_first_page_and_other_names_of_pages_have_a_head(path):
    status, body = answered(path)
    assert status == 200 and "og:title" in body


@pytest.mark.parametrize("path", ["/", "/brief", "/record"])
def test_one_chart_for_another_page_leads_on_to_that_chart_alone(path):
    sent = answer_of(path, "embed=chart&chart=dots&outcome=corridor_open&as_of=2024-05-01")
    assert sent[0]["status"] == 307
    (to,) = (value.decode() for name, value in sent[0]["headers"] if name == b"location")
    assert to.startswith("/brief?")
    assert dict(parse_qsl(to.partition("?")[2])) == {
        "embed": "true",
        "only": "chart",
        "chart": "dots",
        "outcome": "corridor_open",
        "as_of": "2024-05-01",
    }
    assert answered(path, "embed=true")[0] == 200


@pytest.mark.parametrize("path", ["/nonsense/path", "/record/of/nothing"])
def test_an_address_below_no_page_says_so_and_leads_to_the_forecast(path):
    status, body = answered(path)
    assert status == 404 and 'href="/"' in body


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_stcore/health"),
        ("GET", "/static/js/index.js"),
        ("GET", "/record/_stcore/health"),
        ("GET", "/auth/login"),
        ("GET", "/nonsense"),
        ("POST", "/record"),
    ],
)
def test_all_else_is_streamlits(method, path):
    assert answered(path, method=method)[0] == PASSED_ON
