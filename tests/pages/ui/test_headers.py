"""Headers of every answer, asked of the middleware alone; the browser tests ask a real server."""

import re

import pytest
import streamlit as st

from pages.ui.server.headers import FRAMED_BY, Headers
from pages.ui.server.way_back import COOKIE, WayBack
from tests.pages.ui.login.signed_in import AUTH

ALONE = "embed=true&only=chart&chart=curves"
INTRANET = "https://intranet.example.org"


def answered(middleware, path="/", query="", asked=(), headers=()) -> dict[str, list[str]]:
    """The headers, by name, with which an answer that has `headers` passes through."""
    sent = []

    async def app(scope, receive, send):
        raw = [(name.encode(), value.encode()) for name, value in headers]
        await send({"type": "http.response.start", "status": 200, "headers": raw})

    async def send(message):
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in asked]
    scope = {"type": "http", "path": path, "query_string": query.encode(), "headers": raw}
    # nothing here waits, so no event loop is needed, of which a browser's tests keep one running
    with pytest.raises(StopIteration):
        middleware(app)(scope, None, send).send(None)
    found: dict[str, list[str]] = {}
    for name, value in sent[0]["headers"]:
        found.setdefault(name.decode().lower(), []).append(value.decode())
    return found


@pytest.mark.parametrize(
    "sites, query, ancestors, older",
    [
        ("", "", "'self'", ["SAMEORIGIN"]),
        ("", ALONE, "'self'", ["SAMEORIGIN"]),
        (INTRANET, ALONE, f"'self' {INTRANET}", None),
        (INTRANET, "", "'self'", ["SAMEORIGIN"]),  # nothing but a chart alone
        (INTRANET, "embed=true", "'self'", ["SAMEORIGIN"]),
        (
            f"{INTRANET} https://*.b.org:8443",
            ALONE,
            f"'self' {INTRANET} https://*.b.org:8443",
            None,
        ),
    ],
)
def test_a_chart_alone_is_framed_by_the_sites_that_are_named(
    monkeypatch, sites, query, ancestors, older
):
    monkeypatch.setenv(FRAMED_BY, sites)
    found = answered(Headers, query=query)
    (policy,) = found["content-security-policy"]
    assert re.search(r"frame-ancestors (.*)$", policy)[1] == ancestors
    assert found.get("x-frame-options") == older


@pytest.mark.parametrize("wrong", ["*", "intranet", "https://a.org; script-src *", "javascript:a"])
def test_what_is_no_site_is_told_and_then_no_other_site_may_frame(monkeypatch, capsys, wrong):
    monkeypatch.setenv(FRAMED_BY, f"{INTRANET} {wrong}")
    (policy,) = answered(Headers, query=ALONE)["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("ARAXES_FRAMED_BY: ") and "no other site may frame" in line


def test_a_page_loads_from_this_server_alone_and_no_script_that_is_written_into_it():
    (policy,) = answered(Headers)["content-security-policy"]
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == "'self'" and allowed["object-src"] == "'none'"
    assert re.fullmatch(r"'self' 'wasm-unsafe-eval'( 'sha256-[\w+/]{43}=')+", allowed["script-src"])
    assert "http" not in policy


def test_what_streamlit_says_in_the_same_header_gives_way():
    found = answered(Headers, headers=[("x-frame-options", "ALLOWALL")])
    assert found["x-frame-options"] == ["SAMEORIGIN"]
    assert found["x-content-type-options"] == ["nosniff"]
    assert found["referrer-policy"] == ["same-origin"]


@pytest.mark.parametrize(
    "scheme, cookies",
    [
        ("https", ["a=1; Path=/; Secure", "b=2; secure"]),
        ("http", ["a=1; Path=/", "b=2; secure"]),
    ],
)
def test_cookies_travel_encrypted_only_where_visitors_come_by_https(monkeypatch, scheme, cookies):
    kept = type(st.secrets)()
    kept._secrets = {"auth": AUTH | {"redirect_uri": f"{scheme}://a.org/oauth2callback"}}
    monkeypatch.setattr(st, "secrets", kept)
    set_before = [("set-cookie", "a=1; Path=/"), ("set-cookie", "b=2; secure")]
    assert answered(Headers, headers=set_before)["set-cookie"] == cookies


def kept_on(referer: str) -> list[str]:
    """What is kept, when Log in is pressed on a page of this address."""
    asked = [("host", "a.org"), ("referer", referer)]
    return answered(WayBack, "/auth/login", asked=asked).get("set-cookie", [])


def led_from(cookie: str, location: str = "/") -> str:
    """Where a visitor with this cookie is led after the login."""
    asked = [("host", "a.org"), ("cookie", f"{COOKIE}={cookie}")]
    found = answered(WayBack, "/oauth2callback", asked=asked, headers=[("location", location)])
    assert found["set-cookie"][-1].startswith(f"{COOKIE}=; Path=/; Max-Age=0")
    return found["location"][0]


def test_a_login_leads_back_to_the_link_that_asked_for_it():
    (cookie,) = kept_on("https://a.org/assumptions?set=1abc&as_of=2023-09-21")
    value, *rest = cookie.removeprefix(f"{COOKIE}=").split("; ")
    assert rest == ["Path=/", "Max-Age=600", "HttpOnly", "SameSite=Lax"]
    assert led_from(value) == "/assumptions?set=1abc&as_of=2023-09-21"


@pytest.mark.parametrize(
    "referer",
    [
        "https://b.org/assumptions",
        "https://a.org@b.org/",
        "https://a.org//b.org/",
        "https://a.org/auth/logout",
        f"https://a.org/?set={'a' * 3000}",
        "",
    ],
)
def test_of_another_site_and_of_no_page_nothing_is_kept(referer):
    assert kept_on(referer) == []


@pytest.mark.parametrize(
    "cookie", ["https%3A%2F%2Fb.org", "%2F%2Fb.org", "%2F%5Cb.org", "%2Fa%0d%0aX%3A1", "b.org", ""]
)
def test_a_cookie_of_anybodys_leads_to_no_other_site(cookie):
    assert led_from(cookie) == "/"


def test_where_the_login_leads_elsewhere_it_is_followed():
    assert led_from("%2Fassumptions", "https://login.example.org/error") == (
        "https://login.example.org/error"
    )
