"""What stands around Streamlit's own answers: middleware, the outermost first, and refusals."""

import sys

import streamlit as st
from starlette.middleware import Middleware

from briefing.words import numbers
from model.scenario import SCENARIO_FOLDER
from pages.ui.login import settings
from pages.ui.login.roles import LoginError
from pages.ui.login.visitor import NotAllowed
from pages.ui.server.headers import Headers
from pages.ui.server.heads import Heads
from pages.ui.server.limits import Limits
from pages.ui.server.way_back import WayBack

MIDDLEWARE = tuple(map(Middleware, (Headers, Limits, WayBack, Heads)))


def check_login() -> None:
    """Ends the process with one line, exit code 2, where a login is half set up."""
    if not settings.is_on():
        return
    try:
        settings.check()
    except LoginError as problem:
        print(f"The dashboard was not started: {problem}.", file=sys.stderr)
        raise SystemExit(2) from None


def tell_refusal(problem: Exception) -> bool:
    """On the page, in its own line, what a role forbids or the tables lack; whether it was such.

    Every other problem is the program's, which the log tells.
    """
    said = str(problem) if isinstance(problem, NotAllowed) else _fault_of_tables()
    if said:
        st.error(numbers.as_typed(said))
    return bool(said)


def _fault_of_tables() -> str:
    """What `check` finds wrong with the scenario's folder as it stands; "" for nothing."""
    from model.shell import checked  # only now: it brings half of the model

    try:
        checked.insist(SCENARIO_FOLDER)
    except checked.RefitError as fault:
        return f"The evidence cannot be read until its tables are put right: {fault}."
    return ""
