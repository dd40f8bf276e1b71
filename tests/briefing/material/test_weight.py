"""A month may have no event that weighs on the drivers."""

from datetime import date
from types import SimpleNamespace

import pandas as pd

from briefing.material.weight import weightiest_events
from model.scenario import SCENARIO_FOLDER, load_scenario

DAY = date(2023, 9, 21)


def material(*events):
    columns = ["event", "driver", "driver_title", "date", "known_on", "strength"]
    rows = pd.DataFrame(list(events), columns=columns).astype({"event": str, "driver": str})
    rows = rows.assign(date=pd.to_datetime(rows["date"]), known_on=pd.to_datetime(rows["known_on"]))
    scenario = load_scenario(SCENARIO_FOLDER)
    return SimpleNamespace(events=rows, scenario=scenario, as_of=DAY)


def test_a_month_without_an_event_has_none_that_weighs():
    known = material(("E1", "russian_commitment", "Russia", "2023-03-01", "2023-03-01", 2.0))
    assert weightiest_events(known, date(2023, 8, 21)).empty
    assert weightiest_events(material(), date(2023, 8, 21)).empty
