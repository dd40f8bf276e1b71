"""Each event's pull: what the forecast says with it less what it says without."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from model.assumptions import Assumptions, LeftOut
from model.beliefs.reweighting import KHAT_LIMIT
from model.forecast import answered
from model.inspect.event_pulls import event_pulls, pull_of
from model.inspect.leave_one_out import Fitted
from model.scenario import default_deadline
from tests.model import real_evidence
from tests.slow_cases import slow

ONE, TWO, OLD = "E20230919-1", "E20220803-1", "E20200927-1"  # of one driver, of two, the oldest


def evidence():
    return real_evidence.evidence()


@pytest.fixture(scope="module")
def world(fitted):
    return Fitted(fitted, default_deadline(fitted.as_of))


def shared_fact():
    """An event that counts, and whose place another report of the same fact takes."""
    events, codings = evidence().events, evidence().codings
    coded = codings.merge(events, on="event")
    size = (coded["first_coder"] + coded["second_coder"]).abs()
    coded = coded.assign(size=-size).sort_values(["size", "date", "event"], kind="stable")
    shared = coded[coded.duplicated(["driver", "origin"], keep=False)]
    return shared.groupby(["origin", "driver"])["event"].agg(list).iloc[0]


@pytest.mark.parametrize("event", [ONE, *map(slow, (TWO, OLD, shared_fact()[0]))])
def test_a_pull_is_the_published_chance_less_the_chance_without_the_event(fitted, world, event):
    rows = pull_of(world, event).set_index("outcome")
    without = Assumptions(left_out=(LeftOut(event=event),))
    answer = answered(fitted, without, world.deadline)
    published = answered(fitted, Assumptions(), world.deadline).outcomes["probability"]
    expected = (published - answer.outcomes["probability"]).to_numpy()
    assert np.abs(expected).max() > 1e-5
    assert rows["pull"].to_numpy() == pytest.approx(expected, abs=1e-9)
    assert rows["khat"].iloc[0] == pytest.approx(answer.khat, abs=1e-6)
    assert rows["effective_draws"].iloc[0] == pytest.approx(answer.effective_draws, rel=1e-6)


def test_a_report_that_another_outweighs_pulls_nothing(fitted, world):
    counts = {event for table in world.signals.values() for event in table["event"]}
    event = next(event for event in evidence().events["event"] if event not in counts)
    assert (pull_of(world, event)["pull"] == 0).all()
    without = Assumptions(left_out=(LeftOut(event=event),))
    answer = answered(fitted, without, world.deadline)
    published = answered(fitted, Assumptions(), world.deadline).outcomes["probability"]
    assert (answer.outcomes["probability"] - published).abs().max() < 1e-9


def test_the_offensive_of_september_2023_raises_the_chance_of_another(world):
    row = pull_of(world, ONE).set_index("outcome").loc["renewed_offensive"]
    assert row["pull"] > 5 * row["mcse"] > 0 and row["khat"] < KHAT_LIMIT


def test_both_chances_share_their_draws_so_the_pull_is_surer_than_either(fitted, world):
    published = answered(fitted, Assumptions(), world.deadline).outcomes
    assert (pull_of(world, OLD)["mcse"].to_numpy() < published["mcse"].to_numpy()).all()


class Cancelled(Exception):
    """The reader's."""


def test_every_event_has_a_row_per_outcome_and_the_work_can_be_ended(fitted):
    few = evidence().events["event"].iloc[:3]
    shares = []
    run = replace(fitted, evidence=only(few))
    table = event_pulls(run, default_deadline(fitted.as_of), report=shares.append)
    assert shares == [0, 1 / 3, 2 / 3]
    ids = list(fitted.scenario.outcome_ids)
    assert list(zip(table["event"], table["outcome"], strict=True)) == [
        (event, id) for event in few for id in ids
    ]

    def stop(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        event_pulls(run, default_deadline(fitted.as_of), report=stop)


def only(events: pd.Series):
    """The evidence whose list of events is cut to these, as if there were no others to weigh."""
    rows = evidence().events
    return replace(evidence(), events=rows[rows["event"].isin(events)])
