"""Evidence: what is this built on?"""

from datetime import date

import streamlit as st

from briefing import evidence_charts, evidence_words, words
from model.event_table import chosen
from pages.ui import leave_out, panels, remembered
from pages.ui.opening import opened

run, deadline = opened()
events = remembered.coded_events(run.as_of)
drivers = {"All drivers": None} | {driver.title: driver.id for driver in run.scenario.drivers}


def filters() -> tuple[str | None, list[str], str]:
    """Driver, sources and words to look for, all in the address."""
    left, middle, right = st.columns([2, 3, 2])
    with left:
        title = st.selectbox("Driver", list(drivers), key="driver", bind="query-params")
    with middle:
        sources = st.multiselect(
            "Sources",
            sorted(events["source"].unique()),
            key="sources_shown",
            bind="query-params",
            placeholder="All sources",
        )
    with right:
        text = st.text_input(
            "Search", key="q", bind="query-params", placeholder="Words in what happened"
        )
    return drivers[title], sources, text


def span() -> tuple[date, date]:
    """The dates that the timeline shows."""
    first, last = events["date"].min().date(), run.as_of
    return st.slider("Dates shown", first, last, (first, last), format="MMM YYYY", key="dates")


st.title("What is this built on?", anchor=False)
known = words.long_date(run.as_of)
st.markdown(f"{evidence_words.counted(events)}, known by {known}. One fact counts once.")
driver, sources, text = filters()
shown = chosen(events, driver, sources, text)
if shown.empty:
    st.info("No event fits. Clear the search or choose other sources.")
else:
    start, end = span()
    inside = shown[shown["date"].dt.date.between(start, end)]
    st.subheader("Events by driver", anchor=False)
    st.caption(
        f"{evidence_words.counted(inside)}. Up: it raised the driver; down: it lowered it; the "
        "larger, the stronger."
    )
    figure = evidence_charts.timeline(inside, start, end)
    panels.chart(figure, evidence_words.timeline_alt(inside), "timeline")

    name = driver or shown["driver"].value_counts().index[0]
    curve = remembered.driver_curves(run)
    curve = curve[curve["driver"] == name]
    st.subheader(f"{curve['title'].iloc[0]} over time", anchor=False)
    said = evidence_words.driver_alt(curve, run.as_of)
    st.markdown(said)
    figure = evidence_charts.driver_curve(curve, events[events["driver"] == name], run.as_of)
    panels.chart(figure, said, "driver_curve")
    st.caption("Solid: the record. Dotted: expected. Bands: 90% interval. Ticks: its events.")
    panels.table("The level as a table", evidence_words.driver_in_words(curve))

    leave_out.section(run, evidence_words.events_in_words(inside), sources, deadline)
panels.run_line(run)
