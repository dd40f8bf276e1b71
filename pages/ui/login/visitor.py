"""The visitor of this session: who they are by their login, and what their role lets them do."""

import functools
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from model.scenario.plain_text import one_line
from pages.ui.login import servers_pass, settings
from pages.ui.login.roles import LoginError, Role, Roles

LONGEST_NAME = 100  # as the ledger keeps it


class NotAllowed(PermissionError):
    """What was asked for needs another role; one plain line that says which, and whom to ask."""


@dataclass(frozen=True)
class Visitor:
    """A visitor: role, name and address as the provider says them, and the account's two halves.

    issuer, subject: "" where there is no login. late: whether the login has been too long ago.
    """

    role: Role
    name: str = ""
    email: str = ""
    issuer: str = ""
    subject: str = ""
    late: bool = False

    @property
    def signature(self) -> str:
        """Name and address, for what is written down under them; "" where nobody is logged in."""
        if self.name and self.email and self.name != self.email:
            return one_line(f"{self.name[: LONGEST_NAME - len(self.email) - 3]} ({self.email})")
        return one_line(self.name or self.email or self.subject)[:LONGEST_NAME]


EVERYBODY = Visitor(Role.publisher)  # where no login is asked for
THE_SERVER = Visitor(Role.analyst)  # which opens each page once at its start
NOBODY = Visitor(Role.nobody)


def current() -> Visitor:
    """Who looks at this page; nobody where the login itself is at fault, which the log tells."""
    return _known(st.user.to_dict()) if settings.is_on() else EVERYBODY


def _known(claims: Mapping) -> Visitor:
    try:
        return _of(claims, settings.check())
    except LoginError as problem:
        _tell_once(str(problem))
        return NOBODY


def _of(claims: Mapping, roles: Roles) -> Visitor:
    if claims.get("is_logged_in") is not True:
        return THE_SERVER if servers_pass.is_shown() else NOBODY
    late = _hours_since(claims) > roles.hours
    said = {name: _text(claims.get(name)) for name in ("name", "email")}
    account = {"issuer": _text(claims.get("iss")), "subject": _text(claims.get("sub"))}
    return Visitor(Role.nobody if late else roles.role_of(claims), **said, **account, late=late)


def _hours_since(claims: Mapping) -> float:
    """Since the provider made the token; endless where it does not say when."""
    made = claims.get("iat")
    return (time.time() - made) / 3600 if isinstance(made, int | float) else float("inf")


def _text(said: object) -> str:
    return one_line(said)[:200] if isinstance(said, str) else ""


@st.cache_resource(show_spinner=False, max_entries=20)
def _tell_once(problem: str) -> None:
    print(f"Nobody can log in: {problem}.", file=sys.stderr)


def may(role: Role) -> bool:
    """Whether this session's visitor has this role, or one that may do more."""
    return current().role >= role


def why_not(role: Role) -> str:
    """Why a visitor without this role may not, and what to do; "" for one who may."""
    who = current()
    if who.role >= role:
        return ""
    if who.late:
        return "Your login has ended; load the page anew and log in again."
    try:
        ask = f"; {settings.check().contact} can give it"
    except LoginError:
        ask = ""
    return f"This needs the role {role.name}{ask}."


def insist(role: Role) -> None:
    """Raises NotAllowed unless this session's visitor has the role."""
    if not may(role):
        raise NotAllowed(why_not(role))


def needs[**P, R](role: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function refuse, with NotAllowed, whoever has not this role."""

    def guarded(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            insist(role)
            return function(*args, **kwargs)

        return checked

    return guarded


def still[R](role: Role, make: Callable[[], R]) -> Callable[[], R]:
    """What makes a file after its page was drawn: Streamlit calls it outside of any session.

    Raises NotAllowed when the visitor for whom it was drawn no longer has the role.
    """
    if not settings.is_on():
        return make
    claims = st.user.to_dict()

    @functools.wraps(make)
    def made() -> R:
        if _known(claims).role < role:
            raise NotAllowed(f"This needs the role {role.name}.")
        return make()

    return made
