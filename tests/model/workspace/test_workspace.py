"""What a workspace keeps, what it refuses, and that it reads back from its file as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest

from model.assumptions import Assumptions, DriverAssumption
from model.workspace import files
from model.workspace.workspace import (
    MOST_SETS,
    MOST_VERSIONS,
    Signature,
    Version,
    Workspace,
    WorkspaceError,
    kept,
    merged,
    signed,
    without,
)

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
EMPTY = Workspace(scenario="south_caucasus")
ANNA = Signature(by="Anna", at=NOON, checked=True)


def version(name="Talks", level=1.0, minutes=0, **rest) -> Version:
    """A version that was kept so many minutes after noon."""
    drivers = (DriverAssumption(id="western_mediation", level=level),)
    return Version(
        assumptions=Assumptions(name=name, drivers=drivers),
        at=NOON + timedelta(minutes=minutes),
        as_of=date(2023, 9, 21),
        deadline=date(2023, 12, 31),
        run="2852ea1ce392",
        **rest,
    )


def holding(*versions: Version) -> Workspace:
    workspace = EMPTY
    for one in versions:
        workspace = kept(workspace, one)
    return workspace


def test_a_set_kept_again_is_a_version_more_and_the_newest_stands_first():
    workspace = holding(version(level=1.0), version("War"), version(level=1.5, minutes=5))
    assert [v.assumptions.drivers[0].level for v in workspace.of("Talks")] == [1.5, 1.0]
    assert list(workspace.newest) == ["Talks", "War"]


def test_the_same_kept_twice_is_one_version():
    assert holding(version(), version(minutes=5)) == holding(version())
    assert len(holding(version(), version(minutes=5, note="Why")).versions) == 2


def test_past_its_limit_the_oldest_version_that_nobody_signed_goes():
    first = version(level=-1.0)
    workspace = signed(holding(first), first, ANNA)
    for minute in range(1, MOST_VERSIONS + 1):
        workspace = kept(workspace, version(level=minute / 20, minutes=minute))
    left = workspace.of("Talks")
    # 21 were kept: the first is signed and stays, the second (level 0.05) went
    assert len(left) == MOST_VERSIONS and left[-1].signatures == (ANNA,)
    assert left[-2].assumptions.drivers[0].level == 0.1


def test_where_all_versions_are_signed_another_is_refused_and_none_is_lost():
    workspace = EMPTY
    for minute in range(MOST_VERSIONS):
        one = version(level=minute / 20, minutes=minute)
        workspace = signed(kept(workspace, one), one, ANNA)
    with pytest.raises(WorkspaceError, match="all 20 versions of 'Talks' are signed"):
        kept(workspace, version(level=1.9))


def test_a_set_without_a_name_and_one_set_too_many_are_refused():
    with pytest.raises(WorkspaceError, match="needs a name"):
        kept(EMPTY, version(""))
    full = holding(*(version(f"Set {number}") for number in range(MOST_SETS)))
    with pytest.raises(WorkspaceError, match="40 sets at most"):
        kept(full, version("One more"))
    assert len(kept(full, version("Set 3", level=0.2)).versions) == MOST_SETS + 1


def test_a_signature_stands_under_its_version_alone_and_once():
    older, newer = version(), version(level=1.5)
    workspace = signed(holding(older, newer), older, ANNA)
    assert [v.signatures for v in workspace.of("Talks")] == [(), (ANNA,)]
    assert signed(workspace, workspace.of("Talks")[1], ANNA) == workspace
    with pytest.raises(WorkspaceError, match="changed meanwhile"):
        signed(workspace, older, ANNA)


def test_a_removed_set_leaves_the_others():
    assert without(holding(version(), version("War")), "Talks") == holding(version("War"))


def test_its_file_reads_back_as_it_was():
    workspace = holding(version(note="Ünï “why”"), version("War", by="Bo"))
    workspace = signed(workspace, workspace.of("War")[0], ANNA)
    assert files.from_json(files.to_json(workspace)) == workspace


def test_what_a_file_adds_stands_in_order_and_its_signatures_count_as_typed():
    late, early = version(level=1.5, minutes=9), version(level=1.0)
    file = signed(holding(early), early, ANNA)
    both = merged(holding(late), file)
    assert [v.at for v in both.of("Talks")] == [late.at, early.at]
    (signature,) = both.of("Talks")[1].signatures
    assert signature.by == "Anna" and not signature.checked
    assert merged(both, file) == both


def test_a_file_of_another_scenario_is_refused():
    with pytest.raises(WorkspaceError, match="of scenario 'balkans'"):
        merged(EMPTY, Workspace(scenario="balkans"))


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "not a workspace of Araxes: Expecting value"),
        (b"[1]", "not a workspace of Araxes"),
        (b'{"scenario": "s", "scenario": "t"}', "stands twice"),
        (b'{"form": 2, "scenario": "s"}', "form: 2 where 1 was expected"),
        (b'{"scenario": "s", "rights": "all"}', "rights: this key is not known"),
        (b'{"scenario": "s", "versions": [{}]}', "assumptions: this key is missing"),
        (b"[" * 50_000, "not a workspace of Araxes"),
        (b" " * 1_000_001, "over 1 MB"),
        (b"\xff\xfe", "not a workspace of Araxes"),
    ],
    ids=["empty", "list", "twice", "form", "key", "missing", "deep", "long", "binary"],
)
def test_a_file_that_is_none_is_refused_in_one_line(content, said):
    with pytest.raises(WorkspaceError, match=said) as problem:
        files.from_json(content)
    assert "\n" not in str(problem.value)


def test_a_workspace_too_long_for_its_file_is_not_written():
    long = [version(f"{n}", note="x" * 1000, minutes=n) for n in range(20)]
    drivers = tuple(DriverAssumption(id="western_mediation" * 17, level=1) for _ in range(200))
    wide = [
        v.model_copy(update={"assumptions": Assumptions(name=v.name, drivers=drivers)})
        for v in long
    ]
    with pytest.raises(WorkspaceError, match="more than 1 MB"):
        files.to_json(holding(*wide))
