"""The events as a table; those chosen in it, or whole sources, left out to see what they carry."""

from datetime import date

import pandas as pd
import streamlit as st

from briefing import assumption_words, row_charts, tables, theme, words
from model.assumptions import Assumptions, LeftOut
from model.store import Run
from pages.ui import cached, own, panels

MOST_EVENTS = 10


def section(run: Run, table: pd.DataFrame, sources: list[str], deadline: date) -> None:
    """The table of events, and the forecast without what the reader chose in it.

    sources: those that the page is filtered by; they can be left out as a whole.
    """
    st.subheader("The events", anchor=False)
    st.caption("Tick events to see the forecast without them.")
    ticked = st.dataframe(
        table,
        hide_index=True,
        column_config={"Link": st.column_config.LinkColumn(display_text="Open")},
        on_select="rerun",
        selection_mode="multi-row",
        key="events",
    ).selection.rows
    left = [LeftOut(event=table.index[row]) for row in ticked if row < len(table)]
    if sources and st.toggle(f"Leave out all of {', '.join(sources)}", key="without_sources"):
        left += [LeftOut(source=source) for source in sources]
    if len(left) > MOST_EVENTS:
        st.warning(f"Choose up to {MOST_EVENTS} to leave out at once.")
    elif left:
        _without(run, tuple(left), deadline)


def _without(run: Run, left: tuple[LeftOut, ...], deadline: date) -> None:
    without = Assumptions(left_out=left)
    st.subheader("The forecast without them", anchor=False)
    try:
        with st.spinner("Weighing the draws anew"):
            answer = cached.supposed(run, without, deadline)
    except ValueError as problem:
        said = assumption_words.refusal(problem, without, run.scenario, run.as_of)
        st.warning(words.as_typed(said))
        return
    published = cached.published(run, deadline)
    rows = tables.comparison(published.outcomes, answer.outcomes)
    colours = theme.outcome_colours(run.scenario.outcome_ids)
    alt = words.comparison_alt(rows.to_dict("records"))
    panels.chart(row_charts.comparison(rows, colours), alt, "without")
    st.caption("Open circle: published. Filled: without what you left out.")
    panels.table("The forecast without them as a table", tables.comparison_in_words(rows))
    how = assumption_words.how_answered(answer, run.manifest["diagnostics"]["draws"])
    if answer.reliable:
        st.caption(f":material/check: {how}")
    else:
        st.warning(f"{how} Keep it in your assumptions for a refit.")
    if st.button("Keep in my assumptions", icon=":material/tune:", key="keep_left_out"):
        held = own.held()
        kept = tuple(dict.fromkeys((*held.left_out, *left)))
        own.adopt(held.model_copy(update={"left_out": kept}))
        st.switch_page("pages/assumptions.py")
