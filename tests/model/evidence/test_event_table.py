"""What readers see of the evidence: the tables' rows, cut at the as-of date, and the levels."""

from datetime import date

import numpy as np
import pytest

from model.assumptions import NOTHING
from model.evidence import coded_events, load_evidence
from model.evidence.event_table import chosen
from model.forecast.levels import driver_levels
from model.inspect.driver_history import driver_curves
from model.scenario import SCENARIO_FOLDER

AS_OF = date(2023, 9, 21)


@pytest.fixture(scope="module")
def evidence():
    return load_evidence(SCENARIO_FOLDER, AS_OF)


@pytest.fixture(scope="module")
def events(evidence):
    return coded_events(evidence)


def test_every_coding_known_by_the_day_has_a_row(evidence, events):
    assert len(events) == len(evidence.codings)
    assert set(events["event"]) == set(evidence.events["event"])
    assert (events["known_on"].dt.date <= AS_OF).all()


def test_strength_is_the_mean_of_the_two_coders(evidence, events):
    coders = evidence.codings.set_index(["event", "driver"])
    first = events.iloc[0]
    row = coders.loc[(first["event"], first["driver"])]
    assert first["strength"] == (row["first_coder"] + row["second_coder"]) / 2
    assert events["strength"].between(-3, 3).all()


def test_a_search_needs_all_its_words_in_any_case(events):
    rows = chosen(events, text="CEASEFIRE karabakh")
    words = (rows["what_happened"] + " " + rows["reason"]).str.lower()
    assert len(rows) > 0
    assert (words.str.contains("ceasefire") & words.str.contains("karabakh")).all()
    assert len(chosen(events)) == len(events)
    assert chosen(events, text="(no [such words").empty


def test_driver_and_sources_narrow_the_choice(events):
    source = events["source"].value_counts().index[0]
    rows = chosen(events, "western_mediation", [source])
    assert set(rows["driver"]) <= {"western_mediation"} and set(rows["source"]) <= {source}


def test_a_country_narrows_the_choice_to_its_media(events):
    rows = chosen(events, media=["Iran"])
    assert set(rows["country"]) == {"Iran"} and "Press TV" in set(rows["source"])
    assert events.loc[events["source"] == "RFE/RL Armenian", "country"].eq("United States").all()


@pytest.fixture(scope="module")
def curves(fitted):
    return driver_curves(fitted)


def test_the_record_ends_at_the_level_that_forecasts_start_from(fitted, curves):
    levels = driver_levels(fitted, NOTHING, [0, 1])[:, 0].mean(axis=0)
    now = curves[curves["date"] == fitted.as_of].set_index("driver")["level"]
    assert now[list(fitted.scenario.driver_ids)].to_numpy() == pytest.approx(levels, abs=1e-3)


def test_levels_stay_within_the_scale_and_their_interval(curves):
    assert (curves["low"] <= curves["level"]).all() and (curves["level"] <= curves["high"]).all()
    assert curves[["low", "high"]].abs().to_numpy().max() <= 2


def test_what_is_to_come_is_less_certain_than_the_record(curves):
    width = (curves["high"] - curves["low"]).groupby([curves["driver"], curves["past"]]).mean()
    assert (width.xs(False, level="past") > width.xs(True, level="past")).all()


def test_months_go_forward_to_the_end_of_the_horizon(fitted, curves):
    for _, curve in curves.groupby("driver"):
        assert np.all(np.diff([day.toordinal() for day in curve["date"]]) > 0)
        assert (~curve["past"]).sum() == fitted.scenario.horizon_months
