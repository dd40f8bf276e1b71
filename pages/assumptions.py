"""Assumptions: what if I see it differently?"""

import streamlit as st

from briefing import assumption_words, theme, words
from briefing.exhibits import assumptions as exhibits
from briefing.material import Material
from model.forecast import Forecast, Refused
from pages.ui import (
    cached,
    controls,
    edit_beliefs,
    edit_drivers,
    edit_evidence,
    edit_outcomes,
    own,
    panels,
    quality,
    sets,
    what_matters,
)
from pages.ui.opening import opened

run, deadline = opened()
yardstick = controls.yardstick()
published = cached.published(run, deadline)
scenario, as_of = published.scenario, published.as_of
last = controls.horizon_end(as_of)
fitted = controls.to_a_tenth(cached.fitted_levels(run))
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
    held = own.held()
    if part == "Outcomes":
        open_ones = [o for o in scenario.outcomes if o.id in still_open]
        own.keep(edit_outcomes.edit(held, open_ones, as_of, deadline, last))
    elif part == "Beliefs":
        edit_beliefs.add(run, scenario, deadline)
    elif part == "Evidence":
        own.keep(edit_evidence.edit(held, scenario, as_of))
    else:
        own.keep(edit_drivers.edit(held, scenario.drivers, fitted, (as_of, last)))


def answer():
    """The forecast under the visitor's assumptions, or the problem why there is none, said."""
    try:
        return cached.supposed(run, own.held(), deadline)
    except ValueError as problem:
        quality.refused(run, own.held(), problem, scenario)
        return problem


def say(answered, first: str) -> None:
    """The user's forecast of one outcome, as a sentence."""
    before, after = (
        table.set_index("outcome", drop=False).loc[first].to_dict()
        for table in (published.outcomes, answered.outcomes)
    )
    if answered.assumptions.is_empty:
        st.markdown("Nothing is changed: this is the published forecast. Move a driver.")
    else:
        verb = scenario.outcome(first).verb
        st.markdown(words.own_view(verb, before, after, yardstick))


def show(answered) -> None:
    """Published and own, side by side."""
    zoomed = panels.heading(f"By {words.long_date(deadline)}, published → yours", zoomable=True)
    chances = [*published.outcomes["probability"], *answered.outcomes["probability"]]
    top = theme.top_of(chances) if zoomed else 1.0
    material = Material(run, answered.assumptions, deadline, yardstick=yardstick)
    panels.exhibit(exhibits.comparison(published, answered, top), material)


@st.fragment
def editor() -> None:
    """A moved slider reruns this part only, and its chart is drawn before the controls."""
    bar = st.container()
    sentence = st.container()  # on top, so that a phone shows it beside the controls
    left, right = st.columns(2, gap="large")
    set_is_known = edit_drivers.slider_moved()
    if not set_is_known:
        with left:
            choose()
    with right:
        answered = answer()
        if isinstance(answered, Forecast):
            show(answered)
            with sentence:
                say(answered, still_open[0])
    if set_is_known:
        with left:
            choose()
    with bar:
        sets.bar()
    with right:
        if isinstance(answered, Forecast):
            quality.method(run, answered)
        fits = isinstance(answered, Forecast | Refused)
        quality.settings(run, own.held(), scenario, as_of, fits)
        panels.identity(cached.reproduces(run), run.id)
    if isinstance(answered, Forecast):
        what_matters.section(run, published, answered, deadline)


is_open = published.outcomes["settled_on"].isna()
still_open = list(published.outcomes.loc[is_open, "outcome"])
st.title("What if you see it differently?", anchor=False)
verbs = [f"**{verb.capitalize()}**: {said}." for verb, said in assumption_words.VERBS.items()]
st.markdown(" ".join(verbs) + " **Believe**: the model itself is otherwise.")
if still_open:
    editor()
else:
    st.info("Every outcome has already happened.")
panels.run_line(run)
