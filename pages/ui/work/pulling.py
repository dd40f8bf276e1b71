"""What each event pulls, found beside the page: with progress, a way to cancel, once per process.

One such work runs at a time, once a visitor has pressed for it. It is kept for all visitors, and
ends when none of them looks at it any more.
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import streamlit as st

from briefing.words import numbers
from model.inspect import event_pulls
from model.runs import Run
from pages.ui.login import visitor
from pages.ui.login.controls import button
from pages.ui.login.roles import Role
from pages.ui.memory import forecasts

KEPT = 12  # works remembered, each a table of some thousand numbers
ASKED = "pulls asked for"
UNSEEN = 120.0  # seconds after which a work that no page follows is ended


class Cancelled(Exception):
    """A visitor ended the work."""


@dataclass
class Work:
    """A work: the share done, 0..1, and in the end a table or what went wrong."""

    share: float = 0.0
    table: pd.DataFrame | None = None
    problem: str = ""
    ended: threading.Event = field(default_factory=threading.Event)
    seen: float = field(default_factory=time.monotonic)

    def cancel(self) -> None:
        """Let the work end at its next report."""
        self.ended.set()

    def report(self, share: float) -> None:
        """Hear how far the work is; raises Cancelled once it has been ended."""
        if self.ended.is_set() or time.monotonic() - self.seen > UNSEEN:
            self.ended.set()
            raise Cancelled
        self.share = share


def pulls(run: Run, deadline: date) -> pd.DataFrame | None:
    """The table of `model.inspect.event_pulls`; None, with progress drawn, until it is there."""
    key = run.id, deadline, forecasts.stamp()
    work = _works().get(key)
    if work is not None and work.table is not None:
        return work.table
    _wait(run, deadline, key)
    return None


@st.fragment(run_every=1.0)
def _wait(run: Run, deadline: date, key: tuple) -> None:
    """Start the work once it is asked for, show how far it is, then rerun the page."""
    work = _works().get(key)
    if work is None and not st.session_state.get(ASKED):
        button(
            Role.analyst,
            "Leave them out",
            on_click=ask,
            icon=":material/play_arrow:",
            key="pull_now",
        )
        return
    work = work or _start(run, deadline, key)
    work.seen = time.monotonic()
    if work.table is not None:
        st.rerun()
    elif work.ended.is_set() or work.problem:
        st.warning(numbers.as_typed(work.problem) or "The work was cancelled.")
        forget = {"on_click": _works().pop, "args": (key, None)}
        button(Role.analyst, "Start again", key="pull_again", **forget)
    else:
        st.progress(work.share, "Leaving out each event in turn")
        options = {"icon": ":material/close:", "key": "cancel_pull"}
        button(Role.analyst, "Cancel", on_click=work.cancel, **options)


@visitor.needs(Role.analyst)
def ask() -> None:
    """Remember in this visit that the pulls were asked for: what a control's callback calls."""
    st.session_state[ASKED] = True


def _start(run: Run, deadline: date, key: tuple) -> Work:
    works, work = _works(), Work()
    while len(works) >= KEPT:
        works.pop(next(iter(works))).cancel()  # the oldest: a dictionary keeps its order
    works[key] = work
    threading.Thread(target=_do, args=(work, run, deadline, _turn()), daemon=True).start()
    return work


def _do(work: Work, run: Run, deadline: date, turn: threading.Lock) -> None:
    try:
        # One at a time: two would share the cores, and each visitor would wait longer.
        with turn:
            work.table = event_pulls.event_pulls(run, deadline, report=work.report)
    except Cancelled:
        pass
    except Exception as problem:  # noqa: BLE001 - a thread has nobody to tell but the page
        work.problem = f"The pulls could not be found: {problem}"


@st.cache_resource(show_spinner=False)
def _works() -> dict[tuple, Work]:
    return {}


@st.cache_resource(show_spinner=False)
def _turn() -> threading.Lock:
    return threading.Lock()
