"""The first ten seconds: what this is, which day it speaks of, what has happened since."""

import streamlit as st

from briefing.words import coverage, history, numbers
from model.assumptions import Assumptions
from model.runs import Run
from pages.ui.frame import pinned
from pages.ui.frame.menu import open_next
from pages.ui.memory import forecasts


def what_this_is(run: Run) -> None:
    """Two sentences on what stands here and for whom, and on the day that it speaks of."""
    scenario = run.scenario
    many = len(scenario.outcomes)
    of = f"{numbers.count(many)} political outcome{'' if many == 1 else 's'}"
    week = " (the week of the article)" if run.as_of == scenario.default_as_of else ""
    st.markdown(
        f"Chances of {of} in the {scenario.title}, for analysts who have to say how likely "
        f"something is and why. As of **{numbers.long_date(run.as_of)}**{week}: nothing that "
        f"became known later is used. "
        f"{coverage.unknown_since(run.evidence)}"
    )


def past_day(run: Run) -> None:
    """Of a past day: what has happened since, and a way to the latest; nothing of the latest."""
    rows, last = forecasts.since_then(run.as_of), forecasts.as_of_range()[1]
    said = history.since(rows, run.scenario, run.as_of)
    if not said:
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge("A past day", icon=":material/history:", color="orange")
            st.markdown(numbers.as_typed(said), width="stretch")
            st.button(
                f"Go to {numbers.short_date(last)}",
                on_click=pinned.choose,
                args=("as_of", last),
                icon=":material/update:",
                key="go_to_latest",
                help="The latest day that the evidence reaches.",
            )
        with st.expander("What became of each outcome"):
            st.markdown("\n".join(f"- {line}" for line in history.each(rows, run.scenario)))


def own_set(own: Assumptions) -> None:
    """Where the visitor assumes something: say that this page does not, and lead to the one."""
    if own.is_empty:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(
            "You have assumptions, but this page shows the published forecast, with nothing "
            "assumed.",
            icon=":material/tune:",
        )
        st.button(
            "Open my assumptions",
            on_click=open_next,
            args=("pages/assumptions.py",),
            key="open_mine",
        )
