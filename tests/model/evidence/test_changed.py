"""Evidence other than it is: a country's media left out, what-if events added."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.assumptions import AddedEvent, Assumptions, LeftOut, faults, files
from model.beliefs.believed import believed
from model.evidence import countries
from model.fit import drivers
from model.fit.observations import observations
from model.forecast import answered, forecast
from model.runs import identity
from model.runs.settings import STANDARD
from model.scenario import default_deadline, last_day
from tests.model import real_evidence

GYUMRI = AddedEvent(
    what="Russia closes its base at Gyumri",
    date=date(2023, 9, 1),
    driver="russian_commitment",
    strength=-3,
)


def evidence(**parts):
    return believed(real_evidence.evidence(), Assumptions(**parts))


def chances(run, **parts):
    return answered(run, Assumptions(**parts), default_deadline(run.as_of)).outcomes["probability"]


def test_a_countrys_media_are_all_the_sources_that_the_table_gives_it():
    before, after = real_evidence.evidence(), evidence(left_out=(LeftOut(country="Iran"),))
    where = countries(before)
    gone = set(before.events["event"]) - set(after.events["event"])
    assert gone == set(before.events.loc[where == "Iran", "event"]) and len(gone) == 5
    assert not set(after.codings["event"]) & gone
    assert list(after.events.columns) == list(before.events.columns)


@pytest.mark.slow
def test_a_country_left_out_is_its_sources_left_out_one_by_one(fitted):
    known = real_evidence.evidence()
    sources = known.events.loc[countries(known) == "Iran", "source"].unique()
    one_by_one = tuple(LeftOut(source=source) for source in sources)
    assert len(one_by_one) > 1
    together = chances(fitted, left_out=(LeftOut(country="Iran"),))
    pd.testing.assert_series_equal(together, chances(fitted, left_out=one_by_one), rtol=1e-9)


def test_a_country_without_media_gets_one_line_and_the_nearest_name():
    with pytest.raises(ValueError) as problem:
        evidence(left_out=(LeftOut(country="Irann"),))
    message = "no event known by 2023-09-21 is from the media of 'Irann'; did you mean 'Iran'?"
    assert str(problem.value) == message


def test_sources_and_their_countries_are_in_no_runs_id():
    table = real_evidence.evidence().events
    other = table.assign(source="another name")
    ids = [identity.run_id(evidence_with(rows), STANDARD) for rows in (table, other)]
    assert ids[0] == ids[1] and "sources" not in identity.FIT_TABLES


def evidence_with(events):
    from dataclasses import replace

    return replace(real_evidence.evidence(), events=events)


def test_an_added_event_moves_its_driver_by_its_weight_and_no_other():
    """weight 0.98 x -3, 20 days old: 0.98 * -3 * 2^(-20 / half-life) / scale in raw units."""
    before, after = observations(real_evidence.evidence()), observations(evidence(events=(GYUMRI,)))
    scenario = real_evidence.evidence().scenario
    place = scenario.driver_ids.index(GYUMRI.driver)
    driver = scenario.drivers[place]
    moved = after.history.mean[-1] - before.history.mean[-1]
    expected = 0.98 * -3 * 2 ** (-20 / driver.half_life_days) / driver.scale
    assert moved[place] == pytest.approx(expected)
    assert np.delete(moved, place) == pytest.approx(0, abs=1e-12)


def test_a_turn_away_from_armenia_makes_its_exit_from_the_csto_likelier(fitted):
    answer = forecast(fitted, Assumptions(events=(GYUMRI,)))
    assert answer.method == "reweighted" and answer.reliable
    rows = answer.outcomes.set_index("outcome")["probability"]
    before = forecast(fitted).outcomes.set_index("outcome")["probability"]
    assert rows["csto_exit"] > before["csto_exit"]


@pytest.mark.parametrize("driver", ["russian_commitment", "azerbaijani_coercion"])
def test_an_event_of_no_strength_changes_nothing_beyond_monte_carlo_noise(fitted, driver):
    nothing = GYUMRI.model_copy(update={"strength": 0.0, "driver": driver})
    with_it = answered(
        fitted, Assumptions(events=(nothing,)), default_deadline(fitted.as_of)
    ).outcomes
    without = forecast(fitted).outcomes
    gap = (with_it["probability"] - without["probability"]).abs()
    assert (gap < 3 * without["mcse"]).all()


def lone_agency_report():
    """An event of an agency on one driver, read alike by both coders, an origin of its own."""
    events, codings = real_evidence.evidence().events, real_evidence.evidence().codings
    alone = events["origin"].map(events["origin"].value_counts()) == 1
    fits = events[alone & (events["reliability"] == "A") & (events["precision"] == "day")]
    fits = fits[fits["date"] == fits["known_on"]]
    coded = codings[codings["first_coder"] == codings["second_coder"]].merge(fits, on="event")
    return coded.drop_duplicates("event", keep=False).iloc[-1]


def test_leaving_out_an_event_and_adding_the_same_are_inverse():
    row = lone_agency_report()
    same = AddedEvent(
        what=row["what_happened"],
        date=row["date"].date(),
        driver=row["driver"],
        strength=row["first_coder"],
    )
    back = observations(evidence(left_out=(LeftOut(event=row["event"]),), events=(same,)))
    before = observations(real_evidence.evidence())
    for stretch in ("weeks", "months", "history"):
        means = [getattr(seen, stretch).mean for seen in (back, before)]
        assert means[0] == pytest.approx(means[1], abs=1e-12)
    noises = [seen.history.noise for seen in (back, before)]
    spreads = [np.einsum("tcd,ucd->tud", noise, noise) for noise in noises]
    assert spreads[0] == pytest.approx(spreads[1], abs=1e-9)
    gone = observations(evidence(left_out=(LeftOut(event=row["event"]),)))
    assert not np.allclose(gone.weeks.mean, before.weeks.mean, atol=1e-12)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(
    strength=st.floats(-3, 3),
    age=st.integers(0, 12000),
    driver=st.sampled_from(real_evidence.evidence().scenario.driver_ids),
)
def test_any_added_event_gives_levels_within_the_scale(strength, age, driver):
    added = GYUMRI.model_copy(
        update={
            "strength": strength,
            "date": real_evidence.evidence().as_of - timedelta(days=age),
            "driver": driver,
        }
    )
    levels = observations(evidence(events=(added,)))
    assert np.isfinite(levels.weeks.noise).all()
    assert np.abs(drivers.saturate(levels.weeks.mean)).max() <= 2


def test_added_events_survive_file_and_link():
    assumptions = Assumptions(events=(GYUMRI,), left_out=(LeftOut(country="Russia"),))
    assert files.from_toml(files.to_toml(assumptions)) == assumptions
    assert files.from_json(files.to_json(assumptions)) == assumptions
    assert files.from_link(files.to_link(assumptions)) == assumptions


def fault(fitted, **changed):
    wrong = Assumptions(events=(GYUMRI.model_copy(update=changed),))
    (line,) = faults(wrong, fitted.scenario, fitted.as_of, last_day(fitted.scenario, fitted.as_of))
    return line


def test_an_added_event_of_the_future_or_of_no_driver_is_said_in_a_line(fitted):
    assert fault(fitted, date=date(2023, 9, 22)) == (
        "added event on driver 'russian_commitment': 2023-09-22 is not between 1990-01-01 and "
        "2023-09-21; of what is still to come, set the driver or the outcome"
    )
    assert "1989-12-31 is not between" in fault(fitted, date=date(1989, 12, 31))
    assert "did you mean 'turkish_backing'?" in fault(fitted, driver="turkish_backin")
    twice = Assumptions(events=(GYUMRI, GYUMRI.model_copy(update={"strength": 1.0})))
    (line,) = faults(twice, fitted.scenario, fitted.as_of, last_day(fitted.scenario, fitted.as_of))
    assert "stands twice" in line and GYUMRI.what in line


@pytest.mark.parametrize(
    "line, message",
    [
        ("strength = 3.5", "event.1.strength: 3.5 where a number up to 3 was expected"),
        ('strength = "much"', "event.1.strength: 'much' where a number was expected"),
        ('strength = 1\nwhat = " "', "event.1.what: "),
    ],
)
def test_a_file_with_a_bad_event_says_where(line, message):
    what = "" if "what" in line else '\nwhat = "Talks"'
    text = f'[[event]]\ndate = 2023-09-01\ndriver = "western_mediation"{what}\n{line}\n'
    with pytest.raises(files.AssumptionsError, match=message):
        files.from_toml(text)


def test_events_added_to_evidence_that_has_some_are_numbered_on():
    other = GYUMRI.model_copy(update={"date": date(2023, 9, 2)})
    twice = believed(evidence(events=(GYUMRI,)), Assumptions(events=(other,)))
    at_once = evidence(events=(GYUMRI, other))
    pd.testing.assert_frame_equal(twice.events, at_once.events)
    pd.testing.assert_frame_equal(twice.codings, at_once.codings)


def test_the_same_event_told_in_other_words_is_the_same_refit():
    other = GYUMRI.model_copy(update={"what": "The base is closed"})
    ids = [identity.run_id(evidence(events=(event,)), STANDARD) for event in (GYUMRI, other)]
    assert ids[0] == ids[1] != identity.run_id(real_evidence.evidence(), STANDARD)
