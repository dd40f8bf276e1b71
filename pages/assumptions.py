"""Assumptions: what if I see it differently?"""

import streamlit as st

from briefing.charts import theme
from briefing.exhibits import assumptions as exhibits
from briefing.material.material import Material
from briefing.words import assumptions, numbers, tables
from briefing.words.sets import answers, story
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
from pages.ui.frame import controls, panels, set_story
from pages.ui.frame.opening import opened
from pages.ui.login.controls import left_out
from pages.ui.login.roles import Role
from pages.ui.memory import charts_first, explanations, forecasts, own
from pages.ui.workspace import section as workspace

run, deadline = opened()
yardstick = controls.yardstick()
published = forecasts.published(run, deadline)
scenario, as_of = published.scenario, published.as_of
last = controls.horizon_end(as_of)
# Rounded as sliders are: a slider that nobody moved must not read as moved.
fitted = controls.to_a_tenth(forecasts.fitted_levels(run))
PARTS = {  # each with what to do in it
    "Drivers": "Move a driver.",
    "Switches": "Turn a switch.",
    "Outcomes": "Suppose that an outcome happens, or does not.",
    "Beliefs": "Say how strongly something acts.",
    "Evidence": "Leave evidence out, or add an event.",
}


def choose() -> None:
    """Draw the controls of the part that the reader chose; the rest of the set stays as it is."""
    if left_out(Role.analyst, "Changing assumptions"):
        return
    part = st.segmented_control(
        "What do you see differently?",
        list(PARTS),
        default=next(iter(PARTS)),
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
        drivers.edit(scenario, fitted, explanations.half_year_ranges(run), (as_of, last))


def answer() -> Forecast | ValueError:
    """The forecast under the visitor's assumptions, or the problem why there is none.

    The chart, drawn first, waits for it; whoever asks after it finds it in the shared cache.
    """
    return forecasts.answer(run, own.current(), deadline)


@st.fragment(key=pieces.Piece.SENTENCE)
def sentence() -> None:
    """Draw the visitor's chance of the outcome that moves most, beside the published."""
    charts_first.of_the_process.wait()
    answered = answer()
    if isinstance(answered, ValueError):
        row = published.open.iloc[0].to_dict()
        verb = scenario.outcome(row["outcome"]).verb
        headline = numbers.headline(verb, row, as_of, yardstick)
        st.markdown(f"Your set has no answer; why stands above the chart. Published: {headline}")
        return
    if answered.assumptions.is_empty:
        todo = PARTS[st.session_state.get("part") or next(iter(PARTS))]
        st.markdown(f"Nothing is changed: this is the published forecast. {todo}")
        return
    supposed = {outcome.id for outcome in answered.assumptions.outcomes}
    moves = tables.comparison(published.open, answered.outcomes)
    most = tables.moved_most(moves, supposed)
    before, after = (forecast.row(most).to_dict() for forecast in (published, answered))
    verb, decreed = scenario.outcome(most).verb, tables.by_decree(answered.outcomes, supposed)
    st.markdown(numbers.own_view(verb, before, after, yardstick, most in decreed))
    too_late = answers.after(answered.assumptions, scenario, deadline)
    if too_late:
        st.warning(numbers.as_typed(too_late))


def moved() -> str:
    """What the visitor's set moves over time, as sentences; "" where there is no own forecast."""
    answered = answer()
    if not isinstance(answered, Forecast) or answered.assumptions.is_empty:
        return ""
    free = story.left_free(open_ids, answered.assumptions)
    return story.moved(published.curves, answered.curves, free, as_of)


def tell(name: str) -> None:
    """Draw the story of the set of this name, which is the visitor's; nothing without an answer."""
    answered = answer()
    if isinstance(answered, Forecast):
        set_story.show(run, name, answered.assumptions, published, answered)


@st.fragment(key=pieces.Piece.CHART)
@charts_first.of_the_process.chart()
def chart() -> None:
    """Draw published and own chances side by side; without an own forecast why, and published."""
    answered = answer()
    if isinstance(answered, ValueError):
        quality.refused(run, own.current(), answered, scenario)
        answered = published
    chances = [*published.outcomes["probability"], *answered.outcomes["probability"]]
    top = theme.top_of(chances) if controls.is_zoomed() else 1.0
    material = Material(run, answered.assumptions, deadline, yardstick=yardstick)
    panels.exhibit(exhibits.comparison(published, answered, top), material)


@st.fragment(key=pieces.Piece.SETTINGS)
def settings() -> None:
    """Draw how the numbers were found, and how surprising what is assumed is."""
    charts_first.of_the_process.wait()
    answered = answer()
    if isinstance(answered, Forecast):
        quality.follows(run, answered.assumptions, deadline)
        quality.method(run, answered)
    # A refused set is in order, only too surprising: how surprising can still be told.
    fits = isinstance(answered, Forecast | Refused)
    quality.settings(run, own.current(), scenario, as_of, fits)
    own.write_link()  # a moved slider may leave the bar as it is, which also writes it


@st.fragment(key=pieces.Piece.DEPTH)
def depth() -> None:
    """Draw one outcome in depth, of the published forecast where there is no own one."""
    answered = answer()
    of = answered if isinstance(answered, Forecast) else published
    what_matters.section(run, published, of, deadline)


@st.fragment(key=pieces.Piece.EDITOR)
def editor() -> None:
    """Draw controls, and what they change; `pieces.Piece` tells what a moved slider draws anew."""
    bar = st.container()
    # on top, so that a phone shows the sentence beside the controls
    above = st.container(key="answer")
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
        sets.bar(as_of, moved, tell)
    with right:
        settings()
    depth()


open_ids = list(published.open["outcome"])
st.title("What if you see it differently?", anchor=False)
ways = (*assumptions.VERBS.values(), assumptions.CHANGE)
st.markdown(" ".join(f"**{way}**: {meaning}." for way, meaning in ways))
if open_ids:
    editor()
else:
    st.info("Every outcome has already happened.")
workspace.section(run, deadline)
panels.run_line(run)
