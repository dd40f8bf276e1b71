"""A belief before it is held: its distribution, and what it does to the outcome it bears on."""

from datetime import date

import streamlit as st

from briefing import assumption_words, belief_charts, theme, words
from model.assumptions import Belief
from model.elicitation import elicit
from model.scenario import Scenario
from model.store import Run
from pages.ui import cached, own, panels


def show(
    run: Run,
    scenario: Scenario,
    belief: Belief,
    published: tuple[float, float] | None,
    deadline: date,
) -> None:
    """The distribution of an interval and the headline under it, beside what is held now."""
    _headline(run, scenario, belief, deadline)
    if belief.factor is None:
        _distribution(scenario, belief, published)


def _distribution(scenario: Scenario, belief: Belief, published: tuple[float, float]) -> None:
    """What PreliZ makes of the two numbers; its first answer takes some seconds."""
    is_ratio = belief.hazard_ratio is not None
    try:
        with st.spinner("Finding the distribution"):
            own_one = elicit(*(belief.hazard_ratio or belief.rate))
            known = elicit(*published)
    except (ValueError, RuntimeError) as problem:
        st.warning(words.as_typed(str(problem)))
        return
    colour = theme.outcome_colours(scenario.outcome_ids)[outcome_of(belief, scenario)]
    figure = belief_charts.belief(own_one, known, colour, is_ratio)
    panels.chart(figure, belief_charts.alt(own_one, known), "belief")
    st.markdown(belief_charts.sentence(own_one, is_ratio))
    panels.table("The distribution as a table", belief_charts.in_words(own_one, known))


def _headline(run: Run, scenario: Scenario, belief: Belief, deadline: date) -> None:
    outcome = outcome_of(belief, scenario)
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


def outcome_of(belief: Belief, scenario: Scenario) -> str:
    """The outcome that a belief bears on first."""
    if belief.outcome:
        return belief.outcome
    if belief.base_rate:
        return next(
            (
                outcome.id
                for outcome in scenario.outcomes
                if any(belief.base_rate in clock.classes for clock in outcome.clocks)
            ),
            scenario.outcome_ids[0],
        )
    return belief.about.split(" -> ")[1]
