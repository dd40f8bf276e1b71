"""The events as a table; those chosen in it, whole sources or a country's media, left out."""

from datetime import date

import pandas as pd
import streamlit as st

from briefing.material.material import Material
from briefing.words import evidence
from model.assumptions import Assumptions, LeftOut
from model.runs import Run
from pages.ui.evidence import beside_published
from pages.ui.frame import downloads
from pages.ui.login.controls import left_out as not_for
from pages.ui.login.roles import Role

MOST_EVENTS = 10
# So that a window of 1280 pixels, which leaves 853 for the page and 36 of them for the ticks, shows
# all: what happened whole, where it was read, and what it is evidence about.
WIDTHS = {
    "Date": 88,
    "What happened": 276,
    "Source": 116,
    "Media of": 80,
    "Link": 54,
    "Evidence about": 200,
}
FOUR_LINES, HEIGHT = 78, 520  # pixels, of a row and of the table


def section(
    run: Run, table: pd.DataFrame, sources: list[str], media: list[str], deadline: date
) -> None:
    """The table of events, and the forecast without what the reader chose in it.

    table: one row per event in words, by its id. sources, media: those that the page is filtered
    by; they can be left out as a whole.
    """
    st.subheader("The events", anchor=False)
    st.caption("Tick events to see the forecast without them. A column's head sorts by it.")
    left_out = _ticked(table)
    downloads.numbers("events", Material(run, deadline=deadline))
    if not_for(Role.analyst, "The forecast without some events"):
        return
    if sources and st.toggle(f"Leave out all of {', '.join(sources)}", key="without_sources"):
        left_out += [LeftOut(source=source) for source in sources]
    if media and st.toggle(f"Leave out all media of {', '.join(media)}", key="without_media"):
        left_out += [LeftOut(country=country) for country in media]
    if len(left_out) > MOST_EVENTS:
        st.warning(f"Choose up to {MOST_EVENTS} to leave out at once.")
    elif left_out:
        st.subheader("The forecast without them", anchor=False)
        without = Assumptions(left_out=tuple(left_out))
        beside_published.show(run, without, deadline, "left_out", "without what you left out")


def _ticked(table: pd.DataFrame) -> list[LeftOut]:
    points = st.column_config.NumberColumn(format="%+.2f", help=evidence.PULL)
    rows = st.dataframe(
        table,
        hide_index=True,
        row_height=FOUR_LINES,
        height=HEIGHT,
        column_config={name: st.column_config.Column(width=width) for name, width in WIDTHS.items()}
        | {"Link": st.column_config.LinkColumn(display_text="Open", width=WIDTHS["Link"])}
        | {name: points for name in table if name.startswith("Pull on")},
        on_select="rerun",
        selection_mode="multi-row",
        key="events",
    ).selection.rows
    # Ticks are of the table before the step; one that is now shorter has lost some of their rows.
    return [LeftOut(event=table.index[row]) for row in rows if row < len(table)]
