"""Assumptions: what if I see it differently?"""

from datetime import date

import streamlit as st

from briefing import row_charts, tables, theme, words
from model.assumptions import Assumptions, DriverAssumption
from pages.ui import cached, controls, panels
from pages.ui.opening import opened

DRIVERS_HEIGHT = 640

run, deadline = opened()
published = cached.published(run, deadline)
scenario, as_of = published.scenario, published.as_of
fitted = controls.to_a_tenth(cached.fitted_levels(run))


def choose() -> Assumptions:
    """The sliders, and what they say."""
    since_when, back = st.columns([2, 1], vertical_alignment="bottom")
    with since_when:
        since = controls.from_date(as_of, deadline)
    back.button(
        "Reset",
        on_click=controls.reset,
        args=(fitted, as_of),
        icon=":material/restart_alt:",
        width="stretch",
        key="reset",
    )
    with st.container(height=DRIVERS_HEIGHT):
        levels = {driver.id: choose_level(driver, since) for driver in scenario.drivers}
    moved = [id for id in levels if levels[id] != fitted[id]]
    made = (DriverAssumption(id=id, level=levels[id], from_=since, verb="make") for id in moved)
    return Assumptions(drivers=tuple(made))


def choose_level(driver, since: date) -> float:
    level = controls.driver_level(driver, fitted[driver.id])
    sentence = words.level_sentence(driver.levels, level)
    if level == fitted[driver.id]:
        st.caption(f"{sentence} *As fitted.*")
    else:
        st.markdown(f"**From {words.short_date(since)}:** {sentence}")
        st.caption(f"Fitted level {words.signed(fitted[driver.id])}.")
    return level


def say(own, first: str) -> None:
    """The user's forecast of one outcome, as a sentence."""
    before, after = (
        table.set_index("outcome", drop=False).loc[first].to_dict()
        for table in (published.outcomes, own.outcomes)
    )
    if own.assumptions.is_empty:
        st.markdown("Nothing is changed: this is the published forecast. Move a driver.")
    else:
        st.markdown(words.own_view(scenario.outcome(first).verb, before, after))


def show(rows) -> None:
    """Published and own, side by side."""
    zoomed = panels.heading(f"By {words.long_date(deadline)}, published → yours", zoomable=True)
    top = theme.top_of([*rows["published"], *rows["own"]]) if zoomed else 1.0
    colours = theme.outcome_colours(scenario.outcome_ids)
    alt = words.comparison_alt(rows.to_dict("records"))
    panels.chart(row_charts.comparison(rows, colours, top), alt, "comparison")
    st.caption("Open circle: published. Filled: yours.")
    st.dataframe(tables.comparison_in_words(rows), hide_index=True)


@st.fragment
def editor() -> None:
    """A moved slider reruns this part only."""
    sentence = st.container()  # on top, so that a phone shows it beside the sliders
    left, right = st.columns(2, gap="large")
    with left:
        own = cached.supposed(run, choose(), deadline)
    rows = tables.comparison(published.outcomes, own.outcomes)
    with right:
        if rows.empty:
            st.info("Every outcome has already happened.")
            return
        with sentence:
            say(own, rows["outcome"].iloc[0])
        show(rows)
        panels.identity(cached.reproduces(run), run.id)


st.title("What if you see it differently?", anchor=False)
st.markdown(
    "Set a driver to the level you expect. Each setting means that someone *makes* it so: "
    "its causes do not move with it."
)
editor()
panels.run_line(run)
