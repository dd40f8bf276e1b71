"""Model: how does it work, where is it weak?"""

import streamlit as st

from briefing.material.material import Material
from pages.ui.frame import panels
from pages.ui.frame.opening import opened
from pages.ui.memory import forecasts
from pages.ui.method import sections

run, deadline = opened()

st.title("How does it work, and where is it weak?", anchor=False)
part = st.segmented_control(
    "Part of the model",
    list(sections.PARTS),
    default=next(iter(sections.PARTS)),
    required=True,
    key="section",
    bind="query-params",
    label_visibility="collapsed",
)
sections.PARTS[part](Material(run, deadline=deadline))
panels.identity(forecasts.reproduces(run), run.id)
panels.run_line(run)
