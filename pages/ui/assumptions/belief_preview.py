"""A belief before it is held: its distribution, and what it does to the outcome it bears on."""

from datetime import date

import streamlit as st

from briefing.exhibits import assumptions as exhibits
from briefing.material.material import Material
from briefing.words import numbers
from briefing.words.sets import answers, beliefs
from model.assumptions import Assumptions, Belief
from model.beliefs.elicitation import elicited, posterior_values, published_interval
from model.forecast import Forecast
from model.runs import Run
from model.scenario import Scenario
from pages.ui.frame import panels
from pages.ui.memory import forecasts, own


def show(run: Run, scenario: Scenario, belief: Belief, deadline: date) -> None:
    """What a belief does to the outcome it bears on by `deadline`; an interval's distribution.

    Draws one line and, unless the belief is a factor, a chart; a warning where either is refused.
    """
    _headline(run, scenario, belief, deadline)
    if belief.factor is None:
        _distribution(run, scenario, belief, deadline)


def _distribution(run: Run, scenario: Scenario, belief: Belief, deadline: date) -> None:
    """What PreliZ makes of the two numbers; its first answer takes some seconds."""
    try:
        with st.spinner("Finding the distribution"):
            distribution = elicited(belief)
    except (ValueError, RuntimeError) as problem:
        st.warning(numbers.as_typed(str(problem)))
        return
    published = published_interval(scenario, belief.kind, belief.about)
    posterior = posterior_values(run, belief.kind, belief.about)
    st.markdown(beliefs.belief(distribution, belief.kind))
    shown = exhibits.belief(belief, distribution, published, posterior, scenario)
    panels.exhibit(shown, Material(run, Assumptions(beliefs=(belief,)), deadline))


def _headline(run: Run, scenario: Scenario, belief: Belief, deadline: date) -> None:
    outcome = exhibits.bears_on(belief, scenario)
    current = own.current()
    # Without any belief of the same: one that is held already would be compared with itself.
    others = tuple(other for other in current.beliefs if other.about != belief.about)
    without, tried = (
        current.model_copy(update={"beliefs": held}) for held in (others, (*others, belief))
    )
    both = [(asked, forecasts.answer(run, asked, deadline)) for asked in (without, tried)]
    for asked, problem in both:
        if isinstance(problem, ValueError):
            # of a belief that is held the chart says it
            if {*asked.beliefs} != {*current.beliefs}:
                reason = answers.refusal(problem, asked, scenario, run.as_of)
                st.warning(numbers.as_typed(reason))
            return
    before, after = (_reading(answer, outcome) for _, answer in both)
    title = scenario.outcome(outcome).title
    st.markdown(
        f"{title} by {numbers.long_date(deadline)}: {before} → **{after}** with this belief."
    )


def _reading(answer: Forecast, outcome: str) -> str:
    row = answer.row(outcome)
    return numbers.percent(row["probability"], row["mcse"])
