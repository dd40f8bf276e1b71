"""A reader codes an event: source, weights beside the driver's sentences, into the tables.

What is typed goes the way of every import: matched with what is there, checked, written whole.
"""

import csv
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

import streamlit as st

from briefing.words import numbers
from model.assumptions import AddedEvent
from model.assumptions.assumptions import FIRST_DAY
from model.intake import importing
from model.intake.importing import Import
from model.intake.proposal import Proposed
from model.intake.report import report
from model.runs import Run
from model.scenario import SCENARIO_FOLDER, Scenario
from model.scenario.plain_text import neutral
from pages.ui.frame import typed_day
from pages.ui.frame.offered import offered
from pages.ui.login import visitor
from pages.ui.login.controls import left_out
from pages.ui.login.roles import Role
from pages.ui.memory import forecasts, own

ALLOWED = "ARAXES_CODING"  # set for a server whose visitors may write into the tables
RELIABILITY = {
    "A": "A: an agency, or an official record of one's own act",
    "B": "B: an established outlet or think tank",
    "C": "C: a partisan outlet or state media",
    "D": "D: an aggregator, repost or mirror",
}
TYPED = "typed in"


def section(run: Run, added: tuple[AddedEvent, ...]) -> None:
    """Fields for what the tables need beside the what-if event, and what an import of it does.

    added: the what-if event, an entry per driver; its strengths become one reader's weights.
    """
    if left_out(Role.publisher, "Coding it into the evidence"):
        return
    with st.expander("Code it into the evidence", icon=":material/edit_note:"):
        _scales(run.scenario, added)
        cells = _fields(added)
        if cells is None:
            st.caption("Name the source and the address of its page.")
            return
        rows = _rows(cells, added)
        if st.button("Check it", key=own.key("code it"), icon=":material/rule:"):
            with _faults_said():
                _tell(importing.propose(SCENARIO_FOLDER, (), coded=rows), written=False)
        _offer(rows)
        if os.environ.get(ALLOWED) and st.button("Write it", key=own.key("write it")):
            with _faults_said():
                _tell(*_written(rows))


@contextmanager
def _faults_said() -> Iterator[None]:
    """Tables of ours that cannot be read, or not written, are said on the page."""
    try:
        yield
    except (ValueError, OSError) as problem:
        st.error(numbers.as_typed(f"Nothing was taken in: {problem}"))


@visitor.needs(Role.publisher)
def _written(rows: list[Proposed]) -> tuple[Import, bool]:
    return importing.bring_in(SCENARIO_FOLDER, (), coded=rows)


def _scales(scenario: Scenario, added: tuple[AddedEvent, ...]) -> None:
    """Each driver's five sentences, from -2 to +2, beside the weight that it is given."""
    for event in added:
        driver = scenario.driver(event.driver)
        weight = _weight(event)
        levels = [
            f"- {level:+d}: {text}" for level, text in zip(range(-2, 3), driver.levels, strict=True)
        ]
        moves = "moves nothing" if not weight else f"moves it {'up' if weight > 0 else 'down'}"
        st.markdown(f"**{driver.title}**: a weight of {weight:+d} {moves}. What its levels mean:")
        st.caption("\n".join(levels))


def _weight(event: AddedEvent) -> int:
    """One reader's whole weight, -3 to 3; a half goes away from nought."""
    size = int(abs(event.strength) + 0.5)
    return size if event.strength > 0 else -size


def _fields(added: tuple[AddedEvent, ...]) -> dict[str, str] | None:
    """The cells of the event's row but for its id; None while source or address is missing."""
    first = added[0]
    left, right = st.columns(2)
    with left:
        source, grade = _source_and_grade()
    with right:
        page = st.text_input("Address of the page", key=own.key("page"), placeholder="https://…")
        actors = st.text_input("Actors", "ARM;AZE", key=own.key("actors"), help="Joined by ;")
    happened = _day_it_happened(first.date)
    if not source or not page.strip():
        return None
    return {
        "date": happened.isoformat(),
        "precision": "day",
        "known_on": first.date.isoformat(),
        "actors": actors.replace(" ", ""),
        "kind": "statement",
        "what_happened": first.what,
        "reliability": grade,
        "source": source,
        "source_url": page.strip(),
    }


def _source_and_grade() -> tuple[str | None, str]:
    source = st.selectbox(
        "Source",
        sorted(forecasts.source_names()),
        index=None,
        key=own.key("source"),
        help="A new source needs its country: import the event with `python -m model import`.",
    )
    grade = st.selectbox(
        "Reliability", RELIABILITY, format_func=RELIABILITY.get, index=1, key=own.key("grade")
    )
    return source, grade


def _day_it_happened(known_on: date) -> date:
    """The day that is typed, no later than that on which it was known; that one where none is."""
    key, days = own.key("happened"), (FIRST_DAY, known_on)
    typed_day.keep(key, known_on, days)
    with st.container(width=240):
        return typed_day.field("Happened on", key, days, lambda: None) or known_on


def _rows(cells: dict[str, str], added: tuple[AddedEvent, ...]) -> list[Proposed]:
    id = _free_id(cells["date"])
    event = {"event": id, **cells, "origin": f"fact-{id[1:]}"}
    rows = [Proposed("events", event, TYPED, 1)]
    for number, coded in enumerate(added, 1):
        coding = {
            "event": id,
            "driver": coded.driver,
            "first_coder": str(_weight(coded)),
            "second_coder": "",
            "reason": coded.what,
            "note": "",
        }
        rows.append(Proposed("codings", coding, TYPED, number))
    return rows


def _free_id(day: str) -> str:
    """The next id of this day that no event of the tables has."""
    stem, taken = f"E{day.replace('-', '')}", forecasts.event_ids()
    return next(f"{stem}-{n}" for n in range(1, len(taken) + 2) if f"{stem}-{n}" not in taken)


def _tell(made: Import, written: bool) -> None:
    lines = [line for line in report(made, written, whole=True) if "--write" not in line]
    st.code("\n".join(lines), language=None, wrap_lines=True)
    if not written:
        st.caption("Nothing is written yet.")
    if written:
        st.info("Written. A new fit of the latest day brings it into the numbers.")


@visitor.needs(Role.publisher)
def _offer(rows: list[Proposed]) -> None:
    """The rows as files in our own format, for `python -m model import`."""
    for table in ("events", "codings"):
        key, name = own.key("coded", table), f"{table}.csv"
        make = partial(_csv, [row for row in rows if row.table == table])
        file = offered(key, name, visitor.still(Role.publisher, make))
        st.download_button(
            f"{numbers.capital(table)} as CSV",
            data=file.content,
            file_name=name,
            mime="text/csv",
            key=key,
            on_click=file.pressed,
        )


def _csv(rows: list[Proposed]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].cells, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: neutral(cell) for name, cell in row.cells.items()} for row in rows)
    return text.getvalue().encode()
