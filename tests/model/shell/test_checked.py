"""Commands answer of no folder that `check` refuses, and of one called well it is asked once."""

import shutil
from pathlib import Path

import pytest

from model.assumptions.files import AssumptionsError
from model.refit import RefitError
from model.shell import checked, checking, commands
from tests.model.check.broken_folder import FOLDER, set_cell


@pytest.fixture
def folder(tmp_path):
    hidden = shutil.ignore_patterns(".*")
    return Path(shutil.copytree(FOLDER, tmp_path / "scenario", ignore=hidden))


def test_a_fault_that_no_number_depends_on_keeps_the_run_of_before_from_answering(
    folder, fitted_home, monkeypatch, capsys
):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    set_cell(folder, "events", 2, "source_url", "javascript:alert(1)")
    checking.check(folder)
    (line,) = capsys.readouterr().out.splitlines()
    with pytest.raises(RefitError) as refused:
        commands.open_or_fit(folder, None, None)
    assert str(refused.value).startswith(f"{line}; run `python -m model check --scenario ")
    with pytest.raises(RefitError, match="^events.csv:2:source_url: "):
        commands.assumed(FOLDER / "assumptions" / "moscow_steps_back.toml", folder, None)


def test_what_was_called_well_is_not_asked_again_until_a_byte_of_it_changes(
    folder, tmp_path, monkeypatch
):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "home"))
    checked.insist(folder)
    asked = []
    monkeypatch.setattr(checking, "faults", lambda folder: asked.append(folder) or [])
    checked.insist(folder)
    assert asked == []
    note = folder / "assumptions" / "README.md"
    note.write_bytes(note.read_bytes() + b"\n")
    checked.insist(folder)
    assert asked == [folder]


def test_where_nothing_can_be_remembered_it_is_asked_and_answered_all_the_same(
    folder, tmp_path, monkeypatch
):
    (tmp_path / "home").write_text("a file in the place of the state folder")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "home"))
    checked.insist(folder)
    shutil.rmtree(folder)
    with pytest.raises(RefitError, match="there is no such folder"):
        checked.insist(folder)


def test_a_set_beside_a_stored_run_is_held_against_that_runs_claims_and_day(
    fitted, fitted_home, tmp_path, monkeypatch
):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    mine = tmp_path / "mine.toml"
    text = '[[driver]]\nid = "turkish_backing"\nlevel = 1\nfrom = "+10 days"\n'
    mine.write_text(f'claims = ["C01"]\n{text}', encoding="utf-8")
    given = commands.assumed(mine, tmp_path / "no folder", None, fitted.id)
    assert given.drivers[0].from_.isoformat() == "2023-10-01"  # 21 September and ten days
    mine.write_text(f'claims = ["C99"]\n{text}', encoding="utf-8")
    with pytest.raises(AssumptionsError, match="mine.toml: unknown claim 'C99'"):
        commands.assumed(mine, FOLDER, None, fitted.id)
