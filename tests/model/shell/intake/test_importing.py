"""`import` in a shell, as its users start it: a dry run, a write, an undo, and the exit codes."""

import pytest

from tests.model.check.broken_folder import lines
from tests.model.intake.conftest import FILES, folder  # noqa: F401, a fixture
from tests.model.shell.test_shell import shell


def test_an_import_of_nothing_says_what_to_name(tmp_path):
    code, out, err = shell("import", home=tmp_path)
    assert (code, out) == (2, "") and "name the files to take in, or --undo" in err


@pytest.mark.slow  # four processes, each of which checks the tables
def test_a_dry_run_writes_nothing_and_what_is_written_comes_back_by_undo(folder, tmp_path):  # noqa: F811
    home, given = tmp_path / "home", ["import", str(FILES / "GEDEvent_v26_0_1.csv")]
    scenario, before = ["--scenario", str(folder)], lines(folder, "battle_deaths")
    code, out, err = shell(*given, *scenario, home=home)
    assert (code, err) == (0, "") and out.endswith("Nothing is written yet: --write does it.\n")
    assert "battle_deaths.csv: 2 rows added" in out
    assert "~ battle_deaths: collected_to: '2025-12-31' -> '2026-01-31'" in out
    assert lines(folder, "battle_deaths") == before
    code, out, _ = shell(*given, "--write", *scenario, home=home)
    assert code == 0 and len(lines(folder, "battle_deaths")) == len(before) + 2
    code, out, _ = shell("import", "--undo", *scenario, home=home)
    assert code == 0 and "import of GEDEvent_v26_0_1.csv" in out
    assert lines(folder, "battle_deaths") == before
    code, _, err = shell("import", "--undo", *scenario, home=home)
    assert code == 2 and err == "error: no import can be undone: none is kept\n"
