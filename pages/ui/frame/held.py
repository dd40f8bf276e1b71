"""A refit that is held: said on the page, with what moved it, until a person decides."""

from datetime import date

import streamlit as st

from briefing.exhibits import forecast as exhibits
from briefing.material.material import Material
from briefing.words import numbers
from briefing.words.inspect import moves
from model.changes import kept
from model.changes.court import too_far
from model.changes.difference import Difference
from model.runs import Run, publication, store
from model.runs.wholeness import UnusableRun
from pages.ui.frame import panels
from pages.ui.memory import forecasts

RELEASE = 'python -m model refit --publish --as-of {day} --accept "REASON"'


def notice(as_of: date) -> bool:
    """Of each held refit of this day: that it is held, why, and what moved it; is there one.

    On the newest fitted day those of later days too, as they are what it waits for.
    """
    newest = as_of >= max(forecasts.fitted_days(), default=as_of)
    held = [
        run
        for run in publication.decisions()
        if run.as_of == as_of or (newest and run.as_of > as_of)
    ]
    for run in held:
        _held(run)
    return bool(held)


def _held(held: publication.Held) -> None:
    with st.container(border=True):
        st.badge("A refit is held", icon=":material/front_hand:", color="orange")
        st.markdown(
            f"The refit as of {numbers.long_date(held.as_of)} is not shown yet: "
            f"{numbers.as_typed(held.reason)}. It is shown once somebody gives a reason:"
        )
        st.code(RELEASE.format(day=held.as_of.isoformat()), language="bash")
        try:
            difference, run = kept.kept(held.run), store.load(held.run)
        except (FileNotFoundError, UnusableRun, ValueError) as problem:
            st.caption(numbers.as_typed(str(problem)))
            return
        if difference is not None:
            _what_moved(difference, run)


def _what_moved(difference: Difference, run: Run) -> None:
    """The waterfall of one outcome, chosen by the reader; the one that moved furthest at first."""
    table = too_far(difference.moves, 0.0)
    if table.empty:
        return
    titles = dict(zip(table["outcome"], table["title"], strict=True))
    outcome = st.segmented_control(
        "What moved",
        titles,
        default=next(iter(titles)),
        required=True,
        format_func=titles.get,
        key=f"held:{run.id}",
    )
    shown = exhibits.why_moved(difference, outcome, run)
    move = table.set_index("outcome", drop=False).loc[outcome].to_dict()
    st.markdown(moves.sentence(move))
    material = Material(run, deadline=difference.deadline, difference=difference)
    panels.exhibit(shown, material, f"held:{run.id}:{outcome}")
