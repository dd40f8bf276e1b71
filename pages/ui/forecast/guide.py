"""The first-run guide: a few steps, closed for the visit once dismissed."""

import streamlit as st

STEPS = (
    (
        "Read the chances",
        "Each card states a chance both ways, with its 90% interval. The as-of date in the "
        "sidebar says what the model may know; the deadline says by when.",
    ),
    (
        "See it differently",
        "On Assumptions, move a driver or suppose an outcome, and see published and yours side "
        "by side at once.",
    ),
    (
        "Compare and share",
        "On Compare, put up to four futures side by side. The address of every page holds all "
        "that you set: send it to a colleague.",
    ),
)
DISMISSED = "guide dismissed"


def guide() -> None:
    """The steps in a frame, or a small button that brings them back."""
    if st.session_state.get(DISMISSED, False):
        st.button(
            "Show the guide", on_click=_set, args=(False,), type="tertiary", icon=":material/help:"
        )
        return
    with st.container(border=True):
        for number, (column, (title, text)) in enumerate(
            zip(st.columns(len(STEPS)), STEPS, strict=True), start=1
        ):
            column.markdown(f"**{number}. {title}.** {text}")
        st.button("Got it", on_click=_set, args=(True,), icon=":material/check:")


def _set(dismissed: bool) -> None:
    st.session_state[DISMISSED] = dismissed
