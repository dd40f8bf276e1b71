"""The stored tables, and the mark of a state of them."""

import subprocess
import sys

import pytest

from model.record.ledger import store
from model.record.published import stored
from model.scenario import ROOT, SCENARIO_FOLDER, load_scenario
from tests.model.record.ledger.made_up import forecast, override

SCENARIO = load_scenario(SCENARIO_FOLDER)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    return tmp_path


def test_where_nothing_was_published_no_library_of_databases_is_loaded(home):
    code = (
        "import sys; from model.record.published.stored import ledger_stamp, stored;"
        "from model.scenario import SCENARIO_FOLDER, load_scenario;"
        "kept = stored(load_scenario(SCENARIO_FOLDER));"
        "print(len(kept.forecasts), ledger_stamp(), {'sqlalchemy', 'alembic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("0 () set()\n", "")


def test_the_tables_are_the_rows_of_the_ledger(home):
    first, second = store.publish([forecast(), forecast("bbbbbbbbbbbb", scenario="other")])
    store.override(override())
    kept = stored.stored(SCENARIO)
    assert kept.forecasts.to_dict("records") == [first, second]
    assert list(kept.of("other").forecasts["run"]) == ["bbbbbbbbbbbb"]
    assert len(kept.of("other").overrides) == 0 and len(kept.overrides) == 1


def test_a_mark_leads_back_to_its_state_of_a_ledger_that_has_grown(home):
    store.publish([forecast(), forecast("bbbbbbbbbbbb")])
    before = stored.stored(SCENARIO)
    stamp = stored.stamp(SCENARIO)
    store.publish([forecast("cccccccccccc")])
    store.override(override())
    now = stored.stored(SCENARIO)
    assert now.mark != before.mark and stored.stamp(SCENARIO) != stamp
    then = stored.as_marked(now, before.mark)
    assert then.forecasts.equals(before.forecasts) and then.overrides.empty
    assert stored.as_marked(now, stored.Stored().mark).forecasts.empty


@pytest.mark.parametrize(
    "mark, told",
    [
        ("5-0123456789ab.0.0", "the ledger has other rows, or fewer"),
        ("1-0123456789ab.0.0", "the ledger has other rows, or fewer"),
        ("nonsense", "'nonsense' marks no state"),
    ],
)
def test_a_mark_of_another_ledger_is_told(home, mark, told):
    store.publish([forecast()])
    with pytest.raises(stored.Altered, match=told):
        stored.as_marked(stored.stored(SCENARIO), mark)
