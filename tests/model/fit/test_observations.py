"""The arrays of the likelihood, by hand on made-up rows and read off the real evidence."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.evidence import load_evidence
from model.fit import observations
from model.fit.structure import trait_names
from model.scenario import SCENARIO_FOLDER
from tests.model import real_evidence

YEAR = 365.25


@pytest.fixture(scope="module")
def evidence():
    return real_evidence.evidence()


@pytest.fixture(scope="module")
def observed():
    return real_evidence.observed()


def arrays_of(evidence, **tables):
    return observations.observations(replace(evidence, **tables))


def test_a_case_is_its_years_its_ending_and_when_it_entered(evidence):
    case = evidence.cases[evidence.cases["class"] == "war_end_to_agreement"].head(1)
    case = case.assign(start=pd.Timestamp("2000-01-01"), end=pd.Timestamp("2004-01-01"))
    case = case.assign(event=1.0, at_once=0.0, entry_years=1.0)  # a treaty, by both readers
    made = arrays_of(evidence, cases=case)
    # 2000 to 2004 are 1461 days, four years of 365.25 days.
    assert np.exp(made.cases.log_time) == pytest.approx([4.0])
    assert np.exp(made.cases.log_entry) == pytest.approx([1.0])
    assert made.cases.event.tolist() == [1.0]


def test_cases_settled_at_once_have_no_duration(evidence, observed):
    at_once = set(evidence.cases.loc[evidence.cases["at_once"] == 1, "case"])
    assert at_once
    assert not at_once & (set(observed.cases.id) | set(observed.builds.id))


def test_every_other_case_stands_in_exactly_one_table(evidence, observed):
    durations = evidence.cases[evidence.cases["at_once"] == 0]
    assert sorted([*observed.cases.id, *observed.builds.id]) == sorted(durations["case"])


def test_a_trait_says_how_far_a_case_is_from_the_region(evidence, observed):
    names = [(of, trait) for of, trait, _ in trait_names(evidence.scenario)]
    cases = evidence.cases.set_index("case")
    for row, case in enumerate(observed.cases.id):
        for column, (of, trait) in enumerate(names):
            distance = observed.cases.traits[row, column]
            if cases.loc[case, "class"] != of:
                assert distance == 0
            else:
                region = evidence.scenario.reference_class(of).traits[trait]
                assert distance == value(evidence, cases.loc[case], trait) - region


def value(evidence, case, trait):
    """A case's trait: read by two readers where they coded it, else as its row says."""
    rows = evidence.case_codings.query("case == @case.name and trait == @trait")
    if trait in set(evidence.case_codings["trait"]):
        return rows[["first_reader", "second_reader"]].to_numpy().mean()
    return trait in case["traits"].split(";")


def coded(evidence, trait, case, first, second):
    row = {"case": case, "trait": trait, "first_reader": first, "second_reader": second}
    return pd.concat([evidence.case_codings, pd.DataFrame([row])], ignore_index=True)


@pytest.mark.parametrize("first, second, mean", [(0, 0, 0.0), (1, 0, 0.5), (0, 1, 0.5), (1, 1, 1)])
def test_a_coded_trait_is_the_mean_of_two_readers(evidence, first, second, mean):
    case = evidence.cases[evidence.cases["class"] == "text_to_signature"].head(1)
    case = case.assign(case="made-up", at_once=0.0)
    codings = coded(evidence, "precondition", "made-up", first, second)
    made = arrays_of(evidence, cases=case, case_codings=codings)
    names = [(of, trait) for of, trait, _ in trait_names(evidence.scenario)]
    place = names.index(("text_to_signature", "precondition"))
    assert made.cases.traits[0, place] == mean - 1  # the region has a precondition


@pytest.mark.parametrize("first, second, event", [(0, 0, 0.0), (1, 0, 0.5), (1, 1, 1.0)])
def test_an_ending_that_is_no_formal_treaty_is_watched_to_its_day_and_is_no_event(
    evidence, first, second, event
):
    case = evidence.cases[evidence.cases["class"] == "war_end_to_agreement"].head(1)
    case = case.assign(case="made-up", event=1.0, at_once=0.0, entry_years=np.nan)
    case = case.assign(start=pd.Timestamp("2000-01-01"), end=pd.Timestamp("2004-01-01"))
    codings = coded(evidence, "formal_treaty", "made-up", first, second)
    made = arrays_of(evidence, cases=case, case_codings=codings)
    assert np.exp(made.cases.log_time) == pytest.approx([4.0])
    assert made.cases.event.tolist() == [event]


def test_before_any_reader_has_read_the_endings_of_a_class_none_counts(evidence):
    case = evidence.cases[evidence.cases["class"] == "war_end_to_agreement"].head(1)
    case = case.assign(event=1.0, at_once=0.0, entry_years=np.nan)
    codings = evidence.case_codings.query("trait != 'formal_treaty'")
    assert arrays_of(evidence, cases=case, case_codings=codings).cases.event.tolist() == [0.0]


def test_sixty_one_wars_had_eleven_and_a_half_treaties():
    # Both readers found a treaty in 11 endings that took time, one of them in one more.
    made = observations.observations(load_evidence(SCENARIO_FOLDER, date(2025, 12, 31)))
    scenario = real_evidence.evidence().scenario
    of = made.cases.class_ == scenario.class_ids.index("war_end_to_agreement")
    assert of.sum() == 61 and made.cases.event[of].sum() == 11.5


