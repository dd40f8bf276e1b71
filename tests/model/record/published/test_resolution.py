"""Resolved, open, void, and scores, by hand."""

import math
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from model.evidence import load_evidence
from model.record.published import resolution
from model.record.published.publishing import rule_of
from model.record.published.stored import Stored, table
from model.scenario import SCENARIO_FOLDER
from tests.model.record.ledger.made_up import forecast, override

# The withdrawal came on 12 June 2024 and was known that day; nothing else of these has come.
CAME = date(2024, 6, 12)


@pytest.fixture(scope="module")
def known():
    return load_evidence(SCENARIO_FOLDER, date(2025, 1, 1))


def row(known, outcome, as_of, deadline, probability=0.2, **other):
    rule = rule_of(known.scenario.outcome(outcome))
    days = {"as_of": date.fromisoformat(as_of), "deadline": date.fromisoformat(deadline)}
    return forecast(outcome=outcome, rule=rule, probability=probability, **days, **other)


def resolved(known, *rows):
    kept = table("forecasts", [one | {"number": n} for n, one in enumerate(rows, start=1)])
    return resolution.resolved(kept, known)


def status(known, *row_of):
    (told,) = resolved(known, row(known, *row_of)).to_dict("records")
    return told["status"], told["happened"], told["decided_on"]


@pytest.mark.parametrize(
    "asked, told",
    {
        ("2024-01-01", "2024-12-31"): ("resolved", True, CAME),
        ("2024-06-11", "2024-06-12"): ("resolved", True, CAME),  # on the deadline itself
        ("2024-01-01", "2024-06-11"): ("resolved", False, date(2024, 6, 11)),
        ("2024-06-12", "2024-12-31"): ("void", None, None),  # it was so on the as-of day
    }.items(),
)
def test_what_came_is_resolved_by_its_day(known, asked, told):
    assert status(known, "russian_withdrawal", *asked) == told


def test_what_has_not_come_is_open_until_its_deadline(known):
    asked = "peace_treaty", "2024-01-01"
    assert status(known, *asked, "2024-12-01") == ("resolved", False, date(2024, 12, 1))
    assert status(known, *asked, "2025-06-01") == ("open", None, None)


def test_what_came_before_its_deadline_is_resolved_and_not_scored_until_then(known):
    early = resolved(known, row(known, "russian_withdrawal", "2024-01-01", "2025-12-31"))
    assert early[["status", "happened", "scored"]].to_numpy().tolist() == [
        ["resolved", True, False]
    ]
    assert resolution.score_table(early, ["probability"]).empty


def test_what_happens_again_is_not_void_for_what_came_before(known):
    # fighting in September 2022 reached the rule; a forecast of 2023 asks for the next
    assert status(known, "renewed_offensive", "2023-10-01", "2024-03-01") == (
        "resolved",
        False,
        date(2024, 3, 1),
    )


def test_another_rule_or_outcome_makes_it_void(known):
    changed = row(known, "peace_treaty", "2024-01-01", "2024-12-01") | {"rule": "f" * 12}
    gone = changed | {"outcome": "reunification"}
    told = resolved(known, changed, gone)
    assert list(told["status"]) == ["void", "void"]
    assert list(told["why"]) == [resolution.OTHER_RULE, resolution.UNASKED]
    assert resolution.score_table(told, ["probability"]).empty


def test_nothing_is_known_beyond_the_day_up_to_which_a_table_was_collected(known):
    collected = known.collected.assign(collected_to=pd.Timestamp("2024-03-01"))
    quiet = replace(known, collected=collected)
    assert status(quiet, "peace_treaty", "2024-01-01", "2024-06-01") == ("open", None, None)


def test_scores_are_those_of_a_hand(known):
    told = resolved(
        known,
        row(known, "russian_withdrawal", "2024-01-01", "2024-12-01", 0.7, term="year end"),
        row(known, "russian_withdrawal", "2023-12-01", "2024-03-01", 0.1, term="3 months"),
        row(known, "peace_treaty", "2024-01-01", "2024-07-01", 0.4, term="6 months"),
        row(known, "peace_treaty", "2024-01-01", "2026-01-01", 0.9, term="24 months"),  # open
    )
    scores = resolution.score_table(told, ["probability"]).set_index(["by", "of"])
    # Brier: 0.3² = 0.09, 0.1² = 0.01, 0.4² = 0.16; their mean 0.26 / 3
    whole = scores.loc[("all", "all")]
    assert (whole["forecasts"], whole["came"]) == (3, 1)
    assert whole["brier"] == pytest.approx(0.26 / 3)
    logs = -math.log(0.7), -math.log(0.9), -math.log(0.6)
    assert whole["log_score"] == pytest.approx(sum(logs) / 3)
    assert scores.loc[("outcome", "russian_withdrawal"), "brier"] == pytest.approx(0.05)
    assert scores.loc[("term", "6 months"), "log_score"] == pytest.approx(logs[2])
    assert ("term", "24 months") not in scores.index
    assert list(resolution.misses(told)["given"]) == pytest.approx([0.6, 0.7, 0.9])


def test_what_was_published_after_the_fact_is_counted_apart(known):
    asked = "russian_withdrawal", "2024-01-01", "2024-12-31"
    before, after = map(datetime.fromisoformat, ("2024-03-12", "2024-07-12"))
    told = resolved(
        known, row(known, *asked, published=before), row(known, *asked, published=after)
    )
    assert resolution.counts(told) == {"resolved": 2, "open": 0, "void": 0, "ahead": 1}
    assert list(resolution.ahead(told)) == [True, False]


def test_an_override_is_scored_beside_what_it_overrides(known):
    asked = row(known, "peace_treaty", "2024-01-01", "2024-07-01", 0.4)
    still = row(known, "peace_treaty", "2024-01-01", "2026-07-01", 0.4)
    kept = Stored(
        table("forecasts", [one | {"number": n} for n, one in enumerate((asked, still), start=1)]),
        table("overrides", [override(n, before=0.4, after=0.1) | {"number": n} for n in (1, 2)]),
    )
    told = resolution.overrides_resolved(kept, known)
    assert list(told["status"]) == ["resolved", "open"]
    scores = resolution.score_table(told, ["before", "after"])
    whole = scores[scores["by"] == "all"].set_index("chance")["brier"]
    assert whole.to_dict() == pytest.approx({"before": 0.16, "after": 0.01})


def test_where_nothing_was_published_there_is_nothing_to_score(known):
    told = resolution.resolved(Stored().forecasts, known)
    assert resolution.counts(told) == {"resolved": 0, "open": 0, "void": 0, "ahead": 0}
    assert resolution.score_table(told, ["probability"]).empty
    assert resolution.overrides_resolved(Stored(), known).empty
    assert isinstance(resolution.misses(told), pd.DataFrame)
