"""Where login is set up: the provider in Streamlit's secrets, the file that ARAXES_ROLES names.

Neither: no login, and everybody may do everything. One without the other is a fault, and nobody
gets in: a forgotten variable must not open the dashboard.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from model.scenario.plain_text import one_line
from pages.ui.login import roles
from pages.ui.login.roles import LoginError, Roles

ROLES = "ARAXES_ROLES"
OF_A_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET = 32  # characters of what signs the cookies
CALLBACK = "/oauth2callback"  # where Streamlit waits for the provider's answer
HERE = ("localhost", "127.0.0.1", "::1")


def is_on() -> bool:
    """Whether visitors have to log in; they have where the secrets cannot be read."""
    try:
        return bool(os.environ.get(ROLES)) or _auth() is not None
    except LoginError:
        return True


def _auth() -> Mapping | None:
    """The table [auth] of the secrets; None where there is none.

    Raises LoginError where there are secrets that cannot be read: they may hold it.
    """
    try:
        return st.secrets.to_dict().get("auth")
    except StreamlitSecretNotFoundError as problem:
        if problem.error_id == "no-secrets-found":
            return None
        raise LoginError(one_line(str(problem))) from None
    except (OSError, ValueError) as problem:
        raise LoginError(f"the secrets cannot be read: {one_line(str(problem))}") from None


def check() -> Roles:
    """The roles, once all of the login is set up; raises LoginError for the first fault."""
    provider()
    path = os.environ.get(ROLES)
    if not path:
        raise LoginError(
            f"secrets.toml has a provider under [auth], but {ROLES} names no file of roles; "
            "nobody gets in"
        )
    stamp = _stamp(Path(path))
    return roles.read(Path(path)) if stamp is None else _read(path, stamp)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        now = path.stat()
    except OSError:
        return None
    return now.st_mtime_ns, now.st_size


@st.cache_resource(show_spinner=False, max_entries=1)
def _read(path: str, stamp: tuple[int, int]) -> Roles:
    # Read anew once the file has changed: who loses a role loses it at the next step.
    return roles.read(Path(path))


def provider() -> str | None:
    """The name that `st.login` knows the provider by; None where it stands in [auth] itself.

    Raises LoginError where the secrets hold no provider, more than one, or a faulty one.
    """
    auth = _auth()
    if auth is None:
        raise LoginError(
            f"{ROLES} names a file of roles, but no secrets.toml that can be read has a provider "
            "under [auth]; nobody gets in"
        )
    named = [name for name in auth if isinstance(auth[name], Mapping) and name != "client_kwargs"]
    if len(named) > 1:
        raise LoginError(f"[auth]: one provider was expected, and {', '.join(named)} stand there")
    where = f"auth.{named[0]}" if named else "auth"
    for fault in (*_faults_of_all(auth), *_faults(auth[named[0]] if named else auth, where)):
        raise LoginError(f"secrets.toml, {fault}")
    return named[0] if named else None


def _faults_of_all(auth: Mapping):
    address = str(auth.get("redirect_uri", ""))
    if not (_is_web(address) and urlsplit(address).path.endswith(CALLBACK)):
        yield (
            f"[auth]: redirect_uri is {address!r}; expected the dashboard's own address and "
            f"{CALLBACK}, as https://araxes.example.org{CALLBACK}"
        )
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST_SECRET:
        yield (
            f"[auth]: cookie_secret needs {SHORTEST_SECRET} characters or more; make one with "
            'python -c "import secrets; print(secrets.token_hex())"'
        )


def _faults(of: Mapping, where: str):
    missing = [name for name in OF_A_PROVIDER if not of.get(name)]
    if missing:
        yield f"[{where}]: {', '.join(missing)} missing"
    address = str(of.get("server_metadata_url", ""))
    if not _is_web(address):
        yield f"[{where}]: server_metadata_url is {address!r}; expected https://…"
    elif urlsplit(address).scheme != "https" and urlsplit(address).hostname not in HERE:
        yield (
            f"[{where}]: server_metadata_url is {address!r}; over http anybody on the way could "
            "say who somebody is: https was expected"
        )


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def is_sent_encrypted() -> bool:
    """Whether visitors reach the dashboard by https, as the provider's answer does."""
    return str((_auth() or {}).get("redirect_uri", "")).startswith("https://")
