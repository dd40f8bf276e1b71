"""An interval becomes the distribution that the model itself would use, in a process of its own."""

import subprocess
import sys

import numpy as np
import pytest
from scipy.stats import norm

from model import elicitation
from model.elicitation import elicit
from model.priors import log_normal


@pytest.mark.parametrize("interval", [(0.85, 1.7), (0.01, 0.5), (2.0, 900.0)])
def test_preliz_finds_the_prior_that_the_model_uses_for_the_same_interval(interval):
    """Two ways to the same normal: maximum entropy with 90 % inside, and the interval's middle."""
    found = elicit(*interval)
    (location,), (scale,) = log_normal([interval])
    assert (found.location, found.scale) == pytest.approx((location, scale), abs=1e-3)


def test_ninety_per_cent_lie_between_the_ends():
    found = elicit(0.85, 1.7)
    inside = norm(found.location, found.scale).cdf(np.log([0.85, 1.7]))
    assert inside[1] - inside[0] == pytest.approx(0.9, abs=1e-4)


def test_the_drawing_holds_all_but_a_two_thousandth_of_the_mass():
    """3.5 standard deviations on each side leave 2 * 0.000233 outside."""
    found = elicit(0.85, 1.7)
    assert np.trapezoid(found.density, np.log(found.value)) == pytest.approx(0.99953, abs=1e-4)


def test_half_lies_above_the_median_and_above_one_where_the_interval_is_even_about_it():
    even = elicit(0.5, 2.0)
    assert (even.median, even.chance_above_one) == pytest.approx((1.0, 0.5), abs=1e-6)
    # ln 1.2 / (ln(2.4 / 0.6) / 3.29) = 0.4326 standard deviations: 66.7 % above
    assert elicit(0.6, 2.4).chance_above_one == pytest.approx(0.667, abs=1e-3)


@pytest.mark.parametrize(
    "interval", [(2, 1), (1, 1), (0, 1), (-1, 1), (1, np.inf), (np.nan, 1), (1e-9, 1e9)]
)
def test_what_is_no_interval_is_said_in_one_line(interval):
    with pytest.raises(ValueError, match=r"^[^\n]* is no interval; expected two positive numbers"):
        elicit(*map(float, interval))


def test_a_process_that_died_is_replaced():
    elicit(0.9, 1.1)
    elicitation._WORKER.process.kill()
    elicitation._WORKER.process.wait()
    assert elicit(0.9, 1.2).median == pytest.approx((0.9 * 1.2) ** 0.5, rel=1e-4)


def test_the_asking_process_never_loads_pytensor():
    code = """
import sys
from model import elicitation
elicitation.elicit(0.5, 2.0)
assert not {"preliz", "pytensor", "pymc"} & set(sys.modules)"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr


def test_the_process_ends_when_nobody_can_ask_any_more():
    process = elicitation._WORKER._started()
    process.stdin.close()
    assert process.wait(60) == 0
    process.stdout.close()
