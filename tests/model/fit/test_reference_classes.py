"""What the reference classes count, and that the fit says of them what their own cases say."""

from datetime import date, timedelta

import numpy as np
import pytest

from model.assumptions import Assumptions, OutcomeAssumption
from model.forecast import forecast
from model.scenario import YEAR_DAYS
from tests.model import real_evidence


def test_the_regions_own_wait_without_a_treaty_is_a_case_of_the_class_of_treaties():
    # 15 July 1994 to 27 September 2020: 26 years and 74 days, of which seven years were leap years.
    observed, scenario = real_evidence.observed(), real_evidence.evidence().scenario
    (row,) = np.flatnonzero(observed.cases.id == "OWN-1994-peace")
    assert observed.cases.class_[row] == scenario.class_ids.index("war_end_to_agreement")
    assert np.exp(observed.cases.log_time[row]) * YEAR_DAYS == pytest.approx(9571)
    assert observed.cases.event[row] == 0
    assert not observed.cases.traits[row].any(), "it is unlike the region itself"


def test_a_dispute_is_counted_once_among_those_that_a_third_state_may_join():
    # Cells of an ally and cells of a dispute would be the same disputes in two units.
    rates = real_evidence.evidence().rates
    joining = rates[rates["class"].isin(["joins_while_fighting", "joins_in_calm"])]
    cells = joining[["cell", "events", "exposure_years"]].itertuples(index=False, name=None)
    assert sorted(cells) == [
        ("ally_borders_1_to_25", 3, 79.0),
        ("ally_borders_26_or_more", 8, 169.21),
        ("ally_borders_no_deaths", 0, 72.38),
    ]


def joins_while_fighting_by_hand():
    """Mean and sd of the yearly rate, by adding up prior times Poisson over a grid."""
    log_rate, trait = np.meshgrid(np.linspace(-6, 0, 601), np.linspace(-2.5, 2.5, 251))
    # The prior's 90 % interval, 0.01 to 0.3, is 3.29 standard deviations of the logarithm wide.
    centre, sd = np.log(0.01 * 0.3) / 2, np.log(0.3 / 0.01) / 3.29
    log_density = -(((log_rate - centre) / sd) ** 2) / 2 - (trait / 0.5) ** 2 / 2
    # Like the region: 8 in 169.21 ally-years; without so many dead: 3 in 79.
    log_density += 8 * log_rate - 169.21 * np.exp(log_rate)
    log_density += 3 * (log_rate - trait) - 79.0 * np.exp(log_rate - trait)
    weight = np.exp(log_density - log_density.max())
    mean = np.average(np.exp(log_rate), weights=weight)
    return mean, np.sqrt(np.average((np.exp(log_rate) - mean) ** 2, weights=weight))


def test_who_joins_a_deadly_dispute_is_what_its_own_cell_says(fitted):
    mean, sd = joins_while_fighting_by_hand()
    assert mean == pytest.approx(8 / 169.21, rel=0.05)  # 4.7 % a year
    place = fitted.scenario.class_ids.index("joins_while_fighting")
    rate = np.exp(fitted.draws["log_rate"][:, place])
    # Four standard errors; the region's own record, which saw no joiner, adds next to nothing.
    assert rate.mean() == pytest.approx(mean, abs=4 * sd / np.sqrt(1000))


def test_turkish_forces_bring_an_offensive_within_half_a_year_as_joiners_elsewhere_did(fitted):
    # 22 of 31 neighbours' disputes with a forceful joiner killed 26 or more. Over the time watched
    # a constant hazard makes that 0.47 in six months, 90 % interval 0.32 to 0.64, or 0.56, 0.40
    # to 0.73, if all died after the joiner came.
    day = date(2023, 10, 1)
    made = OutcomeAssumption(id="turkish_involvement", on=day, verb="make")
    chances = forecast(
        fitted, Assumptions(outcome=[made]), deadline=day + timedelta(days=182)
    ).outcomes.set_index("outcome")["probability"]
    assert 0.32 < chances["renewed_offensive"] < 0.73
