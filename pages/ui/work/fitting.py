"""Fits beside the page, with its progress, so that the app never loads PyMC.

A fit is wanted for a day that has no run, or under beliefs that the fast answer cannot follow.

One fit per process at a time: they use every core. It ends when nobody looks at it any more, or
the server ends. A fit that failed or was cancelled stays on record and is not started again until a
visitor asks.
"""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import streamlit as st

from briefing.words import numbers
from model.assumptions import Assumptions
from model.runs import Run
from pages.ui.login import visitor
from pages.ui.login.controls import button
from pages.ui.login.roles import Role
from pages.ui.memory import forecasts
from pages.ui.work import a_days_fits, room
from pages.ui.work.fit_process import Fit, Wanted, command, start

ON_RECORD = 20  # fits that ended badly, the oldest forgotten first
ASKED = "fits asked for"


def run_wanted(as_of: date, fitted: date | None, go: Callable[[date], None]) -> None:
    """Offer to fit a day that has no run, or to go to a fitted one; wait for a fit that was asked.

    fitted: a fitted day, None where there is none: then the fit starts unasked, as there is nothing
    else to show. go: called with the day that is to be shown instead.
    """
    st.title(f"No run is fitted yet as of {numbers.long_date(as_of)}", anchor=False)
    if reason := forecasts.unusable(as_of):
        st.warning(numbers.as_typed(f"{numbers.capital(reason)}."))
    if fitted is None or is_asked(Wanted(as_of)):
        _wait_for_run(as_of)
        return
    st.markdown(
        "A day is fitted once and kept for all visitors. It takes half a minute; a recent day, "
        "some minutes."
    )
    with st.container(horizontal=True):
        button(
            Role.analyst,
            f"Fit {numbers.long_date(as_of)}",
            on_click=ask,
            args=(Wanted(as_of),),
            icon=":material/play_arrow:",
            key="fit_day",
        )
        st.button(
            f"Go to {numbers.long_date(fitted)}, which is fitted",
            on_click=go,
            args=(fitted,),
            icon=":material/arrow_back:",
            key="go_to_fitted",
        )


@visitor.needs(Role.analyst)
def ask(wanted: Wanted) -> None:
    """Note that this visitor wants a fit: for the callback of a button."""
    st.session_state.setdefault(ASKED, set()).add(wanted)


def is_asked(wanted: Wanted) -> bool:
    """Whether this visitor asked for a fit, or it is under way for another."""
    return wanted in st.session_state.get(ASKED, ()) or wanted in forecasts.fits()


def _forget(wanted: Wanted) -> None:
    st.session_state.get(ASKED, set()).discard(wanted)


@st.fragment(run_every=1.0)
def _wait_for_run(as_of: date) -> None:
    """Start the fit of this day unless one runs, show how far it is, then rerun the page."""
    follow(
        Wanted(as_of),
        "The forecast appears here when the fit is done; it is kept for the next visit.",
        lambda: forecasts.run(as_of) is not None,
    )


@st.fragment(run_every=1.0)
def refit_beliefs(run: Run, assumptions: Assumptions) -> None:
    """Offer the fit under a set's beliefs, about half a minute; draw how far it is."""
    wanted = Wanted(run.as_of, assumptions.changes)
    if not is_asked(wanted):  # a link alone, which may be anybody's, starts nothing
        options = {"icon": ":material/play_arrow:", "key": "fit_now"}
        button(Role.analyst, "Fit now", on_click=ask, args=(wanted,), **options)
        return
    follow(
        wanted,
        "The answer of the refit replaces this one when it is done. Go on meanwhile.",
        lambda: forecasts.basis_id(run, assumptions) != run.id,
    )


def follow(wanted: Wanted, promise: str, is_served: Callable[[], bool]) -> None:
    """Start a fit, show how far it is, and rerun the page once its run is served.

    promise: a sentence under the bar on what the fit is for. is_served: asked once it has ended.
    """
    fits = forecasts.fits()
    fit = fits.get(wanted)
    if fit is not None:
        fit.seen = time.monotonic()
    before = _others_running(wanted)
    if fit is None and before:
        _show_queue(wanted, before)
    elif fit is None:
        _begin(wanted)
    elif fit.running:
        _show_progress(fit, promise)
    elif fit.failed:
        _show_failure(wanted, fit)
    elif is_served():
        _clear(wanted)
        _forget(wanted)
        st.rerun()
    else:
        st.error("The fit ended, but no run of it is served. Try it in a shell:")
        _offer_again(wanted)


def _begin(wanted: Wanted) -> None:
    """Start the fit, unless too many were started within a day."""
    if reason := a_days_fits.refusal():
        st.info(reason)
        return
    fits = forecasts.fits()
    ended = [other for other, fit in fits.items() if not fit.running]
    for other in ended[: max(0, len(ended) - ON_RECORD)]:
        fits.pop(other).clear()
    a_days_fits.count()
    room.make()
    fits[wanted] = start(wanted)
    st.progress(0.0, "Starting")


def _others_running(wanted: Wanted) -> list[Wanted]:
    return [other for other, fit in forecasts.fits().items() if other != wanted and fit.running]


def _show_queue(wanted: Wanted, before: list[Wanted]) -> None:
    """Whose fit is waited for and how far it is, and a way to leave the queue."""
    share, _ = forecasts.fits()[before[0]].progress()
    day = numbers.long_date(before[0].as_of)
    st.info(f"The fit of {day} is running ({share:.0%}); this one starts when that is done.")
    if wanted in st.session_state.get(ASKED, ()):
        st.button(
            "Do not wait",
            on_click=_forget,
            args=(wanted,),
            icon=":material/close:",
            key="leave_queue",
        )


def _show_progress(fit: Fit, promise: str) -> None:
    share, message = fit.progress()
    st.progress(share, message)
    st.caption(promise)
    options = {"icon": ":material/close:", "key": "cancel_fit"}
    button(Role.analyst, "Cancel", on_click=fit.cancel, **options)


def _show_failure(wanted: Wanted, fit: Fit) -> None:
    if fit.cancelled:
        st.warning("The fit was cancelled.")
    else:
        st.error(f"The fit failed: {numbers.as_typed(fit.reason())}")
    _offer_again(wanted)


def _offer_again(wanted: Wanted) -> None:
    file = None if wanted.beliefs.is_empty else Path("beliefs.toml")
    st.code(" ".join(command(wanted.as_of, file)), language="bash")
    again = {"on_click": _clear, "args": (wanted,)}
    button(Role.analyst, "Fit now", key="fit_again", **again)


def _clear(wanted: Wanted) -> None:
    """Take a fit that has ended off the record, its folder too."""
    if (fit := forecasts.fits().pop(wanted, None)) is not None:
        fit.clear()
