"""A day whose stored run was damaged says so in a line, leads elsewhere, and heals by a new fit."""

from dataclasses import replace
from datetime import date

import pytest

from model.evidence.evidence import load_evidence
from model.runs import identity, store
from model.scenario import places
from tests.pages.test_pages import opened

BEFORE = date(2023, 9, 20)


@pytest.fixture
def damaged(fitted, tmp_path, monkeypatch):
    """The fitted run with one flipped bit, beside a whole one of the day before."""
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    made_from = identity.made_from(load_evidence(places.SCENARIO_FOLDER, BEFORE))
    other = {"id": "0123456789ab", "as_of": BEFORE.isoformat(), "made_from": made_from}
    store.save(replace(fitted, manifest=fitted.manifest | other))
    path = store.save(fitted) / "draws.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_damaged_run_is_named_and_the_page_leads_to_another_day(damaged, fitted):
    app = opened(as_of="2023-09-21")
    assert not app.exception and not app.metric
    (warning,) = app.warning
    assert fitted.id in warning.value and "draws.npz is not as it was stored" in warning.value
    labels = {button.key: button.label for button in app.button}
    assert labels["fit_day"] == "Fit 21 September 2023"
    assert labels["go_to_fitted"] == "Go to 20 September 2023, which is fitted"
    store.save(fitted)  # as the fit of that day does at its end
    app.run()
    assert len(app.metric) == 6 and not app.warning