def test_the_gate_cannot_exceed_the_shortest_time_in_which_anything_was_built(evidence, observed):
    built = observed.builds.time[observed.builds.event == 1]
    c = evidence.scenario.class_ids.index("corridor_new_build")
    assert observed.gate_cap[c] == built.min()


def clashes(*rows):
    table = pd.DataFrame(rows, columns=["date", "deaths", "in_armenia_proper"])
    return table.assign(date=pd.to_datetime(table["date"]))


def test_an_offensive_is_dated_to_the_day_a_months_toll_is_reached():
    table = clashes(("2022-09-06", 10, 1), ("2022-09-13", 14, 1), ("2022-09-20", 1, 1))
    assert observations.deadly_months(table, 25) == [pd.Timestamp("2022-09-20")]


def test_a_toll_does_not_run_on_into_the_next_month_and_karabakh_does_not_count():
    table = clashes(("2022-09-30", 20, 1), ("2022-10-01", 20, 1), ("2022-10-02", 400, 0))
    assert observations.deadly_months(table, 25) == []


def test_a_deadly_month_counts_once():
    table = clashes(("2022-09-13", 286, 1), ("2022-09-28", 30, 1))
    assert observations.deadly_months(table, 25) == [pd.Timestamp("2022-09-13")]


def test_the_region_had_one_offensive_since_2020_and_nothing_else(evidence, observed):
    happened = dict(zip(evidence.scenario.outcome_ids, observed.weeks.event.sum(0), strict=True))
    assert happened.pop("renewed_offensive") == 1
    assert set(happened.values()) == {0}


def test_the_weeks_cover_the_record_from_its_start_through_the_as_of_day(evidence, observed):
    days = (date(2023, 9, 21) - date(2020, 11, 10)).days + 1
    assert observed.weeks.exposure.sum(axis=0) * YEAR == pytest.approx(np.full(6, days))


def test_an_outcome_that_happens_once_is_not_at_risk_afterwards():
    later = load_evidence(SCENARIO_FOLDER, date(2025, 12, 31))
    made, ids = observations.observations(later), later.scenario.outcome_ids
    k = ids.index("russian_withdrawal")
    (week,) = np.flatnonzero(made.weeks.event[:, k])
    assert (made.weeks.exposure[: week + 1, k] > 0).all()
    assert (made.weeks.exposure[week + 1 :, k] == 0).all()
    assert (made.weeks.exposure[:, ids.index("renewed_offensive")] > 0).all()


def test_the_clock_restarts_on_its_day(evidence, observed):
    k = evidence.scenario.outcome_ids.index("renewed_offensive")
    years = np.exp(observed.weeks.log_time[:, k])
    # The first week's middle is 3.5 days after the ceasefire of 10 November 2020.
    assert years[0] == pytest.approx(3.5 / YEAR)
    # Restarted inside a week, the clock holds from the next: its middle is at most 10.5 days in.
    assert years[np.flatnonzero(np.diff(years) < 0) + 1].max() <= 10.5 / YEAR


def test_a_link_from_the_past_fades_by_half_each_half_life(evidence):
    scenario = evidence.scenario
    days = {id: [] for id in scenario.outcome_ids}
    days["renewed_offensive"] = [pd.Timestamp("2022-09-13")]
    at = pd.DatetimeIndex(["2022-09-12", "2022-09-13", "2022-12-12", "2023-03-12"])
    chance = observations.acting(scenario, days, at)
    sent = [link.from_ == "renewed_offensive" for link in scenario.links]
    # Half-life 90 days: before and on the day nothing, then a half, then a quarter.
    assert chance[:, sent].T == pytest.approx(np.tile([0, 0, 0.5, 0.25], (sum(sent), 1)))
    assert (chance[:, ~np.array(sent)] == 0).all()


def test_a_link_without_a_half_life_acts_for_good(evidence):
    days = {id: [] for id in evidence.scenario.outcome_ids}
    days["russian_withdrawal"] = [pd.Timestamp("2021-01-01")]
    chance = observations.acting(evidence.scenario, days, pd.DatetimeIndex(["2023-09-21"]))
    sent = [link.from_ == "russian_withdrawal" for link in evidence.scenario.links]
    assert (chance[0, sent] == 1).all()


def test_deaths_without_a_month_may_belong_to_any_month_of_their_year(evidence):
    table = evidence.deaths
    year = table["month"].dt.year == 2021
    made = arrays_of(evidence, deaths=table.assign(unassigned_in_year=np.where(year, 4.0, 0.0)))
    in_2021 = pd.DatetimeIndex(made.months.start).year == 2021
    # Two places with 4 each: 8 spread over two of the twelve months, 4 more in each of these.
    assert (made.months.more_chance[in_2021] == 2 / 12).all()
    assert (made.months.deaths_more - made.months.deaths)[in_2021].tolist() == [4.0] * 12
    assert (made.months.more_chance[~in_2021] == 0).all()


def test_no_event_explains_the_week_it_happens_in(evidence, observed):
    day = pd.Timestamp("2022-09-13")
    later = evidence.events["date"] >= day
    known = evidence.events[~later]
    without = arrays_of(
        evidence,
        events=known,
        codings=evidence.codings[evidence.codings["event"].isin(known["event"])],
    )
    k = evidence.scenario.outcome_ids.index("renewed_offensive")
    (week,) = np.flatnonzero(observed.weeks.event[:, k])
    assert without.weeks.mean[week] == pytest.approx(observed.weeks.mean[week])
    assert not np.allclose(without.weeks.mean[week + 1], observed.weeks.mean[week + 1])
