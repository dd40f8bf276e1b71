"""What a visitor sees who is not let in: one page with one button, or one line and whom to ask."""

import streamlit as st

from briefing.words import numbers
from pages.ui.login import let_in, settings, visitor
from pages.ui.login.roles import LoginError, Role
from pages.ui.login.visitor import Visitor


def is_closed() -> bool:
    """Whether the visitor of this session may see no page."""
    is_let_in = visitor.may(Role.viewer)
    let_in.note(is_let_in)
    return not is_let_in


def stop() -> None:
    """Draw why this visitor is not let in and the one way on, and end the page."""
    st.title("Araxes", anchor=False)
    try:
        roles, provider = settings.check(), settings.provider()
    except LoginError:
        st.error("The login of this dashboard has a fault. Who runs it finds it in the log.")
        st.stop()
    who = visitor.current()
    if who.subject and not who.late:
        st.markdown(numbers.as_typed(_without_role(who, roles.contact)))
        st.button("Log out", on_click=st.logout, icon=":material/logout:", key="log_out")
    else:
        st.button(
            "Log in", on_click=st.login, args=(provider,), icon=":material/login:", key="log_in"
        )
    st.stop()


def _without_role(who: Visitor, contact: str) -> str:
    return f"You are logged in as {who.signature}, who has no role here yet: ask {contact} for one."


def line() -> None:
    """In the sidebar, who is logged in and as what, and the way out; nothing without a login."""
    who = visitor.current()
    if not who.subject:
        return
    with st.sidebar.container(horizontal=True, vertical_alignment="center", key="logged_in"):
        st.caption(numbers.as_typed(f"{who.name or who.email or who.subject}, {who.role.name}"))
        st.button(
            "Log out", on_click=st.logout, icon=":material/logout:", type="tertiary", key="log_out"
        )
