"""Roles by e-mail address or group, from a small file that is read strictly and whole."""

import tomllib
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from model.assumptions.in_words import messages
from model.scenario.plain_text import one_line

MOST_BYTES = 10**6


class LoginError(ValueError):
    """The login is not set up as it should be; one plain line."""


class Role(IntEnum):
    """What a visitor may do; each role may do all that those before it may.

    viewer: see every page. analyst: assumptions, fits, workspaces, files to take away. publisher:
    write into the ledger and the tables of evidence.
    """

    nobody = 0
    viewer = 1
    analyst = 2
    publisher = 3


def _as_line(text: object) -> object:
    return one_line(text) if isinstance(text, str) else text


def _as_email(text: object) -> object:
    if not isinstance(text, str):
        return text
    name, at, domain = text.strip().casefold().rpartition("@")
    if not (at and domain.strip(".")) or any(letter in name + domain for letter in "@* "):
        raise ValueError(
            f"{text[:40]!r} is no e-mail address; write ani@example.org, or @example.org for "
            "everybody there"
        )
    return f"{name}@{domain}"


Line = Annotated[str, BeforeValidator(_as_line), Field(min_length=1, max_length=200)]
Email = Annotated[str, BeforeValidator(_as_email)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Members(_Part):
    """Who has a role: addresses, "@example.org" for all of a domain, and groups of the claim."""

    emails: tuple[Email, ...] = ()
    groups: tuple[Line, ...] = ()

    def holds(self, email: str, groups: frozenset[str]) -> bool:
        """Whether an address ("" for none) or one of the groups stands here."""
        domain = f"@{email.rpartition('@')[2]}"
        return bool(email and {email, domain} & {*self.emails}) or bool(groups & {*self.groups})


class Roles(_Part):
    """The file: whom to ask for a role, how long a login holds, and who has which role.

    claim: of the provider's token, the list of groups; dots lead into tables. hours: from one login
    to the next. unverified_emails: whether an address counts that the provider does not vouch for.
    """

    contact: Line
    hours: float = Field(default=12, gt=0, le=720)
    claim: Line = "groups"
    unverified_emails: bool = False
    viewer: Members = Members()
    analyst: Members = Members()
    publisher: Members = Members()

    @model_validator(mode="after")
    def _somebody(self) -> "Roles":
        if not any(who.emails or who.groups for who in self._members.values()):
            raise ValueError('nobody has a role; write [publisher], emails = ["you@example.org"]')
        return self

    @property
    def _members(self) -> dict[Role, Members]:
        return {Role[name]: getattr(self, name) for name in ("viewer", "analyst", "publisher")}

    def role_of(self, claims: Mapping) -> Role:
        """The highest role that the claims of a token give."""
        email = self._email(claims)
        groups = groups_in(claims, self.claim)
        given = [role for role, who in self._members.items() if who.holds(email, groups)]
        return max(given, default=Role.nobody)

    def _email(self, claims: Mapping) -> str:
        # Who may type any address at the provider is not the one whose address it is.
        if claims.get("email_verified") is not True and not self.unverified_emails:
            return ""
        email = claims.get("email")
        return email.casefold() if isinstance(email, str) and email.count("@") == 1 else ""


def groups_in(claims: Mapping, claim: str) -> frozenset[str]:
    """The groups that a claim lists; its name may itself have dots, or lead into tables by them."""
    found = claims.get(claim)
    if found is None:
        found = claims
        for key in claim.split("."):
            found = found.get(key) if isinstance(found, Mapping) else None
    listed = [found] if isinstance(found, str) else found
    if not isinstance(listed, list | tuple):
        return frozenset()
    return frozenset(group for group in listed if isinstance(group, str))


def read(path: Path) -> Roles:
    """The file's roles; raises LoginError, one line, for what it cannot be read as."""
    try:
        content = path.read_bytes()
        if len(content) > MOST_BYTES:
            raise LoginError(f"{path}: over 1 MB; is it the file of roles?")
        return Roles.model_validate(tomllib.loads(content.decode("utf-8-sig")))
    except OSError as problem:
        reason = problem.strerror or problem
        raise LoginError(f"{path}: the file of roles cannot be read ({reason})") from None
    except ValidationError as problem:
        first, *more = messages(problem.errors()).splitlines()
        rest = f" (and {len(more)} more)" if more else ""
        raise LoginError(f"{path}: {first}{rest}") from None
    except (ValueError, RecursionError) as problem:
        if isinstance(problem, LoginError):
            raise
        raise LoginError(f"{path}: not TOML: {one_line(str(problem))}") from None
