"""The menu, called by app.py and again by every page.

A page that a cold link opens runs before app.py has run once in the process; because it calls the
menu itself, its visitor sees the same frame as everybody else.
"""

from pathlib import Path

import streamlit as st

from pages.ui.login import gate

FOLDER = Path(__file__).parents[2]
# Addresses by a page's name in the menu, which a file of that name may not have.
ALIASES = (("Model", "method.py"), ("Briefing", "brief.py"))
STYLE = Path(__file__).with_name("style.css")  # what Streamlit's theme has no setting for
TOP = Path(__file__).with_name("top.css")
NEXT, OPENED = "page to open next", "page just opened"


def menu():
    """Show the menu; gives the `st.Page` that was asked for, ready to run.

    Every page comes through here: whoever is not let in sees the gate and nothing else.

    Goes to another page instead where `open_next` asked for it.
    """
    closed = gate.is_closed()
    page = st.navigation(
        [
            st.Page(FOLDER / "forecast.py", title="Forecast", default=True),
            st.Page(FOLDER / "assumptions.py", title="Assumptions"),
            st.Page(FOLDER / "compare.py", title="Compare"),
            st.Page(FOLDER / "evidence.py", title="Evidence"),
            st.Page(FOLDER / "record.py", title="Track record"),
            st.Page(FOLDER / "method.py", title="Model"),
            st.Page(FOLDER / "brief.py", title="Briefing"),
            *(_alias(*names) for names in ALIASES),
        ],
        position="hidden" if closed else "sidebar",
    )
    st.set_page_config(page_title=f"{page.title} · Araxes", layout="wide")
    st.html(STYLE)
    if closed:
        gate.stop()
    if NEXT in st.session_state:
        st.session_state[OPENED] = True
        # Empty and not left out: then Streamlit refuses, where a control is bound to the address.
        st.switch_page(st.session_state.pop(NEXT), query_params={})
    if st.session_state.pop(OPENED, False):
        st.html(TOP)
    return page


def _alias(title: str, file: str):
    """A page that is not in the menu, and leads to one that is."""

    def go() -> None:
        st.switch_page(FOLDER / file)

    return st.Page(go, title=title, url_path=title.lower(), visibility="hidden")


def open_next(page: str) -> None:
    """Let a page, named by its file, open in place of this one: for the callback of a button.

    A callback runs before the menu, when Streamlit may not know the pages yet.
    """
    st.session_state[NEXT] = page
