"""What the gap between two sets is made of: a step an assumption."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from briefing import explain_charts, explain_tables, explain_words, words
from model.assumptions import Assumptions
from model.store import Run
from pages.ui import explained, panels


def section(run: Run, sets: Mapping[str, Assumptions], answers: Mapping, deadline: date) -> None:
    """Two of the sets and an outcome, chosen by the reader; the waterfall between them.

    answers: each set's forecast, by name.
    """
    st.subheader("What makes the difference?", anchor=False)
    one, other, outcome, title = _choices(list(sets), next(iter(answers.values())))
    if one == other:
        st.info("Choose two different sets.")
        return
    try:
        with st.spinner("Dividing the gap"):
            table = explained.gap(run, sets[one], sets[other], outcome, deadline)
    except ValueError as problem:
        st.warning(words.as_typed(words.capital(f"{problem}.")))
        return
    ends = {name: _chance(answers[name], outcome) for name in (one, other)}
    _show(explain_tables.named_gap(table, run.scenario, run.as_of), ends, title)


def _choices(names: list[str], answer) -> tuple[str, str, str, str]:
    """The two sets' names, the outcome and its title."""
    open_ones = answer.outcomes[answer.outcomes["settled_on"].isna()]
    titles = dict(zip(open_ones["outcome"], open_ones["title"], strict=True))
    with st.container(horizontal=True):
        one, other = (
            st.selectbox(label, names, index=place, key=key, bind="query-params", width=280)
            for place, (label, key) in enumerate((("From", "from"), ("To", "to")))
        )
        outcome = st.selectbox(
            "Outcome", titles, format_func=titles.get, key="outcome", bind="query-params", width=280
        )
    return one, other, outcome, titles[outcome]


def _show(table, ends: Mapping[str, float], title: str) -> None:
    names, (before, after) = tuple(ends), ends.values()
    st.markdown(words.as_typed(explain_words.gap(title, before, after, names)))
    figure = explain_charts.gap(table, names, before, after)
    panels.chart(figure, explain_words.gap_alt(table, before, after), "gap")
    st.caption(
        "Each step is an assumption's Shapley value: what its change adds, averaged over every "
        "order in which the assumptions can change. The steps add up to the gap."
    )
    panels.table("The steps as a table", explain_tables.gap_in_words(table))


def _chance(answer, outcome: str) -> float:
    return float(answer.outcomes.set_index("outcome").at[outcome, "probability"])
