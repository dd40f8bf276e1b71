"""Controls that need a role: off or left out, with the reason, for whoever has not."""

import streamlit as st

from briefing.words import numbers
from pages.ui.login import visitor
from pages.ui.login.roles import Role


def button(role: Role, label: str, **options) -> bool:
    """Streamlit's button; off, with the reason as its help, where the visitor has not the role.

    What it calls refuses such a visitor too: a role may go while the button is drawn.
    """
    if "on_click" in options:
        options["on_click"] = visitor.needs(role)(options["on_click"])
    reason = visitor.why_not(role)
    if reason:
        options |= {"disabled": True, "help": numbers.as_typed(reason)}
    return st.button(label, **options)


def left_out(role: Role, what: str) -> bool:
    """Whether a part of a page is left out for want of the role; the line that says so is drawn.

    what: the part, as the subject of a sentence.
    """
    reason = visitor.why_not(role)
    if reason:
        st.caption(numbers.as_typed(f"{what}: {reason[0].lower()}{reason[1:]}"))
    return bool(reason)
