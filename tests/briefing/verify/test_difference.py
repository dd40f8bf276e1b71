"""A file that tells what moved a run is held against what is kept of that, and against no other."""

from dataclasses import replace

import pytest

from briefing.exhibits import tables
from briefing.exports.data import files
from briefing.material.material import Material
from briefing.reading.reader import provenance_of, read_as
from briefing.verify.verify import DIFFERS, MATCHES, UNKNOWN, verify
from model.changes import kept
from model.runs import store
from tests.briefing.made_up_difference import difference_of


@pytest.fixture
def told(fitted, tmp_path, monkeypatch):
    """What moved the run at hand, kept, and as a table in a file."""
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    store.save(fitted)
    kept.keep(difference_of(fitted))
    path = tmp_path / "why_moved.csv"
    material = Material(fitted)
    path.write_bytes(files.table(tables.make("why_moved", material), material))
    return path


def test_it_matches_what_is_kept_and_a_changed_share_differs(told, fitted):
    assert verify(told).code == MATCHES
    # the event's share of the outcome that moved twice as far, 2 · 0.05
    changed = told.read_text().replace(",0.1,0.003,", ",0.2,0.003,", 1)
    assert changed != told.read_text()
    told.write_text(changed)
    assert verify(told).code == DIFFERS


def test_against_a_difference_made_anew_or_none_it_is_unknown(told, fitted):
    another = difference_of(fitted)
    kept.keep(replace(another, parts=another.parts.assign(mcse=0.004)))
    verdict = verify(told)
    assert verdict.code == UNKNOWN and "it was made anew since" in verdict.lines[0]
    for file in (told.parent / kept.FOLDER).iterdir():
        file.unlink()
    verdict = verify(told)
    assert verdict.code == UNKNOWN and "nothing is kept of it" in verdict.lines[0]


def test_a_deck_names_the_difference_that_it_tells_of_and_a_chart_of_curves_none(told, fitted):
    material = Material(fitted)
    mark = provenance_of(read_as("csv", told.read_bytes())).difference
    assert mark and material.provenance("deck").difference == mark
    assert material.provenance("chart", name="curves").difference == ""
    assert material.provenance("brief").difference == ""
