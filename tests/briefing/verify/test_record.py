"""Files that tell of the track record: they say of which state, and are held against it."""

from dataclasses import replace

import pytest

from briefing.exhibits import tables
from briefing.exports.data import files
from briefing.material.material import Material
from briefing.reading.reader import provenance_of, read_as
from briefing.verify.verify import DIFFERS, MATCHES, UNKNOWN, verify
from model.record.ledger import store
from model.record.published import publishing, stored
from model.record.walk import stored_walk
from model.runs import store as runs
from tests.model.record.ledger.made_up import forecast


@pytest.fixture
def published(fitted, tmp_path, monkeypatch):
    """The run at hand, once published; its history as a table in a file."""
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    monkeypatch.setattr(stored_walk, "SHIPPED", tmp_path)
    runs.save(fitted)
    days = [row | {"as_of": fitted.as_of} for row in publishing.forecasts(fitted, "Ani")]
    store.publish(days)
    path = tmp_path / "history.csv"
    material = Material(fitted)
    path.write_bytes(files.table(tables.make("history", material), material))
    return path


def test_a_file_of_the_record_names_its_state_and_others_name_none(published, fitted):
    material = Material(fitted)
    told = provenance_of(read_as("csv", published.read_bytes()))
    assert told.record == stored.stored(fitted.scenario).mark == material.record.mark
    assert material.provenance("chart", name="curves").record == ""
    assert material.provenance("deck").record == told.record


def test_it_is_held_against_its_own_state_of_a_ledger_that_has_grown(published, fitted):
    assert verify(published).code == MATCHES
    store.publish([forecast("later0000000", as_of=fitted.as_of, term="year end")])
    assert verify(published).code == MATCHES
    before, _, after = published.read_text().rpartition("2023-12-31")  # in the last row
    published.write_text(f"{before}2023-12-30{after}")
    assert verify(published).code == DIFFERS


def test_without_its_ledger_it_is_unknown(published, tmp_path):
    (tmp_path / "ledger.db").unlink()
    verdict = verify(published)
    assert verdict.code == UNKNOWN and "not the track record" in verdict.lines[0]


def test_a_new_walk_forward_leaves_a_deck_what_it_was(fitted, published):
    material = Material(fitted)
    walked = material.record.forecasts[stored.WALKED_COLUMNS]
    other = replace(material, kept=replace(material.record, walked=walked))
    for kind, name, same in (("deck", "", True), ("chart", "history", False)):
        marks = {one.provenance(kind, name=name).record for one in (material, other)}
        assert (len(marks) == 1) is same
