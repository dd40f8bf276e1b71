"""A belief before it is held: its distribution, and what it does to the outcome it bears on."""

from datetime import date

import streamlit as st

from briefing import assumption_words, belief_words, words
from briefing.exhibits import assumptions as exhibits
from briefing.material import Material
from model.assumptions import Assumptions, Belief
from model.elicitation import elicit, posterior_values, published_interval
from model.scenario import Scenario
from model.store import Run
from pages.ui import cached, own, panels


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
        st.warning(words.as_typed(str(problem)))
        return
    known = published_interval(scenario, belief.kind, belief.about)
    posterior = posterior_values(run, belief.kind, belief.about)
    st.markdown(belief_words.belief(found, belief.kind))
    shown = exhibits.belief(belief, found, known, posterior, scenario)
    panels.exhibit(shown, Material(run, Assumptions(beliefs=(belief,)), deadline))


def _headline(run: Run, scenario: Scenario, belief: Belief, deadline: date) -> None:
    outcome = exhibits.bears_on(belief, scenario)
    held = own.held()
    others = tuple(one for one in held.beliefs if one.about != belief.about)
    tried = held.model_copy(update={"beliefs": (*others, belief)})
    try:
        with_it = cached.supposed(run, tried, deadline)
        without = cached.supposed(run, held, deadline)
    except ValueError as problem:
        said = assumption_words.refusal(problem, tried, scenario, run.as_of)
        st.warning(words.as_typed(said))
        return
    before, after = (_reading(answer, outcome) for answer in (without, with_it))
    title = scenario.outcome(outcome).title
    st.markdown(f"{title} by {words.long_date(deadline)}: {before} → **{after}** with this belief.")


def _reading(answer, outcome: str) -> str:
    row = answer.outcomes.set_index("outcome").loc[outcome]
    return words.percent(row["probability"], row["mcse"])
