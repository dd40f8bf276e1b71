"""Workspaces in the state folder: a file each, written whole, found by whoever knows the secret.

A file is named by a hash of its owner, a login or a secret: who reads the folder's names learns no
link that opens one.
"""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from model.runs import whole_file
from model.runs.turn import turn
from model.scenario import places
from model.workspace import files
from model.workspace.workspace import Workspace, WorkspaceError

SECRET = re.compile(r"[A-Za-z0-9_-]{32}")  # 24 random bytes
MOST_WORKSPACES = 1000
UNUSED = 365 * 86400.0  # seconds without a visit after which a workspace makes room for a new one


def new_secret() -> str:
    """A text that nobody guesses, to open a new workspace with."""
    return secrets.token_urlsafe(24)


def of_secret(secret: str) -> str | None:
    """The key of the workspace that a secret opens; None for a text that is no secret."""
    return _key("secret", secret) if SECRET.fullmatch(secret) else None


def of_login(issuer: str, subject: str) -> str:
    """The key of a visitor's own workspace: who vouches for them, and whom it says they are."""
    return _key("login", issuer, subject)


def _key(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def exists(key: str) -> bool:
    """Whether a workspace is kept under this key."""
    return _path(key).exists()


def load(key: str, scenario: str) -> Workspace:
    """What is kept under this key; an empty workspace of the scenario (an id) where nothing is.

    Raises WorkspaceError where the file cannot be read or is of another scenario.
    """
    try:
        workspace = files.from_json(_path(key).read_bytes())
    except FileNotFoundError:
        return Workspace(scenario=scenario)
    except OSError as problem:
        raise WorkspaceError(f"the workspace cannot be read ({problem.strerror})") from None
    if workspace.scenario != scenario:
        raise WorkspaceError(f"this is a workspace of scenario {workspace.scenario!r}")
    return workspace


def visited(key: str) -> None:
    """Note that somebody has opened it, which keeps it for another year."""
    with suppress(OSError):
        os.utime(_path(key))


def change(key: str, scenario: str, step: Callable[[Workspace], Workspace]) -> Workspace:
    """Keep what `step` makes of the workspace as it now stands; writers come one after another.

    Raises WorkspaceError for what `step` refuses, and where it cannot be written; nothing has
    changed then.
    """
    path = _path(key)
    try:
        with turn("workspaces"):
            changed = step(load(key, scenario))
            content = files.to_json(changed)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                _make_room(path.parent)
            whole_file.write(path, content)
    except OSError as problem:
        raise WorkspaceError(f"the workspace cannot be written ({problem.strerror})") from None
    return changed


def _make_room(folder: Path) -> None:
    """Let go what nobody opened for a year; raises WorkspaceError where it is still full."""
    kept = list(folder.glob("[!.]*.json"))
    for path in kept:
        if time.time() - path.stat().st_mtime > UNUSED:
            path.unlink(missing_ok=True)
    if sum(path.exists() for path in kept) >= MOST_WORKSPACES:
        raise WorkspaceError(
            f"this server holds {MOST_WORKSPACES:,} workspaces, as many as it may; download your "
            "set as a file instead"
        )


def _path(key: str) -> Path:
    return places.home() / "workspaces" / f"{key}.json"
