"""The self-checks as a badge: a line each, with whether it passed and where to look."""

import streamlit as st

from briefing.exhibits.held_out import checks as exhibits
from briefing.material.material import Material
from briefing.words.held_out import checks as words
from briefing.words.held_out import classes
from model.scoring import stored
from model.self_checks import badge
from pages.ui.frame import panels
from pages.ui.memory import tables

# an address, since `st.page_link` knows no other page where this one is opened by itself
SEEN_AT = dict.fromkeys((badge.SIMULATED, badge.RECOVERY), "method?section=Simulated+worlds")


def section(material: Material) -> None:
    """A line a check, then what was seen among simulated worlds, then the null worlds."""
    rows = tables.badge(material.run)
    if rows.empty:
        st.info(classes.NOT_STORED)
        return
    st.markdown(words.summary(rows))
    for row in rows.to_dict("records"):
        _line(row)
    st.markdown(words.older(rows, stored.version(material.scenario)))
    st.caption(words.WHAT)
    checks, nulls = (tables.held_out(material.run, name) for name in ("checks", "null-worlds"))
    if checks is not None:
        _predictive(checks.tables["predictive"], material)
    if nulls is not None:
        _null_worlds(nulls.tables["alarms"], material)


def _line(row: dict) -> None:
    icon = ":material/check_circle:" if row["passed"] else ":material/cancel:"
    more = SEEN_AT.get(row["check"])
    link = f" [See it on the Model page]({more})." if more else " See below."
    st.markdown(f"{icon} {words.line(row)}{link}")


def _predictive(table, material: Material) -> None:
    shown = exhibits.predictive(table, material.scenario)
    panels.heading(shown.title)
    st.markdown(shown.alt)
    panels.exhibit(shown, material)


def _null_worlds(alarms, material: Material) -> None:
    st.subheader("Null worlds", anchor=False)
    st.markdown(words.null_worlds_said(alarms))
    panels.grid(words.null_worlds_in_words(alarms, material.scenario))
    st.caption(words.NULL_WORLDS)
