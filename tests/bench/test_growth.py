"""What is made larger is of the same kind, and what is measured is told as it is."""

import numpy as np
import pytest
from rich.console import Console

from model.beliefs.density import pointwise
from model.engine import groups
from model.engine.arguments import checked
from model.fit.priors import priors
from model.forecast import forecast
from model.inspect.leave_one_out import Fitted
from model.scenario import default_deadline
from tests.bench import bench_growth
from tests.bench.growth import larger, works
from tests.bench.growth.measured import Cost, cost
from tests.bench.growth.works import Work
from tests.bench.rivals import question


@pytest.fixture(scope="module")
def few(fitted):
    return question.thinned(fitted, 400)


@pytest.mark.parametrize("outcomes", [6, 8, 10])
def test_a_network_of_any_size_is_as_dense_and_hangs_together(outcomes):
    asked = larger.network(outcomes, draws=2, months=1)
    links = (asked["link"] != 0).any(axis=0)
    assert links.sum() == round(14 / 6 * outcomes) and not np.diagonal(links).any()
    arguments = [asked[name] for name in ("log_hazard", "link", "step", "fade", "start", "acting")]
    assert len(groups.apart(checked(*arguments))) == 1


def test_twice_the_draws_say_the_same_with_less_error(few):
    once, twice = forecast(few).outcomes, forecast(larger.more_draws(few, 2)).outcomes
    assert np.allclose(once["probability"], twice["probability"], rtol=1e-9)
    # the same draws again: by batch means of twice as many batches, 1 / √2 or nearly
    assert twice["mcse"].to_numpy() == pytest.approx(once["mcse"].to_numpy() / 2**0.5, rel=0.02)


def test_events_again_are_facts_of_their_own_a_day_earlier(few):
    more, events = larger.more_events(few, 3), few.evidence.events
    again = more.evidence.events
    assert len(again) == 3 * len(events) and again["event"].is_unique
    assert (again["date"].iloc[-1] - events["date"].iloc[-1]).days == -2
    signals = [
        sum(map(len, Fitted(run, default_deadline(run.as_of)).signals.values()))
        for run in (few, more)
    ]
    assert signals[1] == 3 * signals[0]


def test_cases_again_count_again(few):
    prior = priors(few.scenario)
    once, twice = (
        pointwise(run.draws, prior, run.observed)["cases"].sum(axis=1)
        for run in (few, larger.more_cases(few, 2))
    )
    assert np.allclose(twice, 2 * once)


@pytest.mark.parametrize("prepare", [works.engine, works.if_then, works.futures])
def test_work_without_a_run_costs_something(prepare):
    found = cost(prepare, "no run", 3, 8)
    assert 0 < found.cpu and 0 < found.seconds and 10 < found.megabytes < 100_000


def test_the_table_says_which_targets_are_met_and_sets_none_where_there_is_none():
    fast, slow = Cost(0.1, 0.2, 300.0), Cost(0.1, 0.2, 300.0).times(20)
    rows = [
        (Work("quick", "6 outcomes", works.engine, (6,), limit=0.15), fast),
        (Work("long", "10 events", works.pull, (1,), limit=3.0, of_cpu=True), slow),
        (Work("free", "1 draw", works.update, (1,)), fast),
    ]
    assert [bench_growth.verdict(*row) for row in rows] == [
        ("≤ 0.15 s", "yes"),
        ("≤ 3 CPU s", "no"),  # 20 × 0.2 = 4
        ("", ""),
    ]
    console = Console(record=True, width=120)
    console.print(bench_growth.table(rows))
    said = console.export_text()
    assert said.index("long") < said.index("quick") < said.index("free")  # misses first


def test_every_target_that_was_set_stands_in_the_table(fitted_home, fitted, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    limits = {(w.what, w.of): w.limit for w in works.works(fitted.id) if w.limit is not None}
    events = len(fitted.evidence.events)
    assert limits == {
        ("engine, 24 months", "6 outcomes"): 0.030,
        ("engine, 24 months", "10 outcomes"): 0.150,
        ("if-then, all pairs", "10 outcomes"): 3.0,
        ("event pulls, all", f"{events} events"): 10.0,
        ("event pulls, all", f"{20 * events:,} events"): 120.0,
    }
