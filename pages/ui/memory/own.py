"""The visitor's own assumptions: kept in the session, mirrored in the link, undone step by step.

The set is the truth. Only the callback of a control, or a link, changes it; what is drawn is drawn
from it and writes nothing. After a step that no control made (a file, a removal, an undo) the
controls get new keys, so that they show what the set says.

A link is read for every visitor, as the view of who sent it; to change the set takes an analyst.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from model.assumptions import NOTHING, Assumptions, files
from pages.ui.login import visitor
from pages.ui.login.roles import Role

PARAMETER, KEPT = "set", "saved"  # of the address: the set, and those saved, one after another
BETWEEN = "."  # links of saved sets; no link has one
MOST_SAVED = 8  # in an address, which should fit what people paste it into


@dataclass
class Own:
    """What a visit remembers of the visitor's assumptions.

    current: the set. link: as last written or read, empty for an empty set. generation: how often
    the controls were made anew. before: the sets to undo to, the oldest first; after: those undone,
    the last of them at the end. problem: what was wrong with a link. page: the address last seen in
    the menu. saved: sets kept, by name, and saved_link: them as last written or read. as_of: the
    as-of day last seen. carried: by page, the link of the set that the menu led there with.
    """

    current: Assumptions = NOTHING
    link: str = ""
    generation: int = 0
    before: list[Assumptions] = field(default_factory=list)
    after: list[Assumptions] = field(default_factory=list)
    problem: str = ""
    page: str | None = None
    saved: dict[str, Assumptions] = field(default_factory=dict)
    saved_link: str = ""
    carried: dict[str, str] = field(default_factory=dict)
    as_of: date | None = None


def state() -> Own:
    """This session's `Own`, made on the first call."""
    return st.session_state.setdefault("own", Own())


def current() -> Assumptions:
    """The visitor's set as it stands; `NOTHING` where nothing is assumed."""
    return state().current


def key(*names: str) -> str:
    """A control's key of these names, new in each generation."""
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
    _follow_saved(own)
    link = st.query_params.get(PARAMETER)
    # The menu's links carry no set: an address without one says "none" only on the page itself.
    if link is None and moved:
        write_link()
        own.carried[page] = own.link
    elif (link or "") != own.link:
        own.link, own.problem = link or "", ""
        try:
            # Back from a page to which the menu led passes its address without a set once more.
            opened = files.from_link(own.link or own.carried.get(page, ""))
        except files.AssumptionsError as problem:
            opened, own.problem = NOTHING, str(problem)
        _take(own, opened)
    elif own.saved and KEPT not in st.query_params:
        write_link()


def _follow_saved(own: Own) -> None:
    """Take over the sets saved in the page's address, beside those of this visit."""
    link = st.query_params.get(KEPT, own.saved_link)
    if link == own.saved_link:
        return
    own.saved_link = link
    for text in link.split(BETWEEN)[:MOST_SAVED]:
        try:
            saved = files.from_link(text)
        except files.AssumptionsError as problem:
            own.problem = f"a saved set: {problem}"
        else:
            own.saved |= {saved.name: saved} if saved.name else {}


@visitor.needs(Role.analyst)
def keep(assumptions: Assumptions) -> None:
    """Hold what a control was set to; the address follows when the page writes it."""
    own = state()
    if assumptions != own.current:
        _step_from(own)
        own.current, own.problem = assumptions, ""


@visitor.needs(Role.analyst)
def adopt(assumptions: Assumptions) -> None:
    """Hold a set that no control made; the controls are made anew."""
    keep(assumptions)
    state().generation += 1


def follow_day(as_of: date, built_in: Callable[[date], Mapping[str, Assumptions]]) -> None:
    """Hold a built-in set as it is of the new day, where another as-of day was chosen.

    built_in: the built-in sets of a day, by name; their days may count from it.
    """
    own = state()
    before, own.as_of = own.as_of, as_of
    if before in (None, as_of) or own.current.is_empty:
        return
    names = (name for name, offer in built_in(before).items() if offer == own.current)
    now = built_in(as_of).get(next(names, ""))
    # No step to undo: undone it would be a set of a day that is not shown.
    if now is not None and now != own.current:
        own.current, own.generation = now, own.generation + 1
        write_link()


@visitor.needs(Role.analyst)
def save() -> None:
    """Keep the set as it stands under its name, for this visit and in the address."""
    own = state()
    # Taken out first, so that the newest stands last: the address holds the newest.
    own.saved.pop(current().name, None)
    own.saved[current().name] = current()


@visitor.needs(Role.analyst)
def forget(name: str) -> None:
    """Drop the saved set of this name, from this visit and from the address."""
    state().saved.pop(name, None)


@visitor.needs(Role.analyst)
def undo() -> None:
    """Go one step back; nothing where no step is left."""
    _step(state().before, state().after)


@visitor.needs(Role.analyst)
def redo() -> None:
    """Do again what was undone last; nothing where that is nothing, or another step came since."""
    _step(state().after, state().before)


def _step(taken: list[Assumptions], left: list[Assumptions]) -> None:
    """The last set of `taken` becomes the visitor's own, and the one until now goes to `left`."""
    own = state()
    if taken:
        left.append(own.current)
        own.current = taken.pop()
        own.generation += 1


def _step_from(own: Own) -> None:
    own.before.append(own.current)
    own.after.clear()


def _take(own: Own, assumptions: Assumptions) -> None:
    # A link is a step like another: undo goes back to what was there before it.
    if assumptions != own.current:
        _step_from(own)
    own.current = assumptions
    own.generation += 1


def write_link() -> None:
    """Let the page's address hold the set and those saved; where there are none, no parameter."""
    own = state()
    own.link = files.to_link(own.current)
    if not own.link and own.page is not None:
        own.carried[own.page] = ""  # the address without a set says so from now on
    own.saved_link = BETWEEN.join(map(files.to_link, [*own.saved.values()][-MOST_SAVED:]))
    wanted = {PARAMETER: own.link, KEPT: own.saved_link}
    new = {name: link for name, link in wanted.items() if st.query_params.get(name, "") != link}
    # One step of the browser's history, where both change.
    if any(new.values()):
        st.query_params.update({name: link for name, link in new.items() if link})
    for name, link in new.items():
        if not link:
            del st.query_params[name]
