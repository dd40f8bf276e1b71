"""A set of assumptions as a story: what is seen first, what it moves, the claims behind it."""

import pandas as pd
import streamlit as st

from briefing.words import numbers
from briefing.words.sets import story
from model.assumptions import Assumptions
from model.forecast import Forecast
from model.runs import Run
from pages.ui.frame import panels
from pages.ui.memory import tables


def show(run: Run, name: str, assumed: Assumptions, published: Forecast, answer: Forecast) -> None:
    """The signposts of the set `assumed`; folded, what it moves over time, and its claims.

    name: tells its tables from those of other sets on the page.
    """
    open_ids = list(answer.open["outcome"])
    signposts = story.signposts(assumed, run.scenario)
    if signposts:
        st.markdown("**If it comes true, this is seen:**")
        st.markdown("\n".join(f"- {numbers.as_typed(line)}" for line in signposts))
    for line in story.turned(assumed, tables.prior_posterior(run)):
        st.caption(numbers.as_typed(line))

    def over_time() -> pd.DataFrame:
        return story.over_time(published.curves, answer.curves, open_ids, run.as_of)

    panels.table("Over the months, published → the set", over_time, f"months:{name}")
    claims = story.claims(assumed, run.evidence.claims)
    if claims:
        with st.expander("The article's claims behind it", icon=":material/article:"):
            st.markdown("\n".join(f"- {numbers.as_typed(line)}" for line in claims))
