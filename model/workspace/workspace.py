"""A workspace: sets of assumptions that stay, each with its versions, notes and signatures.

A set's name is what holds its versions together. Nothing here is changed in place: each step gives
a new workspace.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from model.assumptions import Assumptions
from model.scenario.plain_text import one_line

MOST_SETS, MOST_VERSIONS, MOST_SIGNATURES = 40, 20, 10
Line = Annotated[str, BeforeValidator(lambda text: one_line(text) if type(text) is str else text)]


class WorkspaceError(ValueError):
    """A workspace that cannot be read, or a step that its limits forbid; one plain line."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Signature(_Frozen):
    """Who stands behind a version, and when; `checked` where a login said who it was."""

    by: Line = Field(min_length=1, max_length=80)
    at: AwareDatetime
    checked: bool = False


class Version(_Frozen):
    """A set as it was kept: when, by whom and why, and the view that it was kept in.

    run: the id of the run that answered. by: "" where nobody said.
    """

    assumptions: Assumptions
    at: AwareDatetime
    by: Line = Field(default="", max_length=80)
    note: Line = Field(default="", max_length=1000)
    as_of: date
    deadline: date
    run: str = Field(pattern=r"^[0-9a-zA-Z]{1,40}$")
    signatures: tuple[Signature, ...] = Field(default=(), max_length=MOST_SIGNATURES)

    @property
    def name(self) -> str:
        """The name of its set."""
        return self.assumptions.name

    @property
    def says(self) -> tuple:
        """All but when it was kept and who signed it: two that say the same are one."""
        return self.assumptions, self.by, self.note, self.as_of, self.deadline, self.run


class Workspace(_Frozen):
    """Every version of every set, the oldest first."""

    form: Literal[1] = 1
    scenario: Line = Field(max_length=80)
    versions: tuple[Version, ...] = Field(default=(), max_length=MOST_SETS * MOST_VERSIONS)

    def of(self, name: str) -> list[Version]:
        """The versions of a set, the newest first."""
        return [version for version in reversed(self.versions) if version.name == name]

    @property
    def newest(self) -> dict[str, Version]:
        """The newest version of each set, by name; the set that was kept last stands first."""
        newest: dict[str, Version] = {}
        for version in reversed(self.versions):
            newest.setdefault(version.name, version)
        return newest


def kept(workspace: Workspace, version: Version) -> Workspace:
    """With one version more, unless the newest of its set says the same.

    Past `MOST_VERSIONS` the oldest that nobody signed goes. Raises WorkspaceError for a set without
    a name, for one set too many, and where every version is signed.
    """
    if not version.name:
        raise WorkspaceError("a set needs a name to be kept; give it one, above")
    before = workspace.of(version.name)
    if before and before[0].says == version.says:
        return workspace
    if not before and len(workspace.newest) >= MOST_SETS:
        raise WorkspaceError(f"a workspace holds {MOST_SETS} sets at most; remove one first")
    dropped = _oldest_unsigned(before) if len(before) >= MOST_VERSIONS else None
    versions = [other for other in workspace.versions if other is not dropped]
    return workspace.model_copy(update={"versions": (*versions, version)})


def _oldest_unsigned(newest_first: list[Version]) -> Version:
    unsigned = [version for version in newest_first if not version.signatures]
    if not unsigned:
        name = newest_first[0].name
        raise WorkspaceError(
            f"all {len(newest_first)} versions of {name!r} are signed, and none is dropped for "
            "another; keep the set under a new name"
        )
    return unsigned[-1]


def signed(workspace: Workspace, version: Version, signature: Signature) -> Workspace:
    """With a signature more under this version; who has signed it does not sign again.

    Raises WorkspaceError where the version is no longer there, or has all that it can hold.
    """
    if version not in workspace.versions:
        raise WorkspaceError("this version has changed meanwhile; look at it again")
    if any((s.by, s.checked) == (signature.by, signature.checked) for s in version.signatures):
        return workspace
    if len(version.signatures) >= MOST_SIGNATURES:
        raise WorkspaceError(f"a version holds {MOST_SIGNATURES} signatures at most")
    both = version.model_copy(update={"signatures": (*version.signatures, signature)})
    versions = tuple(both if other == version else other for other in workspace.versions)
    return workspace.model_copy(update={"versions": versions})


def without(workspace: Workspace, name: str) -> Workspace:
    """Without a set, all its versions and signatures."""
    versions = tuple(version for version in workspace.versions if version.name != name)
    return workspace.model_copy(update={"versions": versions})


def merged(workspace: Workspace, file: Workspace) -> Workspace:
    """With the versions of a file that are not there yet, under their names.

    Signatures of the file count as typed: a file can say anything of a login. Raises WorkspaceError
    for a file of another scenario, and what `kept` raises.
    """
    if file.scenario != workspace.scenario:
        raise WorkspaceError(
            f"the file is a workspace of scenario {file.scenario!r}, and this is of "
            f"{workspace.scenario!r}"
        )
    there = {(version.at, version.says) for version in workspace.versions}
    for version in _as_typed(file.versions):
        if (version.at, version.says) not in there:
            workspace = kept(workspace, version)
    in_order = tuple(sorted(workspace.versions, key=lambda version: version.at))
    return workspace.model_copy(update={"versions": in_order})


def _as_typed(versions: Iterable[Version]) -> Iterable[Version]:
    for version in versions:
        typed = tuple(s.model_copy(update={"checked": False}) for s in version.signatures)
        yield version.model_copy(update={"signatures": typed})
