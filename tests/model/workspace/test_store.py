"""Workspaces on disk: found by a secret, whole or not at all, as many as there is room for."""

import os

import pytest

from model.workspace import store
from model.workspace.workspace import Workspace, WorkspaceError, kept
from tests.model.workspace.test_workspace import version

SCENARIO = "south_caucasus"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    return tmp_path / "workspaces"


def key() -> str:
    return store.of_secret(store.new_secret())


def keep(where: str, **rest) -> Workspace:
    return store.change(where, SCENARIO, lambda now: kept(now, version(**rest)))


def test_what_is_kept_is_found_by_its_secret_and_by_no_other(home):
    secret = store.new_secret()
    changed = keep(store.of_secret(secret))
    assert store.load(store.of_secret(secret), SCENARIO) == changed
    assert not store.load(key(), SCENARIO).versions and not store.exists(key())
    # the folder does not tell the link
    (file,) = home.iterdir()
    assert secret not in file.name and secret not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "short", "x" * 33, "../" * 10 + "ab", "ä" * 32])
def test_a_text_that_is_no_secret_opens_nothing(text):
    assert store.of_secret(text) is None


def test_two_who_log_in_have_two_workspaces_and_the_same_one_each_time():
    mine = store.of_login("https://id.example", "1")
    assert mine == store.of_login("https://id.example", "1")
    others = {
        ("https://id.example", "2"),
        ("https://other.example", "1"),
        ("https://id.example1", ""),
    }
    assert mine not in {store.of_login(*other) for other in others}


def test_each_change_is_made_of_what_the_one_before_left():
    where = key()
    keep(where, level=1.0)
    keep(where, level=1.5)
    assert [v.assumptions.drivers[0].level for v in store.load(where, SCENARIO).versions] == [
        1.0,
        1.5,
    ]


def test_a_refused_step_leaves_the_file_as_it_was(home):
    where = key()
    keep(where)
    before = (home / f"{where}.json").read_bytes()
    with pytest.raises(WorkspaceError, match="needs a name"):
        keep(where, name="")
    assert (home / f"{where}.json").read_bytes() == before


def test_a_file_that_was_damaged_is_told_and_not_written_over(home):
    where = key()
    keep(where)
    (home / f"{where}.json").write_bytes(b"{")
    with pytest.raises(WorkspaceError, match="not a workspace"):
        keep(where)
    assert (home / f"{where}.json").read_bytes() == b"{"


def test_one_of_another_scenario_is_not_opened():
    where = key()
    keep(where)
    with pytest.raises(WorkspaceError, match="of scenario 'south_caucasus'"):
        store.load(where, "balkans")


def test_a_full_server_refuses_a_new_one_until_one_was_unused_for_a_year(home, monkeypatch):
    monkeypatch.setattr(store, "MOST_WORKSPACES", 2)
    first, second = key(), key()
    keep(first)
    keep(second)
    with pytest.raises(WorkspaceError, match="holds 2 workspaces"):
        keep(key())
    keep(second, level=1.5)  # those that are there go on
    path = home / f"{first}.json"
    os.utime(path, (0, 0))
    store.visited(first)
    with pytest.raises(WorkspaceError):
        keep(key())
    os.utime(path, (0, 0))
    keep(key())
    assert not path.exists()


def test_a_state_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "file"))
    with pytest.raises(WorkspaceError, match="cannot be written"):
        keep(key())
