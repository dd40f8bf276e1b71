"""If A, then B: the table agrees with the joint forecast and leaves out what few draws back."""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from model.assumptions import Assumptions, OutcomeAssumption
from model.explain.conditional import conditional_table, default_day
from model.forecast import forecast
from model.shell.if_then import as_json, show
from tests.model.forecast.suppositions import DAY, DEADLINE, OUTCOMES, chances, in_joint

AS_OF = date(2023, 9, 21)


@pytest.fixture(scope="module")
def table(thin):
    """The default table: by the end of 2023, given A by or on 1 November."""
    return conditional_table(thin)


@pytest.fixture(scope="module")
def at_the_deadline(thin):
    """The same, given A by or on the last day of 2023."""
    return conditional_table(thin, day=DEADLINE)


def test_a_row_stands_for_each_ordered_pair_of_different_outcomes(table):
    pairs = list(zip(table["given"], table["outcome"], strict=True))
    assert pairs == [(a, b) for a in OUTCOMES for b in OUTCOMES if a != b]
    assert set(table["day"]) == {DAY} and set(table["deadline"]) == {DEADLINE}


def test_published_is_the_forecast_with_nothing_assumed(table, plain):
    assert (table["published"] == table["outcome"].map(chances(plain))).all()


def test_assumed_by_the_deadline_is_the_ratio_of_the_published_joint(plain, at_the_deadline):
    for row in at_the_deadline.itertuples():
        expected = in_joint(plain, row.given, row.outcome) / in_joint(plain, row.given)
        assert abs(row.assumed - expected) < 1e-9, (row.given, row.outcome)
        assert row.chance == pytest.approx(in_joint(plain, row.given), rel=1e-9)


def total(table):
    """P(B) = P(B | A) P(A) + P(B | not A) P(not A), for each row."""
    return table["assumed"] * table["chance"] + table["assumed_not"] * (1 - table["chance"])


def test_that_it_has_and_has_not_happened_average_to_the_published(table, at_the_deadline):
    assert np.abs(total(at_the_deadline) - at_the_deadline["published"]).max() < 1e-9
    # 1 November is no edge of the published forecast's steps, which moves its drivers a little
    assert np.abs(total(table) - table["published"]).max() < 2e-4


def test_what_is_made_on_the_deadline_has_no_time_to_act(at_the_deadline):
    assert np.abs(at_the_deadline["made"] - at_the_deadline["published"]).max() < 1e-9


@pytest.mark.parametrize("given", ["renewed_offensive", "corridor_open"])
def test_each_row_is_what_a_forecast_under_its_assumption_says(thin, given):
    """All pairs are solved together; a forecast solves its own. A later deadline leaves draws."""
    deadline, day = date(2024, 12, 31), date(2024, 7, 1)
    rows = conditional_table(thin, deadline, day).set_index(["given", "outcome"]).loc[given]
    for column, supposed in (
        ("assumed", OutcomeAssumption(id=given, by=day)),
        ("assumed_not", OutcomeAssumption(id=given, by=day, happens=False)),
        ("made", OutcomeAssumption(id=given, on=day, verb="make")),
    ):
        answer = forecast(thin, Assumptions(outcomes=(supposed,)), deadline)
        expected = answer.outcomes.set_index("outcome").loc[rows.index]
        assert rows[column].to_numpy() == pytest.approx(expected["probability"], abs=1e-7)
        if column != "assumed_not":
            assert rows[f"mcse_{column}"].to_numpy() == pytest.approx(expected["mcse"], rel=1e-4)
        if column == "assumed":
            assert set(rows["effective_draws"].round(2)) == {round(answer.effective_draws, 2)}


def neutral(run):
    """The run with one value of every parameter, no effect of any driver and no hazard ratio."""
    same = {name: np.repeat(values[:1], len(values), axis=0) for name, values in run.draws.items()}
    still = {name: np.zeros_like(same[name]) for name in ("pull", "link_size")}
    return replace(run, draws=same | still)


def test_where_nothing_is_caused_or_shared_both_verbs_leave_the_published_chance(thin):
    """All pairs but one: fighting brings a third state in at a class's rate, not by a ratio."""
    table = conditional_table(neutral(thin))
    linked = {"renewed_offensive", "turkish_involvement"}
    free = table[~(table["given"].isin(linked) & table["outcome"].isin(linked))]
    assert len(free) == 28
    for verb in ("assumed", "made", "assumed_not"):
        assert np.abs(free[verb] - free["published"]).max() < 1e-5, verb  # the engine's exactness


def test_rarity_is_the_inverse_of_the_chance_of_a_by_the_day(thin, table):
    by_day = forecast(thin, deadline=DAY)
    assert table["chance"].to_numpy() == pytest.approx(
        table["given"].map(chances(by_day)).to_numpy(), rel=1e-6
    )
    assert table["one_in"].to_numpy() == pytest.approx(1 / table["chance"].to_numpy())


