"""From one run's evidence to another's: what changes in which step; nothing is left over."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from model.changes import steps
from model.changes.event_shares import new_events
from model.fit.observations import observations
from model.runs import identity


def kinds(old, new):
    return [step.kind for step in steps.steps(old, new)]


def with_interval(run, low, high):
    first, *rest = run.scenario.effects
    changed = first.model_copy(update={"hazard_ratio": (low, high)})
    scenario = run.scenario.model_copy(update={"effects": (changed, *rest)})
    evidence = replace(run.evidence, scenario=scenario)
    manifest = run.manifest | {"made_from": identity.made_from(evidence)}
    return replace(run, evidence=evidence, manifest=manifest)


def test_a_run_and_itself_are_no_step_apart(fitted):
    assert kinds(fitted, fitted) == []


def test_a_months_steps_are_time_the_clocks_of_the_war_the_tables_and_events(earlier, fitted):
    # on 20 September 2023 two clocks and a switch turned; no prior changed
    found = kinds(earlier, fitted)
    assert found[:2] == ["time", "facts"] and found[-1] == "events"
    assert set(found) <= {"time", "facts", "record", "cases", "events"}


def test_the_last_step_is_what_the_newer_run_was_fitted_to(earlier, fitted):
    for new in (fitted, with_interval(fitted, 1.1, 1.2)):
        last = steps.steps(earlier, new)[-1].evidence
        assert identity.made_from(last) == identity.made_from(new.evidence)


def test_an_interval_alone_is_a_step_of_priors(fitted):
    assert kinds(fitted, with_interval(fitted, 1.1, 1.2)) == ["priors"]


def test_a_run_of_other_code_begins_with_the_same_evidence_fitted_anew(fitted):
    other = replace(fitted, manifest=fitted.manifest | {"made_from": "0" * 12})
    (step,) = steps.steps(other, fitted)
    assert step.kind == "code" and step.evidence is other.evidence


def test_time_alone_adds_weeks_and_no_event_no_death_no_clock(earlier, fitted):
    time = steps.steps(earlier, fitted)[0].evidence
    assert time.as_of == date(2023, 9, 21)
    assert time.events is earlier.evidence.events and time.deaths is earlier.evidence.deaths
    before, after = observations(earlier.evidence), observations(time)
    # 31 days are four or five weeks more; no outcome came about in them
    assert len(after.weeks.event) - len(before.weeks.event) in (4, 5)
    assert after.weeks.event.sum() == before.weeks.event.sum()


def test_new_events_are_those_known_later_and_those_coded_anew(earlier, fitted):
    old, new = earlier.evidence, fitted.evidence
    known = new.events.loc[new.events["known_on"] > pd.Timestamp(2023, 8, 21), "event"]
    later = set(known) & set(new.codings["event"])
    assert later and set(new_events(old, new)) == later
    first = old.codings["event"].iloc[0]
    changed = new.codings["first_coder"].where(new.codings["event"] != first, -3.0)
    recoded = replace(new, codings=new.codings.assign(first_coder=changed))
    assert set(new_events(old, recoded)) == later | {first}


@pytest.mark.parametrize("column", ["what_happened", "source_url"])
def test_an_event_in_other_words_is_not_a_new_one(fitted, column):
    evidence = fitted.evidence
    reworded = replace(evidence, events=evidence.events.assign(**{column: "else"}))
    assert new_events(evidence, reworded) == []
