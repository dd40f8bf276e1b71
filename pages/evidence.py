"""Evidence: what is this built on?"""

import pandas as pd
import streamlit as st

from briefing import evidence_words, words
from briefing.exhibits import evidence as exhibits
from briefing.material import Material
from model.assumptions import Assumptions
from model.event_table import chosen
from pages.ui import (
    beside_published,
    cached,
    leave_out,
    panels,
    pulling,
    remembered,
    what_if,
    window,
)
from pages.ui.opening import opened

run, deadline = opened()
material = Material(run, deadline=deadline)
events = remembered.coded_events(run)
drivers = {"All drivers": None} | {driver.title: driver.id for driver in run.scenario.drivers}


def filters() -> dict:
    """Driver, countries, sources and words to look for, all in the address."""
    columns = st.columns([2, 2, 3, 2])
    with columns[0]:
        title = st.selectbox("Driver", list(drivers), key="driver", bind="query-params")
    with columns[1]:
        media = _some("Media of", "country", "media", "All countries")
    with columns[2]:
        sources = _some("Sources", "source", "sources_shown", "All sources")
    with columns[3]:
        text = st.text_input(
            "Search", key="q", bind="query-params", placeholder="Words in what happened"
        )
    return {"driver": drivers[title], "media": media, "sources": sources, "text": text}


def said_of(asked: dict) -> dict[str, str]:
    """The filters as a chart keeps them, those alone that choose something."""
    joined = {name: "; ".join(asked[name]) for name in ("sources", "media")}
    said = {"about": asked["driver"] or "", "q": asked["text"]} | joined
    return {name: value for name, value in said.items() if value}


def _some(label: str, column: str, key: str, none: str) -> list[str]:
    names = sorted(events[column].unique())
    return st.multiselect(label, names, key=key, bind="query-params", placeholder=none)


def pull(outcome: str) -> pd.DataFrame | None:
    """Each event's pull on the outcome, once it is found, with the strongest drawn."""
    pulls = pulling.pulls(run, deadline)
    if pulls is None:
        return None
    own = pulls[pulls["outcome"] == outcome]
    if own["pull"].any():
        shown = exhibits.pull(pulls, events, outcome, run.scenario, deadline)
        st.markdown(shown.alt)
        panels.exhibit(shown, material)
    else:
        st.info("No event pulls this chance.")
    return own


def pulls_section() -> tuple[str, pd.DataFrame | None]:
    """The outcome chosen, and each event's pull on it where the reader asked for it."""
    rows = cached.published(run, deadline).outcomes
    rows = rows[rows["settled_on"].isna()]
    titles = dict(zip(rows["outcome"], rows["title"], strict=True))
    st.subheader("Which events carry a headline?", anchor=False)
    st.caption(evidence_words.PULL)
    if not titles:
        st.info("Every outcome has already happened.")
        return "", None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = st.selectbox(
            "Outcome", titles, format_func=titles.get, key="outcome", bind="query-params", width=280
        )
        wanted = st.toggle("Leave out each event in turn", key="pull", bind="query-params")
    return titles[outcome], pull(outcome) if wanted else None


st.title("What is this built on?", anchor=False)
known = words.long_date(run.as_of)
st.markdown(f"{evidence_words.counted(events)}, known by {known}. One fact counts once.")
asked = filters()
shown = chosen(events, **asked)
if shown.empty:
    st.info("No event fits. Clear the search or choose other sources.")
else:
    start, end = window.months_shown(events["date"].min(), run.as_of)
    st.subheader("Events by driver", anchor=False)
    st.markdown(f"{words.capital(words.long_date(start))} to {words.long_date(end)}.")
    panels.exhibit(exhibits.timeline(shown, start, end, said_of(asked)), material)

    driver = asked["driver"] or shown["driver"].value_counts().index[0]
    curve = exhibits.driver_curve(remembered.driver_curves(run), events, driver, run.as_of)
    st.subheader(curve.title, anchor=False)
    st.markdown(curve.alt)
    panels.exhibit(curve, material)

    title, pulled = pulls_section()
    inside = shown[shown["date"].dt.date.between(start, end)]
    table = evidence_words.events_in_words(inside, title, pulled)
    leave_out.section(run, table, asked["sources"], asked["media"], deadline)

    st.subheader("What if it had happened?", anchor=False)
    st.caption(
        "Add an event that is not in the tables. It is read as an agency's report on which both "
        "coders agree."
    )
    added = what_if.asked(run.scenario, run.as_of)
    if added:
        what_if_set = Assumptions(events=added)
        beside_published.show(run, what_if_set, deadline, "what_if", "with the event")
panels.run_line(run)
