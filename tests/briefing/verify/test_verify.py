"""A file matches its run, or `verify` says what was changed in it; files are changed for real."""

from io import BytesIO

import docx
import pytest
from PIL import Image
from typer.testing import CliRunner

from briefing.files import chart_file
from briefing.material.material import Material
from briefing.material.provenance import Tier, hash_of
from briefing.verify.verify import verify
from model.__main__ import app
from model.assumptions import files
from model.runs import store
from tests.briefing.verify.exported import NAMES, OTHER, Exported
from tests.briefing.verify.tampering import CHANGED, chance_in_word, in_bytes, in_word, renamed
from tests.slow_cases import sampled, slow, slow_but

# where the drawing alone was changed, and every number that can be read still stands
ONLY_DRAWN = ("pixels png", "digit svg", "label svg", "glyph pdf", "picture docx")
SLOW_BRIEFS = ("brief.docx", "brief.pptx", "brief.pdf", "brief.html")


@pytest.mark.parametrize("name", slow_but(NAMES, [*NAMES[:6], "brief.docx"]))
def test_a_fresh_export_matches_its_run(exported, name):
    verdict = verify(exported.path(name))
    assert (verdict.code, verdict.lines) == (
        0,
        [f"{exported.folder / name}: unaltered, and matches run {exported.material.run.id}"],
    )


@pytest.mark.parametrize("case", sampled(CHANGED, 2))
def test_what_was_changed_is_named_with_what_the_run_says(exported, case):
    name, change, line = CHANGED[case]
    verdict = exported.verdict(name, change(exported.content(name)))
    assert verdict.code == 1
    said = "drawing differs" if case in ONLY_DRAWN else "numbers differ"
    assert said in verdict.lines[0] and exported.material.run.id in verdict.lines[0]
    assert any(line in shown for shown in verdict.lines[1:]), verdict.lines


@pytest.mark.parametrize("name", [*NAMES[:6], *map(slow, SLOW_BRIEFS)])
def test_another_runs_file_that_claims_to_be_of_this_run_is_found(
    exported, fitted, material, name, tmp_path
):
    """The file of a run with other base rates, its provenance swapped for that of the first."""
    other = Exported(Material(store.load(OTHER), material.assumptions), tmp_path)
    content = other.content(name)
    assert verify(other.path(name)).code == 0
    verdict = exported.verdict(name, renamed(name, content, OTHER, fitted.id))
    assert verdict.code == 1 and len(verdict.lines) > 1


def test_a_picture_whose_label_was_lost_is_of_an_unknown_run(exported):
    with Image.open(BytesIO(exported.content("scenarios.png"))) as image:
        stream = BytesIO()
        image.save(stream, "PNG")
    verdict = exported.verdict("scenarios.png", stream.getvalue())
    assert verdict.code == 2
    assert "unknown run" in verdict.lines[0] and "export it again" in verdict.lines[0]


def test_lines_that_a_user_added_are_told_apart_from_what_differs(exported):
    def added(file):
        file.add_paragraph("Our own view: wait for the summit.")

    verdict = exported.verdict("brief.docx", in_word(added)(exported.content("brief.docx")))
    assert verdict.code == 3 and "the numbers match run" in verdict.lines[0]
    assert verdict.lines[1].startswith("added, not checked: ")
    assert verdict.lines[1].endswith("Our own view: wait for the summit.")


def test_a_line_that_was_taken_out_is_missed(exported):
    def removed(file):
        line = chance_in_word(file)
        line._p.getparent().remove(line._p)

    sentence = chance_in_word(docx.Document(BytesIO(exported.content("brief.docx")))).text
    verdict = exported.verdict("brief.docx", in_word(removed)(exported.content("brief.docx")))
    assert verdict.code == 1
    assert any(
        f"the file says nothing, the run says “{sentence[:100]}" in line for line in verdict.lines
    )


def test_a_run_that_is_not_stored_is_unknown_with_the_remedy(exported, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    verdict = verify(exported.path("outcomes.csv"))
    assert verdict.code == 2 and len(verdict.lines) == 1
    assert f"unknown run {exported.material.run.id}" in verdict.lines[0]
    assert "python -m model refit --as-of 2023-09-21" in verdict.lines[0]


@pytest.mark.parametrize("id", ["../../../etc", "no/run", "", "x" * 500])
def test_a_runs_id_that_is_none_opens_no_other_folder(exported, id):
    content = in_bytes(exported.material.run.id, id, -1)(exported.content("outcomes.csv"))
    verdict = verify(exported.path("outcomes.csv", content))
    assert verdict.code == 2 and len(verdict.lines) == 1 and len(verdict.lines[0]) < 300


@pytest.mark.parametrize("name", ["outcomes.csv", "scenarios.png", slow("brief.docx")])
@pytest.mark.parametrize("tier", [Tier.unsourced, Tier.numbers])
def test_files_of_lower_tiers_match_too(exported, name, tier):
    assert verify(exported.path(name, exported.content(name, tier))).code == 0


def test_assumptions_known_by_hash_alone_are_found_among_those_exported_or_asked_for(
    runs_at_hand, fitted, sets, tmp_path
):
    assumptions = sets["Ankara all in"].model_copy(
        update={"drivers": sets["Ankara all in"].drivers[:1]}
    )
    assumptions = assumptions.model_copy(update={"outcomes": ()})
    path = tmp_path / "outcomes.csv"
    chart_file.write("outcomes", path, Material(fitted, assumptions), {}, tier=Tier.numbers)
    assert verify(path).code == 0
    stored = runs_at_hand / "sets" / f"{hash_of(assumptions)}.json"
    content = stored.read_bytes()
    stored.unlink()
    verdict = verify(path)
    assert verdict.code == 2 and "--assume FILE" in verdict.lines[0]
    given = tmp_path / "own.json"
    given.write_bytes(content)
    assert verify(path, sets["Yerevan turns west"]).code == 2
    assert verify(path, files.read(given)).code == 0
    assert CliRunner().invoke(app, ["verify", str(path), "--assume", str(given)]).exit_code == 0
