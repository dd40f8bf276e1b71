"""What a scenario may leave out: deaths, claims, and the page behind a clock or an arrow."""

from datetime import date

import numpy as np
import pytest
from scipy.special import gammaln

from model.evidence import load_evidence
from model.evidence.evidence import OPTIONAL, read_table
from model.fit import likelihood
from model.fit.observations import observations
from model.fit.priors import priors
from model.scenario import load_scenario
from model.shell import checking
from tests.model import smallest_scenario
from tests.model.check.broken_folder import only, replace

AS_OF = date(2023, 6, 30)
DEATHS = """\
[deaths]
outcome = "treaty"
level = [0.5, 20]
scale = [0.4, 2.5]
dispersion = [0.1, 2]
"""


@pytest.fixture
def folder(tmp_path):
    return smallest_scenario.write(tmp_path / "tiny")


def test_the_smallest_scenario_is_well_and_a_fit_can_be_given_it(folder):
    assert checking.faults(folder) == []
    scenario = load_scenario(folder)
    assert scenario.deaths is None and scenario.effects[0].claims == ()
    assert scenario.outcomes[0].clocks[0].source_url == ""


def test_a_table_that_may_be_missing_has_the_columns_that_check_knows_and_no_row(folder):
    from model.check.schemas import TABLES

    assert {name: {*TABLES[name].columns} for name in OPTIONAL} == {
        name: {*columns} for name, columns in OPTIONAL.items()
    }
    assert read_table(folder, "claims").empty


def test_without_deaths_no_parameter_is_theirs_and_no_month_is_seen(folder):
    scenario, observed = load_scenario(folder), observations(load_evidence(folder, AS_OF))
    prior = priors(scenario)
    theirs = [value.size for name, value in prior.location.items() if name.startswith("death_")]
    assert theirs == [0, 0, 0]
    draws = {name: np.zeros((7, *value.shape)) for name, value in prior.location.items()}
    terms = likelihood.terms(np, draws, observed, gammaln)
    assert terms["deaths"].shape[-1] == 0 and np.isfinite(terms["record"]).all()


def test_deaths_that_speak_of_no_outcome_are_told_in_one_line(folder):
    with open(folder / "battle_deaths.csv", "a", encoding="utf-8") as file:
        file.write("2021-02,Tiny,3,0,2021-03-20,UCDP,https://example.org/5\n")
    fault = only(folder)
    assert (fault.file, fault.row) == ("battle_deaths.csv", 2)
    assert "1 row" in fault.message and "[deaths]" in fault.message


def test_with_deaths_it_has_to_be_said_up_to_when_they_are_collected(folder):
    replace(folder, "[coding]", f"{DEATHS}[coding]")
    assert only(folder).message.startswith("'battle_deaths' has no row;")


@pytest.mark.parametrize("day", ["2021-01-02", "2022-06-01"])
def test_an_outcome_whose_first_clock_is_known_too_late_is_one_line_before_any_fit(folder, day):
    replace(folder, "date = 2020-06-01", f"date = {day}")
    (fault,) = checking.faults(folder)
    assert fault.message == (
        "no clock is known by 2021-01-01, the first as-of date; expected one; add an earlier clock"
    )
