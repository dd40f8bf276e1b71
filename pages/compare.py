"""Compare: which future is which?"""

import pandas as pd
import streamlit as st

from briefing.charts import theme
from briefing.exhibits.entries_forecast import OWN, PUBLISHED
from briefing.words import explain, numbers
from model.assumptions import NOTHING
from model.forecast import Forecast
from pages.ui.assumptions.sets import offered
from pages.ui.compare import gap, set_card
from pages.ui.frame import panels
from pages.ui.frame.opening import opened
from pages.ui.memory import forecasts, own

MOST = 4

run, deadline = opened()
published = forecasts.published(run, deadline)
sets = {PUBLISHED: NOTHING} | offered()
if not own.current().is_empty:
    sets = {OWN: own.current()} | sets


def chosen() -> list[str]:
    """The names of the sets to compare; the first four of them unless chosen."""
    return st.multiselect(
        "Sets of assumptions",
        list(sets),
        default=[name for name in sets if name != PUBLISHED][:MOST],
        max_selections=MOST,
        key="sets",
        bind="query-params",
        help="Yours is the one of the Assumptions page, once it holds something.",
    )


def answers(names: list[str]) -> dict[str, Forecast | ValueError]:
    """Each set's forecast, or why there is none."""
    found = {}
    for name in names:
        try:
            found[name] = forecasts.supposed(run, sets[name], deadline)
        except ValueError as problem:
            found[name] = problem
    return found


def column_of(number: str) -> pd.DataFrame:
    """A row an outcome's title, a column a set that has an answer."""
    shown = {
        name: one.outcomes[one.outcomes["settled_on"].isna()].set_index("title")[number]
        for name, one in answered.items()
    }
    return pd.DataFrame(shown)


st.title("Which future is which?", anchor=False)
names = chosen()
found = answers(names)
answered = {name: one for name, one in found.items() if isinstance(one, Forecast)}
chances = column_of("probability")
zoomed = False
if not names:
    st.info("Choose up to four sets of assumptions to see them side by side.")
elif answered:
    if len(answered) > 1:
        supposed = {one.id for name in answered for one in sets[name].outcomes}
        free = [outcome.title for outcome in run.scenario.outcomes if outcome.id not in supposed]
        told = chances[chances.index.isin(free)]
        st.markdown(numbers.as_typed(explain.furthest_apart(told)))
    zoomed = panels.heading(f"By {numbers.long_date(deadline)}, published → the set", zoomable=True)
highest = [*published.outcomes["probability"], *chances.to_numpy().ravel()]
top = theme.top_of(highest) if zoomed else 1.0
for start in range(0, len(names), 2):
    for column, name in zip(st.columns(2), names[start : start + 2], strict=False):
        with column:
            is_built_in = name not in (OWN, PUBLISHED)
            set_card.card(run, name, sets[name], published, found[name], top, is_built_in)
if answered:
    st.caption("1 in N: of N worlds that the model expects, one goes at least as far.")
    rows = explain.sets_side_by_side(chances, column_of("mcse"))
    panels.table("The sets as a table", rows, "table:sets")
if len(answered) > 1:
    gap.section(run, {name: sets[name] for name in answered}, answered, deadline)
panels.run_line(run)
