"""The drivers' futures scored: what was said of each level, beside what came."""

import streamlit as st

from briefing.exhibits.held_out import drivers as exhibits
from briefing.material.material import Material
from briefing.words.held_out import classes, drivers
from briefing.words.held_out.skill import made_said
from model.scoring import stored
from pages.ui.frame import panels
from pages.ui.memory import tables


def section(material: Material) -> None:
    """Where the futures are not better, then skill by driver, band and PIT."""
    result = tables.held_out(material.run, "drivers")
    if result is None:
        st.info(classes.NOT_STORED)
        return
    made, titles = result.tables, exhibits.titles(material.scenario)
    st.markdown(drivers.worse(made["crps"], titles))
    st.markdown(drivers.WHAT)
    driver = st.selectbox(
        "Driver", titles, format_func=titles.get, key="futures_of", bind="query-params"
    )
    shown = exhibits.skill(made["crps"], material.scenario, driver)
    panels.heading(shown.title)
    panels.exhibit(shown, material)
    st.subheader("Where what came lay among the futures", anchor=False)
    st.markdown(f"{drivers.coverage_said(made['crps'])} {drivers.EVEN}")
    panels.grid(drivers.pit_in_words(made["pit"]))
    st.caption(made_said(result, stored.version(material.scenario)))
