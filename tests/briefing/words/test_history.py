"""What has happened since a past day: of what is open without a day, up to when it is known."""

from datetime import date

import pandas as pd

from briefing.words import history
from model.scenario import load_scenario
from tests.model import smallest_scenario


def test_what_is_open_without_a_day_is_so_up_to_the_day_on_which_that_was_known(tmp_path):
    scenario = load_scenario(smallest_scenario.write(tmp_path / "tiny"))
    days = {"date": pd.NaT, "known_on": pd.Timestamp(2023, 12, 31)}
    rows = pd.DataFrame([{"outcome": "treaty", "status": "open", "note": ""} | days])
    assert history.each(rows, scenario) == ["**Treaty**: had not happened by 31 December 2023."]
    assert "from then to 31 December 2023" in history.since(rows, scenario, date(2023, 6, 30))
