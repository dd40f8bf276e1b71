"""The parts of a move add up, and an event's share is what a fit without it says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model import refit
from model.changes import kept
from model.changes.difference import TITLES, difference, title_of
from model.changes.event_shares import event_shares
from model.forecast import forecast
from model.runs import Settings

DEADLINE = date(2023, 12, 31)


def test_two_draws_of_one_question_differ_by_noise_alone(fitted, thin):
    found = difference(fitted, thin, DEADLINE)
    assert set(found.parts["kind"]) == {"noise"}
    moved = found.moves.set_index("outcome")["moved"]
    assert found.parts.set_index("outcome")["share"].to_dict() == moved.to_dict()
    # a tenth of the draws: no move is beyond four of its standard errors, and none is nothing
    assert (found.moves["moved"].abs() < 4 * found.moves["mcse"]).all()
    assert (found.moves["mcse"] > 0).any()


def test_the_older_run_is_named_first(earlier, fitted):
    with pytest.raises(ValueError, match="2023-09-21 is after 2023-08-21; name the older"):
        difference(fitted, earlier)


def test_runs_of_two_scenarios_are_not_compared(fitted, thin):
    elsewhere = thin.scenario.model_copy(update={"id": "elsewhere"})
    other = replace(thin, evidence=replace(thin.evidence, scenario=elsewhere))
    with pytest.raises(ValueError, match=f"{fitted.id} is of south_caucasus, .* of elsewhere"):
        difference(fitted, other)


def test_what_is_kept_comes_back_as_it_was(fitted, thin, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    found = difference(fitted, thin, DEADLINE)
    assert kept.kept(found.new) is None
    kept.keep(found)
    again = kept.kept(found.new)
    assert (again.old, again.new, again.deadline) == (found.old, found.new, found.deadline)
    assert again.moves.equals(found.moves) and again.parts.equals(found.parts)
    (tmp_path / "changes" / f"{found.new}.json").write_text("{")
    with pytest.raises(ValueError, match="is damaged"):
        kept.kept(found.new)


def test_an_event_is_called_by_its_day_and_words(fitted):
    row = fitted.evidence.events.iloc[0]
    assert title_of("events", row["event"], fitted).startswith(f"{row['date']:%Y-%m-%d} ")
    assert title_of("events", "", fitted) == "The other events, and what events do together"
    assert title_of("noise", "", fitted) == TITLES["noise"]


@pytest.fixture(scope="module")
def both(earlier, fitted):
    """The month of September 2023 divided, with short fits of 400 draws per chain."""
    short = {"draws": 400, "tune": 400}
    smaller = fitted.manifest | {"settings": fitted.manifest["settings"] | short}
    return difference(earlier, replace(fitted, manifest=smaller), DEADLINE)


@pytest.mark.slow  # five fits
def test_the_parts_of_each_headline_add_up_to_its_move(both):
    sums = both.parts.groupby("outcome")["share"].sum()
    for row in both.moves.itertuples():
        assert sums[row.outcome] == pytest.approx(row.moved, abs=1e-12)
    noise = both.parts[both.parts["kind"] == "noise"]
    assert (noise["share"].abs() < 4 * noise["mcse"] + 1e-9).all()


@pytest.mark.slow
def test_an_events_share_is_what_a_fit_without_it_says(earlier, fitted):
    shares = event_shares(earlier.evidence, fitted, DEADLINE)
    first = shares.sort_values("share", key=abs).iloc[-1]
    evidence = fitted.evidence
    gone = replace(evidence, events=evidence.events[evidence.events["event"] != first["about"]])
    left = gone.codings["event"].isin(gone.events["event"])
    gone = replace(gone, codings=gone.codings[left].reset_index(drop=True))
    run = refit.fitted(gone, Settings(draws=500))
    rows = [forecast(one, deadline=DEADLINE).row(first["outcome"]) for one in (fitted, run)]
    moved = rows[0]["probability"] - rows[1]["probability"]
    error = np.hypot(*(row["mcse"] for row in rows))
    assert abs(moved - first["share"]) < 4 * np.hypot(error, first["mcse"])
