"""One set of assumptions in a card: what it says, its forecast, how surprising it is."""

import streamlit as st

from briefing.exhibits import assumptions as exhibits
from briefing.material.material import Material
from briefing.words import assumptions, numbers
from briefing.words.sets import answers, story
from model.assumptions import Assumptions
from model.forecast import Forecast
from model.forecast.surprise import one_in
from model.runs import Run
from pages.ui.frame import opening, panels, set_story
from pages.ui.login.controls import button
from pages.ui.login.roles import Role
from pages.ui.memory import forecasts


def card(
    run: Run,
    name: str,
    assumed: Assumptions,
    published: Forecast,
    answer: Forecast | ValueError,
    top: float,
    is_built_in: bool,
) -> None:
    """The set `assumed` in a frame: its settings, then its chart or why there is none.

    answer: its forecast, or the refusal. top: where the chart's axis ends, 0..1. is_built_in:
    whether a button opens it in the Assumptions.
    """
    with st.container(border=True, height="stretch"):
        st.subheader(numbers.as_typed(name), anchor=False)
        if assumed.about:
            st.markdown(numbers.as_typed(assumed.about))
        lines = assumptions.settings(assumed, run.scenario, run.as_of, forecasts.fitted_levels(run))
        items = [f"- {numbers.as_typed(numbers.capital(line))}" for line in lines]
        st.markdown("\n".join(items) or "Nothing is changed.")
        if isinstance(answer, Forecast):
            _forecast(run, name, assumed, published, answer, top)
        else:
            reason = answers.refusal(answer, assumed, run.scenario, run.as_of)
            st.warning(numbers.as_typed(reason))
        if is_built_in:
            _open_button(name, assumed)


def _forecast(
    run: Run,
    name: str,
    assumed: Assumptions,
    published: Forecast,
    answer: Forecast,
    top: float,
) -> None:
    shown = exhibits.comparison(published, answer, top, "the set")
    panels.exhibit(shown, Material(run, assumed, answer.deadline), f"set:{name}")
    # Of nothing assumed the odds would be 1 in 1, which says nothing.
    if assumed.drivers or assumed.outcomes or assumed.beliefs:
        _, together, _ = forecasts.surprise(run, assumed)
        surprising = one_in(together, bool(assumed.beliefs))
        st.markdown(answers.extreme(surprising))
    if assumed.switches:
        st.caption(answers.NO_CHANCE)
    _story(run, name, assumed, published, answer)
    how = answers.how_answered(answer, run.manifest["diagnostics"]["draws"])
    if answer.reliable:
        st.caption(f":material/check: {how}")
    else:
        st.warning(f"{how} Open it in Assumptions for a refit.")


def _story(
    run: Run, name: str, assumed: Assumptions, published: Forecast, answer: Forecast
) -> None:
    """What the set moves, and the rest of its story."""
    free = story.left_free(list(answer.open["outcome"]), assumed)
    moved = story.moved(published.curves, answer.curves, free, run.as_of)
    if moved and not assumed.is_empty:
        st.markdown(moved)
    set_story.show(run, name, assumed, published, answer)


def _open_button(name: str, assumed: Assumptions) -> None:
    button(
        Role.analyst,
        "Open in Assumptions",
        on_click=opening.open_assumptions,
        args=(assumed,),
        icon=":material/tune:",
        key=f"open:{name}",
    )
