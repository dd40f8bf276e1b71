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
    switches,
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
# Rounded as sliders are: a slider that nobody moved must not read as moved.
fitted = controls.to_a_tenth(forecasts.fitted_levels(run))
PARTS = ("Drivers", "Switches", "Outcomes", "Beliefs", "Evidence")


def choose() -> None:
    """Draw the controls of the part that the reader chose; the rest of the set stays as it is."""
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
        still_open = [outcome for outcome in scenario.outcomes if outcome.id in open_ids]
        outcomes.edit(still_open, as_of, deadline, last)
    elif part == "Switches":
        switches.edit(scenario, open_ids, (as_of, last))
    elif part == "Beliefs":
        beliefs.add(run, scenario, deadline)
    elif part == "Evidence":
        evidence.edit(scenario, as_of)
    else:
        drivers.edit(scenario, fitted, (as_of, last))


def answer() -> Forecast | ValueError:
    """The forecast under the visitor's assumptions, or the problem why there is none.

    The chart, drawn first, waits for it; whoever asks after it finds it in the shared cache.
    """
    return forecasts.answer(run, own.current(), deadline)


@st.fragment(key=pieces.Piece.SENTENCE)
def sentence() -> None:
    """Draw the visitor's chance of the first open outcome, beside the published, as a sentence."""
    answered, first = answer(), open_ids[0]
    if isinstance(answered, ValueError):
        return
    before, after = (forecast.row(first).to_dict() for forecast in (published, answered))
    if answered.assumptions.is_empty:
        st.markdown("Nothing is changed: this is the published forecast. Move a driver.")
    else:
        verb = scenario.outcome(first).verb
        st.markdown(numbers.own_view(verb, before, after, yardstick))


@st.fragment(key=pieces.Piece.CHART)
def chart() -> None:
    """Draw published and own chances side by side, or why there is no own forecast."""
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
    """Draw how the numbers were found, and how surprising what is assumed is."""
    answered = answer()
    if isinstance(answered, Forecast):
        quality.method(run, answered)
    # A refused set is in order, only too surprising: how surprising can still be told.
    fits = isinstance(answered, Forecast | Refused)
    quality.settings(run, own.current(), scenario, as_of, fits)
    panels.identity(forecasts.reproduces(run), run.id)


@st.fragment(key=pieces.Piece.DEPTH)
def depth() -> None:
    """Draw one outcome in depth; nothing where there is no own forecast."""
    answered = answer()
    if isinstance(answered, Forecast):
        what_matters.section(run, published, answered, deadline)


@st.fragment(key=pieces.Piece.EDITOR)
def editor() -> None:
    """Draw controls, and what they change; `pieces.Piece` tells what a moved slider draws anew."""
    bar = st.container()
    above = st.container()  # on top, so that a phone shows the sentence beside the controls
    left, right = st.columns(2, gap="large")
    with left:
        choose()
    # The chart before all that its answer serves: the first to ask waits for it.
    with right:
        panels.heading(f"By {numbers.long_date(deadline)}, published → yours", zoomable=True)
        chart()
    with above:
        sentence()
    with bar:
        sets.bar(as_of)
    with right:
        settings()
    depth()


open_ids = list(published.open["outcome"])
st.title("What if you see it differently?", anchor=False)
verbs = [f"**{verb.capitalize()}**: {meaning}." for verb, meaning in assumptions.VERBS.items()]
st.markdown(" ".join(verbs) + " **Believe**: the model itself is otherwise.")
if open_ids:
    editor()
else:
    st.info("Every outcome has already happened.")
panels.run_line(run)
