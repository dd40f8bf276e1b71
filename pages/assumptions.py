"""Assumptions: what if I see it differently?"""

import streamlit as st

from briefing.charts import theme
from briefing.exhibits import assumptions as exhibits
from briefing.material.material import Material
from briefing.words import assumptions, numbers
from model.forecast import Forecast, Refused
from pages.ui.assumptions import (
    beliefs,
    drivers,
    evidence,
    outcomes,
    pieces,
    quality,
    sets,
    what_matters,
)
from pages.ui.frame import controls, panels
from pages.ui.frame.opening import opened
from pages.ui.memory import forecasts, own

run, deadline = opened()
yardstick = controls.yardstick()
published = forecasts.published(run, deadline)
scenario, as_of = published.scenario, published.as_of
last = controls.horizon_end(as_of)
fitted = controls.to_a_tenth(forecasts.fitted_levels(run))
PARTS = ("Drivers", "Outcomes", "Beliefs", "Evidence")


def choose() -> None:
    """The controls of the part that the reader chose; the rest of the set stays as it is."""
    part = st.segmented_control(
        "What do you see differently?",
        PARTS,
        default=PARTS[0],
        required=True,
        key="part",
        bind="query-params",
        width="stretch",
    )
    if part == "Outcomes":
        open_ones = [o for o in scenario.outcomes if o.id in still_open]
        outcomes.edit(open_ones, as_of, deadline, last)
    elif part == "Beliefs":
        beliefs.add(run, scenario, deadline)
    elif part == "Evidence":
        evidence.edit(scenario, as_of)
    else:
        drivers.edit(scenario.drivers, fitted, (as_of, last))


def answer() -> Forecast | ValueError:
    """The forecast under the visitor's assumptions, or the problem why there is none.

    The chart, drawn first, waits for it; whoever asks after it finds it in the shared cache.
    """
    return forecasts.answer(run, own.current(), deadline)


@st.fragment(key=pieces.Piece.SENTENCE)
def sentence() -> None:
    """The user's forecast of the first open outcome, as a sentence."""
    answered, first = answer(), still_open[0]
    if isinstance(answered, ValueError):
        return
    before, after = (
        table.set_index("outcome", drop=False).loc[first].to_dict()
        for table in (published.outcomes, answered.outcomes)
    )
    if answered.assumptions.is_empty:
        st.markdown("Nothing is changed: this is the published forecast. Move a driver.")
    else:
        verb = scenario.outcome(first).verb
        st.markdown(numbers.own_view(verb, before, after, yardstick))


@st.fragment(key=pieces.Piece.CHART)
def chart() -> None:
    """Published and own, side by side, or why there is no own forecast."""
    answered = answer()
    if isinstance(answered, ValueError):
        quality.refused(run, own.current(), answered, scenario)
        return
    chances = [*published.outcomes["probability"], *answered.outcomes["probability"]]
    top = theme.top_of(chances) if controls.is_zoomed() else 1.0
    material = Material(run, answered.assumptions, deadline, yardstick=yardstick)
    panels.exhibit(exhibits.comparison(published, answered, top), material)


@st.fragment(key=pieces.Piece.SETTINGS)
def settings() -> None:
    """How the numbers were found, and how surprising what is assumed is."""
    answered = answer()
    if isinstance(answered, Forecast):
        quality.method(run, answered)
    fits = isinstance(answered, Forecast | Refused)
    quality.settings(run, own.current(), scenario, as_of, fits)
    panels.identity(forecasts.reproduces(run), run.id)


@st.fragment(key=pieces.Piece.DEPTH)
def depth() -> None:
    """One outcome in depth."""
    answered = answer()
    if isinstance(answered, Forecast):
        what_matters.section(run, published, answered, deadline)


@st.fragment(key=pieces.Piece.EDITOR)
def editor() -> None:
    """Controls, and what they change; `pieces.Piece` tells what a moved slider draws anew."""
    bar = st.container()
    said = st.container()  # on top, so that a phone shows it beside the controls
    left, right = st.columns(2, gap="large")
    with left:
        choose()
    with right:
        panels.heading(f"By {numbers.long_date(deadline)}, published → yours", zoomable=True)
        chart()
    with said:
        sentence()
    with bar:
        sets.bar()
    with right:
        settings()
    depth()


is_open = published.outcomes["settled_on"].isna()
still_open = list(published.outcomes.loc[is_open, "outcome"])
st.title("What if you see it differently?", anchor=False)
verbs = [f"**{verb.capitalize()}**: {said}." for verb, said in assumptions.VERBS.items()]
st.markdown(" ".join(verbs) + " **Believe**: the model itself is otherwise.")
if still_open:
    editor()
else:
    st.info("Every outcome has already happened.")
panels.run_line(run)
