"""Compare: how do scenarios compare?"""

import pandas as pd
import streamlit as st

from briefing.charts import theme
from briefing.exhibits.entries_forecast import OWN, PUBLISHED
from briefing.words import explain, numbers, tables
from briefing.words.sets import answers as answer_words
from model.assumptions import NOTHING
from model.explain.opposing import not_of_this_day
from model.forecast import Forecast
from pages.ui.compare import gap, set_card
from pages.ui.frame import panels
from pages.ui.frame.opening import opened
from pages.ui.memory import forecasts, own
from pages.ui.memory.offers import offered

MOST = 4

run, deadline = opened()
published = forecasts.published(run, deadline)
sets = {PUBLISHED: NOTHING} | offered(run.as_of)
if not own.current().is_empty:
    sets = {OWN: own.current()} | sets


def warn_of_unknown() -> None:
    """Say which sets a link asks for that nobody here knows; Streamlit would drop them unsaid."""
    if "sets" in st.session_state:
        return
    unknown = [name for name in st.query_params.get_all("sets") if name not in sets]
    if unknown:
        st.warning(
            numbers.as_typed(
                f"This link asks for sets that are not known here: {', '.join(unknown)}. Ask its "
                "sender to save them first: a link holds the sets that are saved."
            )
        )


def chosen() -> list[str]:
    """The names of the sets to compare; unless chosen, the first four that fit this day."""
    misfits = not_of_this_day(run, sets)
    fitting = [name for name in sets if name not in (PUBLISHED, *misfits)]
    names = st.multiselect(
        "Sets of assumptions",
        list(sets),
        # Published stands in every card beside its set, so it needs no card unless asked for.
        default=fitting[:MOST] or [PUBLISHED],
        max_selections=MOST,
        key="sets",
        bind="query-params",
        help="Yours is the one of the Assumptions page, once it holds something.",
    )
    not_shown = [name for name in misfits if name not in names]
    if not_shown:
        st.caption(numbers.as_typed(answer_words.passed_over(not_shown, run.as_of)))
    return names


def answers(names: list[str]) -> dict[str, Forecast | ValueError]:
    """Each set's forecast, or why there is none, by the set's name."""
    return {name: forecasts.answer(run, sets[name], deadline) for name in names}


def column_of(number: str) -> pd.DataFrame:
    """`probability` or `mcse`: one row per open outcome, by title, one column per answered set."""
    columns = {name: answer.open.set_index("title")[number] for name, answer in answered.items()}
    return pd.DataFrame(columns)


def not_supposed(chances: pd.DataFrame) -> pd.DataFrame:
    """The chances without those that a set supposes itself: a difference by its word is no news."""
    titles = {outcome.id: outcome.title for outcome in run.scenario.outcomes}
    free = chances.copy()
    for name in free:
        supposed = {titles[outcome.id] for outcome in sets[name].outcomes}
        free.loc[free.index.isin(supposed), name] = float("nan")
    return free


st.title("How do scenarios compare?", anchor=False)
warn_of_unknown()
names = chosen()
answer_of = answers(names)
answered = {name: answer for name, answer in answer_of.items() if isinstance(answer, Forecast)}
chances = column_of("probability")
zoomed = False
if not names:
    st.info("Choose up to four sets of assumptions to see them side by side.")
elif answered:
    if len(answered) > 1:
        st.markdown(numbers.as_typed(explain.furthest_apart(not_supposed(chances))))
    zoomed = panels.heading(f"By {numbers.long_date(deadline)}, published → the set", zoomable=True)
# One axis for all cards, so that they can be compared with each other.
highest = [*published.outcomes["probability"], *chances.to_numpy().ravel()]
top = theme.top_of(highest) if zoomed else 1.0
for start in range(0, len(names), 2):
    # Not strict: the last row may hold one card.
    for column, name in zip(st.columns(2), names[start : start + 2], strict=False):
        with column:
            is_built_in = name not in (OWN, PUBLISHED)
            set_card.card(run, name, sets[name], published, answer_of[name], top, is_built_in)
if answered:
    given = chances.gt(tables.CERTAIN) | chances.lt(1 - tables.CERTAIN)
    given &= not_supposed(chances).isna() & chances.notna()
    rows = explain.sets_side_by_side(chances, column_of("mcse"), given)
    panels.table("The sets as a table", rows, "table:sets")
if len(answered) > 1:
    gap.section(run, {name: sets[name] for name in answered}, answered, deadline)
panels.run_line(run)
