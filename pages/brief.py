"""Briefing: how do I take it with me?"""

import streamlit as st

from briefing.material.material import Material
from model.assumptions import NOTHING
from pages.ui.brief import chart, check, document
from pages.ui.frame import controls, panels
from pages.ui.frame import since as earlier_day
from pages.ui.frame.opening import opened
from pages.ui.memory import forecasts, own

run, deadline = opened()
since = earlier_day.control(run.as_of)
yardstick = controls.yardstick()


def material() -> Material:
    """What files are made of: the published forecast, or the visitor's unless switched off."""
    assumptions = own.current()
    if not assumptions.is_empty:
        mine = st.toggle(
            "With my assumptions", value=True, key="mine", help="Off: the published forecast."
        )
        assumptions = assumptions if mine else NOTHING
    earlier = None if since is None else forecasts.run(since)
    return Material(run, assumptions, deadline, earlier, yardstick)


if chart.is_wanted_alone():
    chart.alone(material())
    st.stop()
st.title("How do I take it with me?", anchor=False)
st.markdown(
    "Every file says which run, which day and which assumptions it shows, and can be checked "
    "against its run at any time."
)
chosen = material()
document.section(chosen)
chart.section(chosen)
check.section()
panels.run_line(run)
