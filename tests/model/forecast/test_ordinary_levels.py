"""Assume answers ordinary levels: all that the drivers reached in the record, by default."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from model.assumptions import Assumptions, DriverAssumption
from model.evidence import load_evidence
from model.fit import drivers
from model.forecast import forecast
from model.forecast.nearest import DRAWS_FLOOR, draws_left
from model.forecast.surprise import chance_of
from model.scenario import SCENARIO_FOLDER
from tests.model.forecast.suppositions import DEADLINE, DRIVERS


@pytest.fixture(scope="module")
def reached():
    """Driver -> the lowest and the highest level of the whole record, a week at a time."""
    evidence = load_evidence(SCENARIO_FOLDER, date(2025, 12, 31))
    scenario = evidence.scenario
    table = drivers.signals(evidence.events, evidence.codings, scenario.coding)
    weeks = pd.date_range(scenario.record_from, evidence.as_of, freq="7D")
    level = drivers.saturate(drivers.history(table, scenario.drivers, weeks).mean)
    ends = np.stack([level.min(axis=0), level.max(axis=0)], axis=1)
    return dict(zip(scenario.driver_ids, ends.tolist(), strict=True))


@pytest.mark.parametrize("id", DRIVERS)
def test_assume_answers_every_level_that_the_driver_reached_in_the_record(fitted, reached, id):
    """All of five years, and so all that it reached within a year of the default day."""
    low, high = reached[id]
    for level in np.linspace(low, high, 9):
        asked = Assumptions(drivers=(DriverAssumption(id=id, level=level, verb="assume"),))
        assert draws_left(fitted, asked, DEADLINE) >= DRAWS_FLOOR, level


def test_a_level_is_learned_half_a_year_on_unless_a_day_is_given(fitted):
    later = fitted.as_of + timedelta(days=183)
    undated = DriverAssumption(id="negotiation_momentum", level=1.6, verb="assume")
    dated = undated.model_copy(update={"from_": later})
    answers = [forecast(fitted, Assumptions(drivers=(of,))) for of in (undated, dated)]
    assert answers[0].outcomes.equals(answers[1].outcomes)
    assert undated.levels(fitted.as_of) == [(later, 1.6)]
    at_once = undated.model_copy(update={"from_": fitted.as_of})
    with pytest.raises(ValueError, match="effective draws"):
        forecast(fitted, Assumptions(drivers=(at_once,)))


def test_what_is_brought_about_holds_from_the_as_of_day_and_is_as_surprising_then(fitted):
    made = DriverAssumption(id="negotiation_momentum", level=1.6)
    assert made.levels(fitted.as_of) == [(fitted.as_of, 1.6)]
    at_once = made.model_copy(update={"from_": fitted.as_of, "verb": "assume"})
    assert made.learned(fitted.as_of) == at_once
    assert chance_of(fitted, [made]) == chance_of(fitted, [at_once])
