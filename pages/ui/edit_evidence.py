"""Evidence left out: sources, media, events, codings to a driver, cases; what-if events added."""

from datetime import date

import streamlit as st

from model.assumptions import AddedEvent, Assumptions, LeftOut
from model.scenario import Scenario
from pages.ui import cached, own, what_if

LABELS = {
    "source": "Leave out sources",
    "country": "Leave out one country's media",
    "event": "Leave out events",
    "driver": "Leave out all that was coded to a driver",
    "case": "Leave out reference cases",
}


def edit(held: Assumptions, scenario: Scenario, as_of: date) -> Assumptions:
    """The set with what it leaves out as the controls say."""
    st.caption(
        "The model is held to have never seen it. The answer comes at once by reweighting; "
        "where that is not reliable, a refit follows."
    )
    left = []
    for kind, names in cached.evidence_choices(as_of).items():
        left += [LeftOut(**{kind: named}) for named in _chosen(kind, names, held)]
    before = [part for part in held.left_out if part in left]
    new = [part for part in left if part not in before]
    with st.expander("Add a what-if event", icon=":material/add:"):
        added = what_if.asked(scenario, as_of)
        st.button("Add it", on_click=_add, args=(added,), disabled=not added, key="add_event")
    return held.model_copy(update={"left_out": (*before, *new)})


def _add(added: tuple[AddedEvent, ...]) -> None:
    held = own.held()
    events = tuple(dict.fromkeys((*held.events, *added)))
    own.adopt(held.model_copy(update={"events": events}))


def _chosen(kind: str, names: dict[str, str], held: Assumptions) -> list[str]:
    now = [getattr(part, kind) for part in held.left_out if getattr(part, kind)]
    return st.multiselect(
        LABELS[kind],
        list(names),
        default=[named for named in now if named in names],
        format_func=lambda id: names[id],
        placeholder="None",
        key=own.key("left out", kind),
    )
