"""A file that another program saved again still matches its run, and `verify` says which."""

import subprocess

import pytest

from tests.briefing.verify.resaving import SAVED_AGAIN


@pytest.mark.parametrize("name", SAVED_AGAIN)
def test_a_file_that_another_program_saved_again_still_matches(exported, name):
    content = SAVED_AGAIN[name](exported.content(name))
    assert content != exported.content(name) or name == "outcomes.parquet"
    verdict = exported.verdict(name, content)
    assert verdict.code == 0, verdict.lines
    assert f"matches run {exported.material.run.id}" in verdict.lines[0]
    assert ("re-saved by Pillow" in verdict.lines[0]) == (name == "scenarios.png")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["brief.pptx", "brief.docx"])
def test_a_file_that_libreoffice_saved_again_matches_and_says_so(exported, name, tmp_path):
    path, form = exported.path(name), name.split(".")[1]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    verdict = exported.verdict(name, (tmp_path / name).read_bytes())
    assert verdict.code == 0, verdict.lines
    assert "re-saved by LibreOffice" in verdict.lines[0]
