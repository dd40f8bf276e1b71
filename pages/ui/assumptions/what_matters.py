"""What matters most to one outcome: its curves, the tornado, the flip point."""

from datetime import date

import streamlit as st

from briefing.exhibits import assumptions as exhibits
from briefing.material.material import Material
from briefing.words import explain
from model.assumptions import Assumptions, DriverAssumption, OutcomeAssumption
from model.forecast import Forecast
from model.runs import Run
from pages.ui.assumptions import pieces
from pages.ui.frame import controls, downloads, panels
from pages.ui.login.controls import button
from pages.ui.login.roles import Role
from pages.ui.memory import explanations, forecasts, own


def section(run: Run, published: Forecast, answer: Forecast, deadline: date) -> None:
    """One outcome in depth; nothing is computed until a view is chosen, so that sliders stay quick.

    published, answer: the forecast with nothing assumed and the visitor's, both by `deadline`.
    """
    titles = dict(zip(published.open["outcome"], published.open["title"], strict=True))
    st.subheader("One outcome in depth", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = st.selectbox(
            "Outcome", titles, format_func=titles.get, key="outcome", bind="query-params", width=280
        )
        view = st.segmented_control("Show", list(VIEWS), key=pieces.VIEW, bind="query-params")
    if answer.assumptions.is_empty and not own.current().is_empty:
        st.caption("Of the published forecast, since your set has no answer.")
    if view:
        VIEWS[view](run, published, answer, outcome, deadline)


def _over_time(
    run: Run, published: Forecast, answer: Forecast, outcome: str, deadline: date
) -> None:
    shown = exhibits.own_curves(published, answer, outcome, controls.is_zoomed())
    panels.exhibit(shown, Material(run, answer.assumptions, deadline))


def _tornado(run: Run, published: Forecast, answer: Forecast, outcome: str, deadline: date) -> None:
    with st.spinner("Moving each driver"):
        table = explanations.tornado(run, answer.assumptions, outcome, deadline)
    st.markdown(explain.widest(table, published.scenario.outcome(outcome).title))
    shown = exhibits.tornado(table, answer, outcome, controls.is_zoomed())
    panels.exhibit(shown, Material(run, answer.assumptions, deadline))


def _flip_point(
    run: Run, published: Forecast, answer: Forecast, outcome: str, deadline: date
) -> None:
    assumptions = answer.assumptions
    chance, title = _reading(answer, outcome)
    percent = st.number_input(
        "Past which chance? (%)",
        min_value=1,
        max_value=99,
        value=round(100 * explain.next_edge(chance)),
        key=own.key("threshold", outcome),  # per outcome: each has an edge of its own
        width=200,
        help="The nearest edge of a likelihood band, unless you choose another.",
    )
    with st.spinner("Looking for the change"):
        table = explanations.flip_points(run, assumptions, outcome, percent / 100, deadline)
    scenario = published.scenario
    as_of, levels = run.as_of, forecasts.fitted_levels(run)
    st.markdown(explain.flip_point(table, title, percent / 100, chance, scenario, as_of, levels))
    if len(table):
        button(
            Role.analyst,
            "Try this change",
            on_click=pieces.redraw,
            args=(_adopt, assumptions, table["setting"].iloc[0]),
            icon=":material/play_arrow:",
            key="try_flip",
        )
        rows = explain.flip_points_in_words(table, scenario, as_of, levels)
        folded = panels.table("Every single change that does it", rows)
        if folded.open:
            with folded:
                choices = {"outcome": outcome, "past": f"{percent}"}
                downloads.numbers("flip_points", Material(run, assumptions, deadline), choices)


def _adopt(current: Assumptions, setting: DriverAssumption | OutcomeAssumption) -> None:
    field = "drivers" if isinstance(setting, DriverAssumption) else "outcomes"
    others = tuple(other for other in getattr(current, field) if other.id != setting.id)
    own.adopt(current.model_copy(update={field: (*others, setting)}))


def _reading(answer: Forecast, outcome: str) -> tuple[float, str]:
    """The outcome's chance and its title."""
    row = answer.row(outcome)
    return float(row["probability"]), row["title"]


VIEWS = {"Over time": _over_time, "What matters most": _tornado, "Flip point": _flip_point}
