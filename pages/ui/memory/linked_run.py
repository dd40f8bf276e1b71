"""The run that a visit's link names, where another one answers its day now: opened on request."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from model.runs import Run, publication, store
from model.runs.wholeness import UnusableRun

KEY = "linked run"


@dataclass
class LinkedRun:
    """What the link says: a run's id, as the visitor typed it, and the day that it was opened on.

    opened: whether the visitor asked to see exactly this run on that day.
    """

    id: str
    as_of: date
    opened: bool = False


def remember(id: str, as_of: date) -> None:
    """Note the run that a visit's link names and the day that it asks for; the first one counts."""
    st.session_state.setdefault(KEY, LinkedRun(id, as_of))


def of_day(as_of: date) -> LinkedRun | None:
    """The run that this visit's link names for a day, None where it names none."""
    linked = st.session_state.get(KEY)
    return linked if linked is not None and linked.as_of == as_of else None


def show(opened: bool) -> None:
    """Answer the link's day by its run, or by the newest again: for the callback of a button."""
    st.session_state[KEY].opened = opened


def opened(as_of: date, scenario: str) -> Run | None:
    """The run that the visitor asked to see on this day in place of the newest; None without.

    scenario: the id of the one that is served here.
    """
    linked = of_day(as_of)
    if linked is None or not linked.opened or hindrance(linked, scenario):
        return None
    try:
        return _run(linked.id)
    except (FileNotFoundError, UnusableRun):  # removed, or damaged, since it was opened
        return None


def hindrance(linked: LinkedRun, scenario: str) -> str:
    """Why a run cannot be shown, as the end of a sentence that begins with it; "" where it can.

    scenario: as in `opened`.
    """
    try:
        manifest = store.read_manifest(linked.id)
    except UnusableRun:
        return "is damaged"
    if manifest is None:
        return "is not stored here, or no longer"
    # one state folder may hold the runs of several, and their days are the same
    if (of := manifest.get("scenario", scenario)) != scenario:
        return f"is of another scenario, {of}"
    if manifest["as_of"] != linked.as_of.isoformat():
        return f"is of another day, {manifest['as_of']}"
    if not manifest["served"]:
        return "did not pass the checks of its fit"
    if publication.held(linked.id) is not None:
        return "is held until a person releases it"
    try:
        _run(linked.id)
    except (FileNotFoundError, UnusableRun):
        return "cannot be read by this version of the program"
    return ""


# a run of an id never changes; as many as two colleagues' links are open at a time
@st.cache_resource(show_spinner="Loading the run", max_entries=4)
def _run(id: str) -> Run:
    return store.load(id)
