"""Sets to start from, which of them the visitor has, and what else the bar above the set shows."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from briefing.exhibits.entries_forecast import OWN as YOURS
from briefing.exhibits.entries_forecast import PUBLISHED
from model.assumptions import Assumptions
from pages.ui.memory import forecasts, own, workspace

OWN = "Your own"
RESERVED = (OWN, YOURS, PUBLISHED)  # what pages call other sets
SHOWN = "what the bar shows"  # of the session's state


def offered(as_of: date) -> dict[str, Assumptions]:
    """Sets to start from, by name: of this visit, of the workspace, the day's built-in ones."""
    return own.state().saved | workspace.sets() | forecasts.built_in_sets(as_of)


def chosen(as_of: date) -> str | None:
    """The name of the offered set that the visitor's equals, if one does."""
    current = own.current()
    return next((name for name, offer in offered(as_of).items() if offer == current), None)


def can_save(as_of: date) -> bool:
    """A set is saved under a name of its own, once it holds something."""
    current, taken = own.current(), {*RESERVED, *forecasts.built_in_sets(as_of)}
    return bool(current.name) and not current.is_empty and current.name not in taken


def note_shown(as_of: date) -> None:
    """Note what the bar shows now; see `is_bar_outdated`."""
    offers = offered(as_of)
    st.session_state[SHOWN] = offers, _depends_on(offers)


def is_bar_outdated() -> bool:
    """Whether the bar would show something else than when it was drawn, or has the address open."""
    offers, then = st.session_state.get(SHOWN, ({}, None))
    return bool(st.session_state.get("share")) or then != _depends_on(offers)


def _depends_on(offers: Mapping[str, Assumptions]) -> tuple:
    """What the visitor changes of that which the bar shows, but for the address.

    Of a set only whether it can be saved; all of it where it is one of the `offers`.
    """
    kept = own.state()
    return (
        kept.generation,
        kept.problem,
        kept.current.name,
        bool(kept.before),
        bool(kept.after),
        kept.current.is_empty,
        kept.current if kept.current in offers.values() else None,
    )
