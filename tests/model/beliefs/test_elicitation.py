"""An interval as a distribution: PreliZ in its own process against the model's own priors."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

from model.beliefs import elicitation, preliz_process
from model.beliefs.elicitation import (
    elicit,
    elicit_adds,
    posterior_values,
    published_interval,
)
from model.beliefs.preliz_process import COMMAND, ROOT, Worker
from model.fit.priors import log_normal, priors
from tests.model import real_evidence

INTERVALS = [(0.8, 1.6), (0.5, 2), (0.01, 0.2), (1, 1.05), (0.001, 0.002), (1e-4, 1), (900, 1000)]


@pytest.fixture(scope="module")
def scenario():
    return real_evidence.evidence().scenario


@pytest.mark.parametrize("interval", INTERVALS)
def test_maximum_entropy_gives_the_normal_that_the_model_gives_an_interval(interval):
    (centre,), (sd,) = log_normal([interval])
    law = elicit(*interval)
    assert (law.mean, law.sd) == pytest.approx((centre, sd), rel=0, abs=1e-6)


def test_half_to_eight_has_its_middle_at_two():
    # The geometric middle of 1/2 and 8 is 2. The half-width is log 4 and 1.6449 sd, so 1 lies
    # log 2 / log 4 * 1.6449 = 0.8224 sd below the middle; the normal leaves 0.7946 above that.
    law = elicit(0.5, 8)
    assert law.median == pytest.approx(2.0, rel=1e-6)
    assert law.chance_above == pytest.approx(0.7946, abs=1e-4)


@pytest.mark.parametrize("mass", [0.5, 0.8, 0.95])
def test_the_interval_holds_the_share_that_was_asked_for(mass):
    law = elicit(0.5, 2, mass)
    normal = stats.norm(law.mean, law.sd)
    share = normal.cdf(np.log(2)) - normal.cdf(np.log(0.5))
    assert share == pytest.approx(mass, abs=1e-5)


def test_the_ends_are_the_5_and_95_percent_quantiles():
    law = elicit(0.8, 1.6)
    assert law.quantiles.shape == (99,)
    assert law.quantiles[[4, 49, 94]] == pytest.approx([0.8, law.median, 1.6], rel=1e-6)


def test_the_density_is_per_unit_of_the_logarithm():
    # The points run from the 0.1 % to the 99.9 % quantile: 0.998 of the mass.
    law = elicit(0.8, 1.6)
    assert np.trapezoid(law.density, np.log(law.x)) == pytest.approx(0.998, abs=1e-4)
    assert np.ptp(np.diff(np.log(law.x))) < 1e-12


def test_an_interval_asked_for_again_is_the_same_object_and_cannot_be_changed():
    assert elicit(0.8, 1.6) is elicit(0.8, 1.6, 0.9)
    with pytest.raises(ValueError, match="read-only"):
        elicit(0.8, 1.6).x[0] = 1.0


@pytest.mark.parametrize(
    "interval, sentence",
    [
        ((2, 1), "the interval is upside down, 2 is not below 1; expected low, high"),
        ((1, 1), "the interval is upside down, 1 is not below 1; expected low, high"),
        ((0, 1), "the interval 0 to 1 is not of a ratio or a rate; expected two numbers above 0"),
        ((-2, 1), "expected two numbers above 0"),
        ((float("nan"), 1), "expected two numbers above 0"),
        ((1, float("inf")), "expected two numbers above 0"),
        ((0.001, 100), "spans a factor of 1e+05; expected at most 10,000; narrow it"),
        ((0.5, 2, 1.0), "the interval's share is 1; expected one between 0 and 1"),
    ],
)
def test_what_is_no_interval_is_refused_in_one_line(interval, sentence):
    with pytest.raises(ValueError) as refusal:
        elicit(*interval)
    assert sentence in str(refusal.value) and "\n" not in str(refusal.value)


@pytest.mark.slow
def test_who_asks_loads_neither_preliz_nor_the_sampler():
    libraries = {"preliz", "pymc", "nutpie", "pytensor", "matplotlib"}
    code = f"""
import sys
from model.beliefs.elicitation import elicit, warm_up
warm_up()
print(elicit(0.5, 2.0).median, sorted({libraries} & set(sys.modules)))"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    median, loaded = run.stdout.split(maxsplit=1)
    assert float(median) == pytest.approx(1.0, abs=1e-6) and loaded.strip() == "[]"


@pytest.mark.slow
def test_the_process_answers_line_by_line_and_ends_with_its_input():
    lines = [json.dumps({"low": 1 / high, "high": high, "mass": 0.9}) for high in (2.0, 3.0)]
    run = subprocess.run(COMMAND, cwd=ROOT, input="\n".join(lines), capture_output=True, text=True)
    sds = [json.loads(line)["sd_log"] for line in run.stdout.splitlines()]
    assert sds == pytest.approx(np.log([2, 3]) / 1.6448536, abs=1e-6)
    assert run.returncode == 0


@pytest.mark.slow
def test_a_process_that_was_killed_is_started_again():
    elicit(0.7, 1.9)
    before = elicitation._PRELIZ.pid
    os.kill(before, signal.SIGKILL)
    assert elicit(0.25, 1).median == pytest.approx(0.5, rel=1e-6)
    assert elicitation._PRELIZ.pid != before


