"""Evidence: what is this built on?"""

import pandas as pd
import streamlit as st

from briefing.exhibits import evidence as exhibits
from briefing.material.material import Material
from briefing.words import evidence, numbers
from model.assumptions import Assumptions
from model.evidence.event_table import chosen
from pages.ui.assumptions import what_if
from pages.ui.evidence import beside_published, coding, leave_out, window
from pages.ui.frame import panels
from pages.ui.frame.opening import opened
from pages.ui.login import visitor
from pages.ui.login.controls import left_out
from pages.ui.login.roles import Role
from pages.ui.memory import forecasts, tables
from pages.ui.work import pulling

run, deadline = opened()
material = Material(run, deadline=deadline)
events = tables.coded_events(run)
drivers = {"All drivers": None} | {driver.title: driver.id for driver in run.scenario.drivers}


def filters() -> dict:
    """Driver's id, countries, sources and words to look for, by `event_table.chosen`'s names."""
    columns = st.columns([2, 2, 3, 2])
    with columns[0]:
        title = st.selectbox("Driver", list(drivers), key="driver", bind="query-params")
    with columns[1]:
        media = _some("Media of", "country", "media", "All countries")
    with columns[2]:
        sources = _some("Sources", "source", "sources_shown", "All sources")
    with columns[3]:
        text = st.text_input("Search", key="q", bind="query-params", placeholder="Words to find")
    return {"driver": drivers[title], "media": media, "sources": sources, "text": text}


def choices_of(asked: dict) -> dict[str, str]:
    """The filters as a chart keeps them, those alone that choose something."""
    joined = {name: "; ".join(asked[name]) for name in ("sources", "media")}
    choices = {"about": asked["driver"] or "", "q": asked["text"]} | joined
    return {name: value for name, value in choices.items() if value}


def _some(label: str, column: str, key: str, none: str) -> list[str]:
    names = sorted(events[column].unique())
    return st.multiselect(label, names, key=key, bind="query-params", placeholder=none)


def pull(outcome: str) -> pd.DataFrame | None:
    """Each event's pull on the outcome of this id, with the strongest drawn; None until found."""
    pulls = pulling.pulls(run, deadline)
    if pulls is None:
        return None
    on_outcome = pulls[pulls["outcome"] == outcome]
    # Where no event moves the outcome a chart would be empty.
    if on_outcome["pull"].any():
        shown = exhibits.pull(pulls, events, outcome, run.scenario, deadline)
        st.markdown(numbers.as_typed(shown.alt))
        panels.exhibit(shown, material)
    else:
        st.info("No event pulls this chance.")
    return on_outcome


def pulls_section() -> tuple[str, pd.DataFrame | None]:
    """The chosen outcome's title, and each event's pull on it where the reader asked for it."""
    rows = forecasts.published(run, deadline).open
    titles = dict(zip(rows["outcome"], rows["title"], strict=True))
    st.subheader("Which events matter most?", anchor=False)
    st.caption(evidence.PULL)
    if not titles:
        st.info("Every outcome has already happened.")
        return "", None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = st.selectbox(
            "Outcome", titles, format_func=titles.get, key="outcome", bind="query-params", width=280
        )
        wanted = st.toggle(
            "Leave out each event in turn",
            key="pull",
            bind="query-params",
            disabled=not visitor.may(Role.analyst),
            on_change=pulling.ask,  # a press; a link alone only offers it
        )
    return titles[outcome], pull(outcome) if wanted else None


st.title("What is this built on?", anchor=False)
known = numbers.long_date(run.as_of)
more = evidence.uncoded(events, len(run.evidence.events))
st.markdown(f"{evidence.counted(events)}, known by {known}. One fact counts once. {more}")
asked = filters()
shown = chosen(events, **asked)
if shown.empty:
    st.info("No event fits. Clear the search or choose other sources.")
else:
    start, end = window.months_shown(events["date"].min(), run.as_of)
    st.subheader("Events by driver", anchor=False)
    st.markdown(f"{numbers.capital(numbers.long_date(start))} to {numbers.long_date(end)}.")
    panels.exhibit(exhibits.timeline(shown, start, end, choices_of(asked)), material)

    # With no driver chosen, the one that has most to show.
    driver = asked["driver"] or shown["driver"].value_counts().index[0]
    curve = exhibits.driver_curve(tables.driver_curves(run), events, driver, run.as_of)
    st.subheader(curve.title, anchor=False)
    if asked["driver"] is None:
        st.caption("No driver is chosen: this is the one with most reports.")
    st.markdown(curve.alt)
    panels.exhibit(curve, material)

    title, pulled = pulls_section()
    inside = shown[shown["date"].dt.date.between(start, end)]
    table = evidence.events_in_words(inside, title, pulled)
    leave_out.section(run, table, asked["sources"], asked["media"], deadline)

    st.subheader("What if it had happened?", anchor=False)
    st.caption(
        "Add an event that is not in the tables. It is read as an agency's report on which both "
        "coders agree."
    )
    hidden = left_out(Role.analyst, "A what-if event")
    added = () if hidden else what_if.asked(run.scenario, run.as_of)
    if added:
        what_if_set = Assumptions(events=added)
        beside_published.show(run, what_if_set, deadline, "what_if", "with the event")
        coding.section(run, added)
panels.run_line(run)
