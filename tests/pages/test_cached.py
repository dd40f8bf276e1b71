"""What the pages remember of a scenario's folder: for as long as the folder stands as it did."""

import os
import shutil
from pathlib import Path

from model.scenario import SCENARIO_FOLDER
from pages.ui.memory import forecasts


def test_an_edited_built_in_set_is_seen(tmp_path, monkeypatch):
    folder = Path(shutil.copytree(SCENARIO_FOLDER, tmp_path / "scenario"))
    monkeypatch.setattr(forecasts, "SCENARIO_FOLDER", folder)
    before = forecasts.built_in_sets()
    path = next((folder / "assumptions").glob("*.toml"))
    # no file is made or gone, so the folder itself stays as old as it was
    text = path.read_text(encoding="utf-8")
    name = next(name for name in before if f'"{name}"' in text)
    path.write_text(text.replace(f'"{name}"', '"Renamed"', 1), encoding="utf-8")
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 10**9))
    after = forecasts.built_in_sets()
    assert "Renamed" in after and name not in after and len(after) == len(before)