def test_monte_carlo_errors_cover_the_table_of_all_draws(fitted, table):
    """A tenth of the draws: differences from the whole run are a few of their own errors."""
    whole = conditional_table(fitted)
    for verb in ("assumed", "made"):
        off = np.abs(table[verb] - whole[verb]) / table[f"mcse_{verb}"]
        assert off.max() < 5 and off.median() > 0.2


@pytest.fixture(scope="module")
def scarce(fitted):
    """The table of a run so thin that some, not all, of its rows fall under 100 effective draws."""
    few = {
        name: {key: values[::22] for key, values in getattr(fitted, name).items()}
        for name in ("draws", "paths")
    }
    return conditional_table(replace(fitted, **few))


def test_a_row_that_too_few_draws_stand_behind_says_so_in_place_of_a_number(scarce):
    refused = scarce["refused"] != ""
    assert refused.any() and not refused.all()
    assert scarce.loc[refused, "refused"].str.contains("effective draws of 182").all()
    for column in ("assumed", "mcse_assumed", "effective_draws"):
        assert (scarce[column].isna() == refused).all(), column
    assert (scarce.loc[~refused, "effective_draws"] >= 100).all()


def test_a_refused_row_keeps_what_needs_no_reweighting(scarce):
    numbers = scarce[["published", "made", "chance", "one_in", "mcse_made"]]
    assert np.isfinite(numbers.to_numpy()).all()


def test_an_outcome_that_has_happened_for_good_is_in_no_pair(thin):
    past = thin.manifest["happened"] | {"russian_withdrawal": ["2023-09-11"]}
    run = replace(thin, manifest=thin.manifest | {"happened": past})
    table = conditional_table(run)
    assert len(table) == 5 * 4
    assert "russian_withdrawal" not in {*table["given"], *table["outcome"]}


@pytest.mark.parametrize("day", [AS_OF, DEADLINE + timedelta(days=1)])
def test_a_day_outside_the_forecast_is_one_plain_line(thin, day):
    with pytest.raises(ValueError, match=f"^day {day} is not between .*{AS_OF}.*{DEADLINE}$"):
        conditional_table(thin, day=day)


def test_a_deadline_outside_the_forecast_is_one_plain_line(thin):
    with pytest.raises(ValueError, match="^deadline 2030-01-01 is not within the forecast.*$"):
        conditional_table(thin, deadline=date(2030, 1, 1))


@pytest.mark.parametrize(
    "as_of, deadline, expected",
    [
        # a third of 101 days is 33: 24 October, nearer to 1 November than to 1 October
        (AS_OF, DEADLINE, DAY),
        # 183 days before the deadline: 1 July, later than a third of the way
        (AS_OF, date(2024, 12, 31), date(2024, 7, 1)),
        (AS_OF, date(2025, 12, 31), date(2025, 7, 1)),
        # a third of 274 days is 91: 21 December, just when 183 days before 21 June are left
        (AS_OF, date(2024, 6, 21), date(2024, 1, 1)),
        # under 90 days: a third of 31 days is 10, and it is not moved
        (date(2023, 11, 30), DEADLINE, date(2023, 12, 10)),
        (date(2023, 12, 30), DEADLINE, DEADLINE),
    ],
)
def test_the_default_day_leaves_time_for_both(as_of, deadline, expected):
    assert default_day(as_of, deadline) == expected


@pytest.mark.parametrize("span", [2, 30, 89, 90, 91, 120, 400, 1096])
@pytest.mark.parametrize("as_of", [date(2023, 9, 21), date(2024, 1, 31), date(2024, 2, 1)])
def test_the_default_day_lies_inside_the_forecast(as_of, span):
    deadline = as_of + timedelta(days=span)
    assert as_of < default_day(as_of, deadline) < deadline


def test_the_shell_shows_a_dash_and_the_reason_for_what_is_refused(fitted, scarce, capsys):
    show(fitted, scarce)
    out = capsys.readouterr().out
    refused = scarce[scarce["refused"] != ""]
    assert out.count("– / ") == len(refused)
    assert all(out.count(why) == 1 for why in refused["refused"].unique())


def test_refused_numbers_are_null_in_json(fitted, scarce):
    printed = json.loads(json.dumps(as_json(fitted, scarce), allow_nan=False))
    assert [pair["assumed"] is None for pair in printed["pairs"]] == list(scarce["refused"] != "")


def test_where_no_pair_is_open_the_shell_says_so(fitted, table, capsys):
    show(fitted, table.iloc[:0])
    assert "no pair" in capsys.readouterr().out
