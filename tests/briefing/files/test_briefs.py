"""`python -m model brief`: the file asked for or one plain line, and never half a file."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.files import briefs, kept_words
from briefing.files.briefs import Options
from briefing.material.provenance import Tier, from_json
from briefing.material.story import phrases
from briefing.reading import office, reader
from briefing.words.yardsticks import PHIA
from model.__main__ import app

ROOT = Path(__file__).parents[3]


@pytest.fixture
def shell(fitted_home, tmp_path):
    """Runs `python -m model brief` where the default day is fitted, in an empty folder."""

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-m", "model", "brief", *map(str, arguments)],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "ARAXES_HOME": str(fitted_home)}
            | environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run


@pytest.mark.slow
def test_the_shell_writes_what_the_page_would(shell, fitted, fitted_home, tmp_path, monkeypatch):
    out = tmp_path / "brief.docx"
    ran = shell(out, "--words", "UK PHIA", "--banner", "OFFICIAL", "--tier", "unsourced")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    provenance = from_json(office.document(out.read_bytes()).provenance)
    assert (provenance.run, provenance.yardstick, provenance.tier) == (
        fitted.id,
        PHIA,
        Tier.unsourced,
    )
    assert provenance.layout == {"banner": "OFFICIAL"}
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    _, opened = reader.opened(out)
    assert opened == provenance
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".docx"] == ["brief.docx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["brief.odt"], "end it with one of .pptx, .docx, .pdf, .html"),
        (["brief"], "end it with one of"),
        (["nowhere/brief.html"], "there is no folder"),
        (["brief.html", "--template", "x.pptx"], "--template is for a .pptx"),
        (["brief.html", "--tier", "half"], "no tier 'half'; choose full, unsourced, numbers"),
        (["brief.html", "--words", "CIA"], "no likelihood words 'CIA'; choose ICD-203, UK PHIA"),
        (["brief.html", "--previous", "nowhere.docx"], "--previous"),
        (["brief.html", "--assume", "nowhere.toml"], "nowhere.toml"),
        (["brief.html", "--deadline", "2023-01-01"], "2023-01-01"),
    ],
)
def test_what_cannot_be_written_is_one_plain_line(
    fitted_home, tmp_path, monkeypatch, arguments, said
):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    ran = CliRunner().invoke(app, ["brief", str(tmp_path / arguments[0]), *arguments[1:]])
    assert ran.exit_code == 1
    assert ran.stderr.startswith("error: ") and ran.stderr.count("\n") == 1
    assert said in ran.stderr
    assert [path for path in tmp_path.rglob("brief*")] == []


def test_where_no_browser_is_the_remedy_is_told_before_anything_is_computed(shell, tmp_path):
    ran = shell(tmp_path / "brief.pdf", CHROMIUM=str(tmp_path / "none"))
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert "install one" in ran.stderr


def test_a_page_needs_no_browser(material, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    briefs.write(tmp_path / "brief.html", material)
    assert (tmp_path / "brief.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_an_export_that_fails_leaves_the_old_file(material, tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    (tmp_path / "brief.pptx").write_bytes(b"old")
    with pytest.raises(ValueError):
        briefs.write(tmp_path / "brief.pptx", material, Options(template=tmp_path / "none.pptx"))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        ("brief.pptx", b"old")
    ]


def test_a_written_brief_is_remembered_for_the_next_ones_words(material, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    briefs.write(tmp_path / "brief.html", material)
    assert kept_words.before(material) == phrases(material, {})


def test_an_unknown_form_is_refused(material):
    with pytest.raises(ValueError, match="no brief as 'odt'; choose pptx, docx, pdf, html"):
        briefs.document("odt", material)
