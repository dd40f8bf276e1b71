"""How to use the dashboard, in three steps, folded."""

import streamlit as st

STEPS = (
    (
        "Read the chances",
        "Each card states a chance both ways, with its 90% interval and the rule by which it is "
        "settled. The as-of date, beside the menu, says what the model may know; the deadline "
        "says by when.",
    ),
    (
        "See it differently",
        "On Assumptions, move a driver or suppose an outcome, and see published and yours side "
        "by side at once.",
    ),
    (
        "Compare and share",
        "On Compare, put up to four sets of assumptions side by side. The address of every page "
        "holds all that you set, the day and the run: send it to a colleague.",
    ),
)


def guide() -> None:
    """The steps, which a reader unfolds."""
    # Folded and not dismissed: a page remembers nothing beyond a visit, and would ask again.
    with st.expander("New here? Three steps", icon=":material/help:"):
        for number, (column, (title, text)) in enumerate(
            zip(st.columns(len(STEPS)), STEPS, strict=True), start=1
        ):
            column.markdown(f"**{number}. {title}.** {text}")
