"""The day on which a setting ends: of a driver's level, or of a switch that was turned."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from pages.ui.assumptions import pieces
from pages.ui.frame import typed_day
from pages.ui.memory import own


def choose(
    label: str,
    until: date | None,
    days: tuple[date, date],
    id: str,
    change: Callable[[str], None],
    help: str,
) -> None:
    """Draw the field; `change` is called with `id` once another day, or none, was chosen.

    until: what the set says, None for no end. days: the first and the last that may be chosen.
    """
    shown = until if until and days[0] <= until <= days[1] else None
    key = own.key_showing(shown, id, "until")
    # Its default is none, so that it can be emptied again; what the set says comes by the state.
    st.session_state.setdefault(key, shown)
    typed_day.field(
        label, key, days, lambda: pieces.redraw(change, id), may_be_empty=True, help=help
    )
