"""A file that another program saved again has its numbers, and `verify` says which program."""

import subprocess

import pytest

from tests.briefing.verify.resaving import PAGES, SAVED_AGAIN
from tests.slow_cases import sampled


@pytest.mark.parametrize("name", SAVED_AGAIN)
def test_a_file_that_another_program_saved_again_still_has_its_numbers(exported, name):
    content = SAVED_AGAIN[name](exported.content(name))
    assert content != exported.content(name) or name == "outcomes.parquet"
    verdict = exported.verdict(name, content)
    assert verdict.code == 3, verdict.lines
    assert f"the numbers match run {exported.material.run.id}, but " in verdict.lines[0]
    assert ("re-saved by Pillow" in verdict.lines[0]) == (name == "scenarios.png")


@pytest.mark.parametrize("how", sampled(PAGES, 3))
def test_a_page_that_was_saved_in_another_way_is_not_cut_short(exported, how):
    content = PAGES[how](exported.content("brief.html"))
    assert content != exported.content("brief.html")
    verdict = exported.verdict("brief.html", content)
    assert verdict.code == 3 and len(verdict.lines) == 1, verdict.lines
    assert "the file was changed after it was exported" in verdict.lines[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["brief.pptx", "brief.docx"])
def test_a_file_that_libreoffice_saved_again_has_its_numbers_and_says_so(exported, name, tmp_path):
    path, form = exported.path(name), name.split(".")[1]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    verdict = exported.verdict(name, (tmp_path / name).read_bytes())
    assert verdict.code == 3, verdict.lines
    assert "re-saved by LibreOffice" in verdict.lines[0]
