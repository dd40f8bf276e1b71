"""A belief before it is held: its distribution, and what it does to the outcome it bears on."""

from datetime import date

import streamlit as st

from briefing.exhibits import assumptions as exhibits
from briefing.material.material import Material
from briefing.words import assumptions, beliefs, numbers
from model.assumptions import Assumptions, Belief
from model.beliefs.elicitation import elicit, posterior_values, published_interval
from model.runs import Run
from model.scenario import Scenario
from pages.ui.frame import panels
from pages.ui.memory import forecasts, own


def show(run: Run, scenario: Scenario, belief: Belief, deadline: date) -> None:
    """The headline under a belief, beside what is held now; an interval's distribution."""
    _headline(run, scenario, belief, deadline)
    if belief.factor is None:
        _distribution(run, scenario, belief, deadline)


def _distribution(run: Run, scenario: Scenario, belief: Belief, deadline: date) -> None:
    """What PreliZ makes of the two numbers; its first answer takes some seconds."""
    try:
        with st.spinner("Finding the distribution"):
            found = elicit(*(belief.hazard_ratio or belief.rate))
    except (ValueError, RuntimeError) as problem:
        st.warning(numbers.as_typed(str(problem)))
        return
    known = published_interval(scenario, belief.kind, belief.about)
    posterior = posterior_values(run, belief.kind, belief.about)
    st.markdown(beliefs.belief(found, belief.kind))
    shown = exhibits.belief(belief, found, known, posterior, scenario)
    panels.exhibit(shown, Material(run, Assumptions(beliefs=(belief,)), deadline))


def _headline(run: Run, scenario: Scenario, belief: Belief, deadline: date) -> None:
    outcome = exhibits.bears_on(belief, scenario)
    held = own.held()
    others = tuple(one for one in held.beliefs if one.about != belief.about)
    tried = held.model_copy(update={"beliefs": (*others, belief)})
    try:
        with_it = forecasts.supposed(run, tried, deadline)
        without = forecasts.supposed(run, held, deadline)
    except ValueError as problem:
        said = assumptions.refusal(problem, tried, scenario, run.as_of)
        st.warning(numbers.as_typed(said))
        return
    before, after = (_reading(answer, outcome) for answer in (without, with_it))
    title = scenario.outcome(outcome).title
    st.markdown(
        f"{title} by {numbers.long_date(deadline)}: {before} → **{after}** with this belief."
    )


def _reading(answer, outcome: str) -> str:
    row = answer.outcomes.set_index("outcome").loc[outcome]
    return numbers.percent(row["probability"], row["mcse"])
