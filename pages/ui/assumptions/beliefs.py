"""Beliefs: another interval for an effect, a link, an influence or a base rate, or a factor."""

from datetime import date

import streamlit as st

from briefing.words import assumptions
from model.assumptions import Belief
from model.assumptions.assumptions import MOST_ADDED, size_of
from model.beliefs.believed import LISTED_IN
from model.beliefs.elicitation import published_interval, warm_up
from model.runs import Run
from model.scenario import Scenario
from pages.ui.assumptions import belief_preview
from pages.ui.memory import own

KINDS = {
    "effect": "Effect of a driver on an outcome",
    "link": "Link from one outcome to another",
    "influence": "Influence of a driver on another",
    "base_rate": "Base rate of a reference class",
    "outcome": "An outcome's hazard, times a factor",
}
FIELDS = {
    "effect": "hazard_ratio",
    "link": "hazard_ratio",
    "influence": "adds",
    "base_rate": "rate",
}
LEAST = 0.001  # of a ratio, a rate or a factor
MEANING = {
    "hazard_ratio": "What one point of the driver, or the first outcome, multiplies the hazard by; "
    "2 = twice as fast. Your 90% interval.",
    "adds": "What one point of the first driver adds to the other driver in a month, in points: "
    "your 90% interval. Below 0 it lowers it.",
    "rate": "Cases a year, one year in: your 90% interval.",
    "factor": "What you multiply this outcome's hazard by.",
}


def add(run: Run, scenario: Scenario, deadline: date) -> None:
    """Two numbers, what they mean and do to the headline, and a button that holds the belief.

    deadline: by which the headline is shown.
    """
    warm_up()  # PreliZ loads while the reader still chooses
    left, right = st.columns(2)
    with left:
        kind = st.selectbox(
            "Believe otherwise about",
            list(KINDS),
            format_func=lambda id: KINDS[id],
            key="belief kind",
        )
    names = _names(kind, scenario)
    with right:
        about = st.selectbox(
            "Which", list(names), format_func=lambda id: names[id], key=f"belief {kind}"
        )
    belief = _asked(kind, about, scenario)
    if belief is None:
        return
    belief_preview.show(run, scenario, belief, deadline)
    st.button(
        "Believe this",
        on_click=_hold,
        args=(belief,),
        icon=":material/add:",
        key="believe",
    )


def _names(kind: str, scenario: Scenario) -> dict[str, str]:
    if kind == "base_rate":
        return {reference.id: reference.title for reference in scenario.classes}
    if kind == "outcome":
        return {outcome.id: outcome.title for outcome in scenario.outcomes}
    arrows, size = getattr(scenario, LISTED_IN[kind]), size_of(kind)
    # A link that takes the hazard of a class has no interval that another could replace.
    names = [arrow.name for arrow in arrows if getattr(arrow, size)]
    return {name: assumptions.arrow(name, scenario) for name in names}


def _asked(kind: str, about: str, scenario: Scenario) -> Belief | None:
    """The belief that the numbers say; None, with a line on what is wrong, where they say none."""
    if kind == "outcome":
        held = next((b.factor for b in own.current().beliefs if b.outcome == about), 1.0)
        factor = _number("Factor", held, f"{about} factor", MEANING["factor"])
        return Belief(outcome=about, factor=factor)
    (low, high), size = published_interval(scenario, kind, about), size_of(kind)
    start, end = _held(kind, about) or (low, high)
    left, right = st.columns(2)
    least = -MOST_ADDED if kind == "influence" else LEAST
    with left:
        lower = _number("Low end", start, f"{about} low", MEANING[size], least)
    with right:
        known = f"Published: {low:g} to {high:g}."
        upper = _number("High end", end, f"{about} high", known, least)
    if lower >= upper:
        st.error(f"The low end, {lower:g}, must be below the high end, {upper:g}.")
        return None
    return Belief(**{kind: about, size: (lower, upper)})


def _held(kind: str, about: str) -> tuple[float, float] | None:
    """The interval that the set holds of this; None where it holds none."""
    held = (b for b in own.current().beliefs if (b.kind, b.about) == (kind, about))
    return next((belief.interval for belief in held), None)


def _number(label: str, value: float, key: str, meaning: str, least: float = LEAST) -> float:
    return st.number_input(
        label,
        min_value=least,
        max_value=MOST_ADDED if least < 0 else 1000.0,
        value=float(value),
        step=0.005 if least < 0 else 0.05,
        format="%.4g",
        key=own.key("belief", key),  # anew where another step has changed what the set holds
        help=meaning,
    )


def _hold(belief: Belief) -> None:
    current = own.current()
    others = tuple(other for other in current.beliefs if other.about != belief.about)
    own.adopt(current.model_copy(update={"beliefs": (*others, belief)}))
