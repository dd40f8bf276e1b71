"""Model: how does it work, where is it weak?"""

import streamlit as st

from briefing.material import Material
from pages.ui import model_parts, panels
from pages.ui.opening import opened

run, deadline = opened()

st.title("How does it work, and where is it weak?", anchor=False)
part = st.segmented_control(
    "Part of the model",
    list(model_parts.PARTS),
    default=next(iter(model_parts.PARTS)),
    required=True,
    key="section",
    bind="query-params",
    label_visibility="collapsed",
)
model_parts.PARTS[part](Material(run, deadline=deadline))
panels.run_line(run)
