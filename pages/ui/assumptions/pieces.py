"""The pieces of the Assumptions page that can be drawn anew by themselves: Streamlit's fragments.

A moved slider draws anew only what depends on it; any other step draws the whole `Piece.EDITOR`.
"""

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

VIEW = "depth"  # the key of the control that opens one outcome in depth


class Piece(StrEnum):
    """The key of a fragment; a driver's row has that of `row`."""

    EDITOR = "editor"
    CHART = "chart"
    SENTENCE = "sentence"
    SETTINGS = "settings"
    BAR = "bar"
    DEPTH = "depth of one outcome"


def row(driver: str) -> str:
    """The key of the fragment that is the row of a driver of this id."""
    return f"driver {driver}"


def said(driver: str) -> str:
    """The key of that part of a driver's row which says what it is set to."""
    return f"driver {driver}: said"


def redraw(step: Callable[..., object] | None = None, *args) -> None:
    """After `step(*args)`, if given, draw the editor anew: for the callback of a control."""
    if step is not None:
        step(*args)
    st.rerun(scope=Piece.EDITOR)


def redraw_after_a_move(row: str, bar: bool) -> None:
    """Draw anew what depends on a driver's level, the chart first: for its slider's callback.

    row: the key of what changes in the driver's row. bar: whether the bar shows something else.
    """
    depth = [Piece.DEPTH] if st.session_state.get(VIEW) else []
    rest = [row, Piece.SENTENCE, Piece.SETTINGS, *([Piece.BAR] if bar else [])]
    st.rerun(scope=[Piece.CHART, *rest, *depth])
