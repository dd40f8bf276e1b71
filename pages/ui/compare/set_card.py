"""One set of assumptions in a card: what it says, its forecast, how surprising it is."""

import streamlit as st

from briefing.exhibits import assumptions as exhibits
from briefing.material.material import Material
from briefing.words import assumptions, numbers
from model.assumptions import Assumptions
from model.forecast import Forecast
from model.forecast.surprise import one_in
from model.runs import Run
from pages.ui.frame import panels
from pages.ui.memory import forecasts, own


def card(
    run: Run,
    name: str,
    held: Assumptions,
    published: Forecast,
    answer: Forecast | ValueError,
    top: float,
    is_built_in: bool,
) -> None:
    """The set `held`, answered by a forecast or refused; `top` ends the chart's axis."""
    with st.container(border=True, height="stretch"):
        st.subheader(numbers.as_typed(name), anchor=False)
        lines = assumptions.settings(held, run.scenario, run.as_of)
        said = [f"- {numbers.as_typed(numbers.capital(line))}" for line in lines]
        st.markdown("\n".join(said) or "Nothing is changed.")
        if isinstance(answer, Forecast):
            _forecast(run, name, held, published, answer, top)
        else:
            refused = assumptions.refusal(answer, held, run.scenario, run.as_of)
            st.warning(numbers.as_typed(refused))
        if is_built_in:
            _open_button(name, held)


def _forecast(run: Run, name: str, held: Assumptions, published, answer, top: float) -> None:
    shown = exhibits.comparison(published, answer, top, "the set")
    panels.exhibit(shown, Material(run, held, answer.deadline), f"set:{name}")
    if not held.is_empty:
        chance = forecasts.surprise(run, held)[1]
        surprising = one_in(chance, bool(held.beliefs))
        st.markdown(f"How surprising, all together: **{surprising}**")
    how = assumptions.how_answered(answer, run.manifest["diagnostics"]["draws"])
    if answer.reliable:
        st.caption(f":material/check: {how}")
    else:
        st.warning(f"{how} Open it in Assumptions for a refit.")


def _open_button(name: str, held: Assumptions) -> None:
    if st.button("Open in Assumptions", icon=":material/tune:", key=f"open:{name}"):
        own.adopt(held)
        st.switch_page("pages/assumptions.py")