@pytest.mark.parametrize(
    "script, patience, why",
    [
        ("raise SystemExit('No module named preliz')", 60, "(No module named preliz)"),
        ("import time; time.sleep(600)", 0.5, f"(code {-signal.SIGKILL})"),
        ("print('half a li', end='')", 60, "(code 0)"),
    ],
    ids=["dies", "hangs", "stops in a line"],
)
def test_a_process_that_cannot_answer_is_a_clear_line(script, patience, why):
    worker = Worker((sys.executable, "-c", script), patience)
    with pytest.raises(RuntimeError) as failure:
        worker.ask({})
    assert str(failure.value).startswith("PreliZ ended twice without an answer")
    assert why in str(failure.value) and "\n" not in str(failure.value)


def test_an_interrupted_question_does_not_leave_its_answer_to_the_next():
    echo = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"
    worker = Worker((sys.executable, "-c", echo))
    worker.start()
    answers, interrupted = worker._process.stdout, worker.pid
    worker._process.stdout = InterruptedOnce(answers)
    with pytest.raises(KeyboardInterrupt):
        worker.ask({"question": 1})
    assert worker.ask({"question": 2}) == {"question": 2}
    assert worker.pid != interrupted


class InterruptedOnce:
    """A pipe at which the reader is interrupted, as by Ctrl-C."""

    def __init__(self, pipe):
        self.close = pipe.close

    def readline(self):
        raise KeyboardInterrupt


def test_a_worker_that_is_dropped_takes_its_process_along():
    worker = Worker((sys.executable, "-c", "import time; time.sleep(600)"))
    worker.start()
    process = worker._process
    assert process.poll() is None
    del worker
    assert process.poll() == -signal.SIGKILL


def test_a_second_start_keeps_the_process():
    worker = Worker((sys.executable, "-c", "import sys; sys.stdin.read()"))
    worker.start()
    pid = worker.pid
    worker.start()
    assert worker.pid == pid


@pytest.mark.parametrize(
    "kind, subjects, field",
    [
        ("effect", "effects", "hazard_ratio"),
        ("link", "links", "hazard_ratio"),
        ("influence", "influences", "adds"),
        ("base_rate", "classes", "rate"),
    ],
)
def test_every_published_interval_is_the_scenarios_own(scenario, kind, subjects, field):
    for subject in getattr(scenario, subjects):
        about = subject.id if kind == "base_rate" else f"{subject.from_} -> {subject.to}"
        assert published_interval(scenario, kind, about) == getattr(subject, field)


@pytest.mark.parametrize(
    "kind, about, sentence",
    [
        (
            "effect",
            "western_mediation -> peace",
            "did you mean 'western_mediation -> peace_treaty'",
        ),
        ("base_rate", "no_such_class", "no base_rate is called 'no_such_class'"),
        ("outcome", "peace_treaty", "expected one of effect, link, influence, base_rate"),
    ],
)
def test_what_has_no_interval_is_told(scenario, kind, about, sentence):
    with pytest.raises(ValueError, match=sentence):
        published_interval(scenario, kind, about)


@pytest.mark.parametrize(
    "kind, name", [("effect", "effect"), ("link", "link"), ("base_rate", "log_rate")]
)
def test_posterior_values_are_the_draws_of_the_parameter_with_that_name(fitted, kind, name):
    for place, about in enumerate(priors(fitted.scenario).labels[name]):
        drawn = np.exp(fitted.draws[name][:, place])
        assert posterior_values(fitted, kind, about) == pytest.approx(drawn)


def test_posterior_values_of_an_influence_are_what_it_adds_in_each_draw(fitted):
    for place, influence in enumerate(fitted.scenario.influences):
        adds = posterior_values(fitted, "influence", influence.name)
        assert np.array_equal(adds, fitted.paths["adds"][:, place])


def test_what_an_influence_adds_is_a_normal_of_the_levels():
    """-0.08 to 0.02: middle -0.03, sd 0.1 / 3.2897 = 0.0304; 0 lies 0.987 sd up: 0.1618 above."""
    law = elicit_adds(-0.08, 0.02)
    assert (law.median, law.mean) == pytest.approx((-0.03, -0.03))
    assert law.sd == pytest.approx(0.0304, abs=1e-4)
    assert law.chance_above == pytest.approx(0.1618, abs=1e-4)
    assert law.quantiles[[4, 94]] == pytest.approx([-0.08, 0.02])
    assert np.trapezoid(law.density, law.x) == pytest.approx(0.998, abs=1e-4)
    with pytest.raises(ValueError, match="upside down"):
        elicit_adds(0.1, -0.1)


def test_a_link_sized_by_a_class_has_no_interval_and_no_posterior_of_its_own(fitted):
    (link,) = [link for link in fitted.scenario.links if link.hazard_of]
    about = f"{link.from_} -> {link.to}"
    assert published_interval(fitted.scenario, "link", about) is None
    with pytest.raises(ValueError, match=f"takes its size from the class '{link.hazard_of}'"):
        posterior_values(fitted, "link", about)


def test_preliz_is_imported_where_it_runs_and_nowhere_else():
    files = [p for top in ("model", "briefing", "pages") for p in (ROOT / top).rglob("*.py")]
    importing = [path for path in files if "import preliz\n" in path.read_text(encoding="utf-8")]
    assert [path.name for path in importing] == [os.path.basename(preliz_process.__file__)]
