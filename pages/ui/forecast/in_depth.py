"""What stands behind the chances: one part at a time on a screen, all of them on paper."""

from collections.abc import Callable, Mapping

import streamlit as st

OTHERS, WHY, WHEN, IF_THEN = "Other outcomes", "Why", "When", "If one happens"
# By the name of a control in an address: the part in which it stands, and which a link opens.
CONTROLS = {"why": WHY, "when": WHEN, "if": IF_THEN}


def section(parts: Mapping[str, Callable[[], None]]) -> None:
    """Tabs, each with what draws it; all are drawn, so that paper has them (see `style.css`)."""
    if not parts:
        return
    # Once a visit: a control that is moved comes into the address, and must open no other part.
    asked = st.session_state.setdefault("in_depth: asked", _asked())
    tabs = st.tabs(list(parts), key="in_depth", default=asked if asked in parts else None)
    for tab, draw in zip(tabs, parts.values(), strict=True):
        with tab:
            draw()


def _asked() -> str | None:
    """The part of the first control of this page that the address sets."""
    return next((part for name, part in CONTROLS.items() if name in st.query_params), None)
