"""What stands below a chance: how it moved since an earlier day, and what it does not count.

The run of that day is fitted when a visitor asks.
"""

from datetime import date

import streamlit as st

from briefing.material.material import Material
from briefing.material.weight import weightiest_events
from briefing.words import evidence, numbers, points
from model.evidence.begun import begun
from model.runs import Run
from pages.ui.memory import explanations, forecasts
from pages.ui.work import fitting


def notes(run: Run, since: date | None, deadline: date) -> dict[str, list[str]]:
    """By outcome's id: sentences below its chance, on how it moved and on what is under way."""
    below = {id: [moved] for id, moved in _moved(run, since, deadline).items()}
    for id, first in begun(run.evidence.events).items():
        warning = numbers.as_typed(evidence.under_way(first))
        below.setdefault(id, []).append(f":material/warning: {warning}")
    return below


def _moved(run: Run, since: date | None, deadline: date) -> dict[str, str]:
    """One sentence per outcome; none where no earlier day has a run that reaches the deadline."""
    earlier = None if since is None else forecasts.run(since)
    if earlier is None:
        return {}
    try:
        table = explanations.movement(earlier, run, deadline)
    except ValueError:  # the deadline lies beyond the earlier run's horizon
        return {}
    return {row["outcome"]: points.change(row, since) for row in table.to_dict("records")}


def news(material: Material, since: date | None) -> None:
    """The reports since an earlier day that weigh most on the drivers, folded; nothing without."""
    rows = None if since is None else weightiest_events(material, since)
    if rows is None or rows.empty:
        return
    with st.expander(
        f"The heaviest reports since {numbers.long_date(since)}", icon=":material/newspaper:"
    ):
        lines = (
            f"- {numbers.short_date(row.date)}: {numbers.as_typed(row.what_happened)} "
            f"({numbers.as_typed(row.speaks_to)}; {numbers.as_typed(row.source)})"
            for row in rows.itertuples()
        )
        st.markdown("\n".join(lines))


def offer(run: Run, since: date | None, deadline: date) -> None:
    """Where the earlier day has no run: say so, and fit it on request, with the progress drawn."""
    if since is None or forecasts.run(since) is not None:
        return
    day = numbers.long_date(since)
    if fitting.is_asked(fitting.Wanted(since)):
        _fit(since)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"To see what has changed since {day}, fit that day too.")
        st.button(
            f"Fit {day}",
            on_click=fitting.ask,
            args=(fitting.Wanted(since),),
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
