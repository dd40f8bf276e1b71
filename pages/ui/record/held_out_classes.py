"""Reference classes held out: what the model says of cases that it was not given."""

import streamlit as st

from briefing.exhibits.held_out import classes as exhibits
from briefing.exhibits.held_out import entries
from briefing.material.material import Material
from briefing.words.held_out import classes as words
from briefing.words.held_out.skill import made_said
from model.scoring import stored
from pages.ui.frame import panels
from pages.ui.memory import tables

QUERY = "query-params"


def section(material: Material) -> None:
    """Where the model is not better, then skill, reliability and calibration, by way and class."""
    result = tables.held_out(material.run, "classes")
    if result is None:
        st.info(words.NOT_STORED)
        return
    made, scenario = result.tables, material.scenario
    st.markdown(words.not_better(made["brier"], scenario))
    st.markdown(words.WHAT)
    way = st.selectbox("Left out", words.WAYS, format_func=words.WAYS.get, key="way", bind=QUERY)
    classes = entries.class_titles(made["brier"], scenario)
    of = st.selectbox("Class", classes, format_func=classes.get, key="held_out_class", bind=QUERY)
    panels.heading(f"{classes[of]}: skill beside simple rules")
    panels.exhibit(exhibits.skill(made["brier"], scenario, way, of), material)
    _said_and_came(made["reliability"], material, way)
    panels.heading("Are the chances at the events even?")
    st.markdown(words.calibration_said(made["calibration"], way))
    panels.exhibit(exhibits.evenness(made["pit"], scenario, way, of), material)
    st.subheader("Every class", anchor=False)
    table = words.calibration_in_words(made["calibration"], made["density"], way, scenario)
    panels.grid(table)
    st.caption(words.CLASSES_CAPTION)
    st.caption(made_said(result, stored.version(scenario)))


def _said_and_came(reliability, material: Material, way: str) -> None:
    horizons = entries.horizons(reliability)
    ahead = st.selectbox("Ahead", horizons, format_func=horizons.get, key="ahead", bind=QUERY)
    shown = exhibits.reliability(reliability, way, int(ahead))
    panels.heading(shown.title)
    st.markdown(shown.alt)
    panels.exhibit(shown, material)
