"""Evidence left out: sources, media, events, codings to a driver, cases; what-if events added."""

from datetime import date

import streamlit as st

from model.assumptions import AddedEvent, LeftOut
from model.scenario import Scenario
from pages.ui.assumptions import what_if
from pages.ui.memory import forecasts, own

LABELS = {
    "source": "Leave out sources",
    "country": "Leave out one country's media",
    "event": "Leave out events",
    "driver": "Leave out all that was coded to a driver",
    "case": "Leave out reference cases",
}


def edit(scenario: Scenario, as_of: date) -> None:
    """One list per kind of evidence that can be left out on this day, and an event to add."""
    st.caption(
        "The answer is as if the model had never seen it. It comes at once, by reweighting; "
        "where that is not reliable, a refit follows."
    )
    for kind, names in forecasts.evidence_choices(as_of).items():
        _choose(kind, names)
    with st.expander("Add a what-if event", icon=":material/add:"):
        added = what_if.asked(scenario, as_of)
        st.button("Add it", on_click=_add, args=(added,), disabled=not added, key="add_event")


def _add(added: tuple[AddedEvent, ...]) -> None:
    current = own.current()
    # A dictionary drops an event added twice and keeps the order.
    events = tuple(dict.fromkeys((*current.events, *added)))
    own.adopt(current.model_copy(update={"events": events}))


def _choose(kind: str, names: dict[str, str]) -> None:
    left_out = [getattr(item, kind) for item in own.current().left_out]
    chosen = [id for id in left_out if id in names]
    st.multiselect(
        LABELS[kind],
        list(names),
        default=chosen,
        format_func=lambda id: names[id],
        placeholder="None",
        select_all=False,  # one press would leave out all of the evidence
        key=own.key_showing(chosen, "left out", kind),
        on_change=_leave_out,
        args=(kind, names),
    )


def _leave_out(kind: str, names: dict[str, str]) -> None:
    """Leave out what is chosen; what this day's list does not offer stays as it is."""
    current, chosen = own.current(), st.session_state[own.key("left out", kind)]
    dropped = {*names}.difference(chosen)
    before = [item for item in current.left_out if getattr(item, kind) not in dropped]
    new = [item for item in (LeftOut(**{kind: id}) for id in chosen) if item not in before]
    own.keep(current.model_copy(update={"left_out": (*before, *new)}))
