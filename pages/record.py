"""Track record: has it been right?"""

import streamlit as st

from briefing.material.material import Material
from pages.ui.frame import panels
from pages.ui.frame.opening import opened
from pages.ui.record import glance, parts

run, deadline = opened()
material = Material(run, deadline=deadline)

st.title("Has it been right?", anchor=False)
glance.section(material)
chosen = st.segmented_control(
    "Part of the record",
    list(parts.PARTS),
    default=next(iter(parts.PARTS)),
    required=True,
    key="record",
    bind="query-params",
    label_visibility="collapsed",
)
parts.PARTS[chosen](material)
panels.run_line(run)
