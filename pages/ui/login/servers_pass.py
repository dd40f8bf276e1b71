"""The pass that lets the server's own first visit by the login: a secret of one process."""

import secrets

import streamlit as st

HEADER = "X-Araxes-First-Visit"
_issued: list[str] = []  # the secret, while the visit is under way


def issue() -> str:
    """A new pass, to be shown in the header of one's own visits until it is withdrawn."""
    _issued[:] = [secrets.token_urlsafe(32)]
    return _issued[0]


def withdraw() -> None:
    """From now on no pass opens anything."""
    _issued.clear()


def is_shown() -> bool:
    """Whether this session came with the pass."""
    shown = st.context.headers.get(HEADER, "") if _issued else ""
    return any(secrets.compare_digest(shown.encode(), issued.encode()) for issued in _issued)
