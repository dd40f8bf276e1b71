"""A login that is set up, and visitors as its provider vouches for them."""

import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.ui.login.settings import ROLES

AUTH = {
    "redirect_uri": "https://araxes.example.org/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "araxes",
    "client_secret": "not a secret",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
FILE = """
contact = "Ani, ani@example.org"
[viewer]
emails = ["@example.org"]
[analyst]
groups = ["desk"]
[publisher]
emails = ["ani@example.org"]
"""
VIEWER = {"name": "Vahe", "email": "vahe@example.org"}
ANALYST = {"name": "Bo Ek", "email": "bo@example.org", "groups": ["desk"]}
PUBLISHER = {"name": "Ani", "email": "ani@example.org"}
STRANGER = {"name": "Sam", "email": "sam@elsewhere.org"}


def ask_for_login(monkeypatch, folder: Path, roles: str = FILE) -> Path:
    """From now on the dashboard asks who somebody is; the file of roles."""
    path = folder / "roles.toml"
    path.write_text(roles, encoding="utf-8")
    monkeypatch.setenv(ROLES, str(path))
    return path


def visiting(page: Path, claims: dict | None = None, **auth) -> AppTest:
    """A page before its first run, with the provider in the secrets; claims: None, not logged in.

    auth: in place of the provider's own settings.
    """
    app = AppTest.from_file(page, default_timeout=120)
    app.secrets["auth"] = AUTH | auth
    app.user = {"is_logged_in": False} if claims is None else vouched(claims)
    return app


def vouched(claims: dict) -> dict:
    """Claims as the cookie of a login made just now has them."""
    of_all = {"iss": "https://login.example.org", "sub": "7", "email_verified": True}
    return {"is_logged_in": True, "iat": time.time(), **of_all, **claims}
