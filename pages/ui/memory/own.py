"""The visitor's own assumptions: kept in the session, mirrored in the link, undone step by step.

The set is the truth. Only the callback of a control, or a link, changes it; what is drawn is drawn
from it and writes nothing. After a step that no control made (a file, a removal, an undo) the
controls get new keys, so that they show what the set says.
"""

from dataclasses import dataclass, field

import streamlit as st

from model.assumptions import NOTHING, Assumptions, files

PARAMETER = "set"


@dataclass
class Own:
    """The set, the link as last written or read, steps to undo, and what was wrong with a link.

    saved: sets kept for this visit, by name.
    """

    held: Assumptions = NOTHING
    link: str = ""
    generation: int = 0
    before: list[Assumptions] = field(default_factory=list)
    problem: str = ""
    page: str | None = None
    saved: dict[str, Assumptions] = field(default_factory=dict)


def state() -> Own:
    """The visitor's, made on the first call."""
    return st.session_state.setdefault("own", Own())


def held() -> Assumptions:
    """The set as it stands."""
    return state().held


def key(*names: str) -> str:
    """A control's key, new in each generation."""
    return ":".join((*names, str(state().generation)))


def key_showing(value: object, *names: str) -> str:
    """The key of a control that is to show `value`, which is what the set says.

    Streamlit keeps what a control with a key has shown when its default changes.
    """
    name = key(*names)
    if name in st.session_state and st.session_state[name] != value:
        st.session_state[name] = value
    return name


def follow_link(page: str) -> None:
    """Take over the set of the page's address; on a change of page, carry the set to the new one.

    A link that does not open leaves nothing assumed, and `problem` says why.
    """
    own = state()
    moved, own.page = own.page not in (None, page), page
    link = st.query_params.get(PARAMETER)
    if link is None and moved:
        write_link()
    elif (link or "") != own.link:
        own.link, own.problem = link or "", ""
        try:
            opened = files.from_link(own.link)
        except files.AssumptionsError as problem:
            opened, own.problem = NOTHING, str(problem)
        _take(own, opened)


def keep(assumptions: Assumptions) -> None:
    """Hold what a control was set to; the address follows when the page writes it."""
    own = state()
    if assumptions != own.held:
        own.before.append(own.held)
        own.held, own.problem = assumptions, ""


def adopt(assumptions: Assumptions) -> None:
    """Hold a set that no control made; the controls are made anew."""
    keep(assumptions)
    state().generation += 1


def save() -> None:
    """Keep the set as it stands for this visit, under its name."""
    state().saved[held().name] = held()


def undo() -> None:
    """Go one step back."""
    own = state()
    if own.before:
        own.held = own.before.pop()
        own.generation += 1


def _take(own: Own, assumptions: Assumptions) -> None:
    if assumptions != own.held:
        own.before.append(own.held)
    own.held = assumptions
    own.generation += 1


def write_link() -> None:
    """Let the page's address hold the set."""
    own = state()
    own.link = files.to_link(own.held)
    if own.link == st.query_params.get(PARAMETER, ""):
        return
    if own.link:
        st.query_params[PARAMETER] = own.link
    else:
        del st.query_params[PARAMETER]
