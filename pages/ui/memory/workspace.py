"""The workspace that is open in this visit: opened by a login's name or by a secret link.

The secret leaves the address as soon as it has opened its workspace: an address that a visitor
copies from the browser gives nobody else the right to change what is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from model.assumptions import Assumptions
from model.workspace import store
from model.workspace.workspace import Workspace, WorkspaceError
from pages.ui.login import visitor
from pages.ui.login.roles import Role
from pages.ui.memory import forecasts

PARAMETER = "workspace"  # of the address: the secret
NAME = "who keeps and signs"


@dataclass
class Open:
    """What a visit knows of its workspace: its key, the secret that opens it, what went wrong."""

    key: str = ""
    secret: str = ""
    problem: str = ""


def state() -> Open:
    """This session's `Open`, made on the first call; a visitor who is logged in has one's own."""
    if "workspace open" not in st.session_state:
        st.session_state["workspace open"] = Open(key=_of_login())
    return st.session_state["workspace open"]


def _of_login() -> str:
    who = visitor.current()
    return store.of_login(who.issuer, who.subject) if who.subject else ""


def login_name() -> str:
    """The name that a login gives the visitor; "" where nobody is logged in."""
    who = visitor.current()
    return (who.name or who.signature)[:80]


def follow_link() -> None:
    """Open the workspace whose secret the page's address holds, and take it out of the address."""
    secret = st.query_params.get(PARAMETER)
    if secret is None:
        return
    del st.query_params[PARAMETER]
    opened, key = state(), store.of_secret(secret)
    if reason := visitor.why_not(Role.analyst):
        opened.problem = f"The link of this workspace was not followed. {reason}"
        return
    if key is None or not store.exists(key):
        opened.problem = (
            "No workspace is kept under this link: it was cut, or nobody opened the workspace for "
            "a year."
        )
        return
    store.visited(key)
    opened.key, opened.secret, opened.problem = key, secret, ""


@visitor.needs(Role.analyst)
def new() -> None:
    """Open a new workspace under a new secret; nothing is written until something is kept."""
    secret = store.new_secret()
    st.session_state["workspace open"] = Open(store.of_secret(secret) or "", secret)


def close() -> None:
    """Leave the workspace; whoever has its link comes back to it."""
    st.session_state["workspace open"] = Open(key=_of_login())


def current() -> Workspace | None:
    """The open workspace as it is stored; None where none is open or it cannot be read."""
    opened = state()
    if not opened.key:
        return None
    try:
        return store.load(opened.key, forecasts.scenario().id)
    except WorkspaceError as problem:
        opened.problem = f"{problem}."
        return None


def sets() -> dict[str, Assumptions]:
    """The newest version of each set that is kept, by name."""
    workspace = current()
    newest = workspace.newest if workspace else {}
    return {name: version.assumptions for name, version in newest.items()}


@visitor.needs(Role.analyst)
def change(step: Callable[[Workspace], Workspace]) -> bool:
    """Keep what `step` makes of the workspace; whether it could: `state().problem` says why not."""
    opened = state()
    try:
        store.change(opened.key, forecasts.scenario().id, step)
    except WorkspaceError as problem:
        opened.problem = f"{problem}."
        return False
    opened.problem = ""
    return True
