"""The forecast with other evidence beside the published one, and a way to keep it."""

from datetime import date

import streamlit as st

from briefing.exhibits import assumptions as exhibits
from briefing.material.material import Material
from briefing.words import numbers
from briefing.words.sets import answers
from model.assumptions import Assumptions
from model.runs import Run
from pages.ui.frame import opening, panels
from pages.ui.login.controls import button
from pages.ui.login.roles import Role
from pages.ui.memory import forecasts, own


def show(run: Run, other: Assumptions, deadline: date, key: str, filled: str) -> None:
    """What the evidence that `other` changes does to every open outcome.

    key: tells the chart and the button from others on the page. filled: what the filled circles
    stand for. Draws a warning where the forecast is refused.
    """
    try:
        with st.spinner("Weighing the draws anew"):
            answer = forecasts.supposed(run, other, deadline)
    except ValueError as problem:
        reason = answers.refusal(problem, other, run.scenario, run.as_of)
        st.warning(numbers.as_typed(reason))
        return
    shown = exhibits.comparison(forecasts.published(run, deadline), answer, filled=filled)
    panels.exhibit(shown, Material(run, other, deadline), key)
    how = answers.how_answered(answer, run.manifest["diagnostics"]["draws"])
    if answer.reliable:
        st.caption(f":material/check: {how}")
    else:
        st.warning(f"{how} Keep it in your assumptions for a refit.")
    button(
        Role.analyst,
        "Keep in my assumptions",
        on_click=_keep,
        args=(other,),
        icon=":material/tune:",
        key=f"keep_{key}",
    )


def _keep(other: Assumptions) -> None:
    """Add what is left out and what is added to the visitor's set, and show it."""
    current = own.current()
    # A dictionary drops what the set has already and keeps the order.
    both = {
        name: tuple(dict.fromkeys((*getattr(current, name), *getattr(other, name))))
        for name in ("left_out", "events")
    }
    opening.open_assumptions(current.model_copy(update=both))
