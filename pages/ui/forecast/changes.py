"""What moved since an earlier as-of date; the run of that day is fitted when a visitor asks."""

from datetime import date

import streamlit as st

from briefing.words import numbers
from model.runs import Run
from pages.ui.memory import explanations, forecasts
from pages.ui.work import fitting

ASKED = "earlier days asked for"


def by_outcome(run: Run, since: date | None, deadline: date) -> dict[str, str]:
    """One sentence per outcome, by id, on how its chance moved since an earlier day.

    None where there is no earlier day, or it has no run, or its run does not reach the deadline.
    """
    earlier = None if since is None else forecasts.run(since)
    if earlier is None:
        return {}
    try:
        table = explanations.movement(earlier, run, deadline)
    except ValueError:  # the deadline lies beyond the earlier run's horizon
        return {}
    return {row["outcome"]: numbers.change(row, since) for row in table.to_dict("records")}


def offer(run: Run, since: date | None, deadline: date) -> None:
    """Where the earlier day has no run: say so, and fit it on request, with the progress drawn."""
    if since is None or forecasts.run(since) is not None:
        return
    day = numbers.long_date(since)
    if since in st.session_state.get(ASKED, ()) or fitting.Wanted(since) in forecasts.fits():
        _fit(since)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"What changed since {day} is not known yet: that day has no fitted run.")
        st.button(
            f"Fit {day}",
            on_click=_ask,
            args=(since,),
            icon=":material/history:",
            help="Fits what was known that day, in the background, about half a minute.",
            key="fit_since",
        )


@st.fragment(run_every=1.0)
def _fit(since: date) -> None:
    fitting.follow(
        fitting.Wanted(since),
        f"What changed since {numbers.long_date(since)} appears when the fit is done.",
        lambda: forecasts.run(since) is not None,
    )


def _ask(since: date) -> None:
    st.session_state.setdefault(ASKED, set()).add(since)
