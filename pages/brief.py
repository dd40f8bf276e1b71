"""Briefing: how do I take it with me?"""

import streamlit as st

from briefing.material import Material
from model.assumptions import NOTHING
from pages.ui import brief_chart, brief_check, brief_document, cached, controls, own, panels
from pages.ui.opening import opened

run, deadline = opened()
since = controls.since(run.as_of)
yardstick = controls.yardstick()


def material() -> Material:
    """What files are made of: the published forecast, or the visitor's where there is one."""
    held = own.held()
    if not held.is_empty:
        mine = st.toggle(
            "With my assumptions", value=True, key="mine", help="Off: the published forecast."
        )
        held = held if mine else NOTHING
    earlier = None if since is None else cached.run(since)
    return Material(run, held, deadline, earlier, yardstick)


st.title("How do I take it with me?", anchor=False)
st.markdown(
    "Every file says which run, which day and which assumptions it shows, and can be checked "
    "against its run at any time."
)
made_of = material()
brief_document.section(made_of)
brief_chart.section(made_of)
brief_check.section()
panels.run_line(run)
