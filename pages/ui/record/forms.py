"""What a visitor appends to the record: the day's headlines, an override of one of them."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from briefing.material.material import Material
from briefing.words import numbers
from briefing.words import record as words
from model.record.published import overriding, publishing
from model.runs import Run
from model.scenario.plain_text import counted
from pages.ui.frame import typed_day
from pages.ui.login import visitor
from pages.ui.login.controls import left_out
from pages.ui.login.roles import Role

OUTCOME = "said of the record"  # what the last press came to, until the page is drawn once more


def publish(run: Run) -> None:
    """A press appends the chances of this day's run, with the name of who pressed."""
    if left_out(Role.publisher, "Publishing"):
        return
    with st.form("publish", border=True):
        st.markdown(
            f"**Publish the forecast as of {numbers.long_date(run.as_of)}.** Every open outcome by "
            "3, 6, 12 and 24 months and by year end, with nothing assumed. What is published stays."
        )
        author = _author("publisher")
        if st.form_submit_button("Publish", icon=":material/publish:"):
            _done(lambda: _published(run, author))


def _author(key: str) -> str:
    """The login's name and address; where there is no login, what is typed."""
    known = visitor.current().signature
    if known:
        st.caption(numbers.as_typed(f"Under your name, {known}."))
        return known
    return st.text_input("Your name", key=key, max_chars=publishing.LONGEST_NAME)


@visitor.needs(Role.publisher)
def _published(run: Run, author: str) -> str:
    rows = publishing.publish(run, author)
    if not rows:
        return f"Run {run.id} was published before: nothing is added."
    return (
        f"{counted(len(rows), 'forecast')} of run {run.id} published; the last hash is "
        f"{rows[-1]['hash']}."
    )


def override(forecasts: pd.DataFrame, material: Material) -> None:
    """A press appends an override of one published forecast that is still open."""
    still_open = forecasts[forecasts["status"] == "open"].to_dict("records")
    if not still_open or left_out(Role.publisher, "Overriding"):
        return
    rows = {row["number"]: row for row in reversed(still_open)}
    # Not by Enter: a row that is appended stays, and Enter only takes what was typed elsewhere.
    with st.form("override", enter_to_submit=False, border=True):
        st.markdown("**Add an override**")
        number = st.selectbox(
            "Of which forecast",
            list(rows),
            format_func=lambda number: _named(rows[number], material),
            key="overridden",
        )
        chance = st.number_input("Your chance, in percent", 0.0, 100.0, 50.0, key="overriding")
        reason = st.text_input("Why", key="reason", max_chars=overriding.LONGEST_REASON)
        author = _author("overrider")
        # Typed and no calendar: in a form neither could follow the other before the press.
        last = st.text_input(
            "Stands until",
            _in_a_month(material.as_of).isoformat(),
            key="expires",
            help="The last as-of day on which it stands, as 2026-05-10.",
        )
        if st.form_submit_button("Add", icon=":material/add:"):
            _done(lambda: _overridden(number, chance / 100, reason, author, last))


def _named(row: dict, material: Material) -> str:
    return (
        f"{row['number']}: {words.title_of(row, material.scenario)} by "
        f"{numbers.short_date(row['deadline'])}, as of {numbers.short_date(row['as_of'])}, "
        f"{numbers.percent(row['probability'], row['mcse'])}"
    )


def _in_a_month(day: date) -> date:
    return day + timedelta(days=30)


@visitor.needs(Role.publisher)
def _overridden(number: int, chance: float, reason: str, author: str, last: str) -> str:
    day = typed_day.read(last)
    if day is None:
        raise ValueError(f"“{last[: typed_day.LETTERS]}” is no day; write one as 2026-05-10")
    made = overriding.override(number, chance, reason, author, day)
    return f"Row {made['number']} of the overrides is added; its hash is {made['hash']}."


def _done(append) -> None:
    """Append, and draw the page anew with what came of it."""
    try:
        st.session_state[OUTCOME] = (st.success, append())
    except (ValueError, OSError) as problem:
        st.session_state[OUTCOME] = (st.error, str(problem))
    st.rerun()


def say() -> None:
    """What the last press came to, on top of the part."""
    box, text = st.session_state.pop(OUTCOME, (None, ""))
    if box is not None:
        box(numbers.as_typed_lines(text))
