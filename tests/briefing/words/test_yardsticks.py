"""The UK's yardstick beside ICD-203, which `test_numbers.py` covers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from briefing.words import numbers, yardsticks
from briefing.words.yardsticks import BANDS, PHIA
from tests.briefing import made_up


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.0, "remote chance (0–5%)"),
        (0.13, "highly unlikely (10–20%)"),
        (0.30, "unlikely (25–35%)"),
        (0.45, "realistic possibility (40–50%)"),
        (0.60, "likely (55–75%)"),
        (0.85, "highly likely (80–90%)"),
        (1.0, "almost certain (95–100%)"),
    ],
)
def test_the_phrase_is_the_uks(probability, text):
    assert yardsticks.phrase(probability, PHIA) == text


@given(some.floats(0, 1))
def test_a_chance_in_a_gap_takes_the_nearer_band(probability):
    low, high = map(int, re.search(r"(\d+)–(\d+)%", yardsticks.phrase(probability, PHIA)).groups())
    off = max(low - 100 * probability, 100 * probability - high, 0)
    others = [map(int, span.rstrip("%").split("–")) for _, _, span in BANDS[PHIA]]
    nearest = min(max(a - 100 * probability, 100 * probability - b, 0) for a, b in others)
    assert off == pytest.approx(nearest, abs=1e-9)


def test_sentences_use_the_yardstick_that_is_asked_for():
    hail = made_up.outcomes().iloc[1].to_dict()  # 6 %
    text = numbers.headline("hail falls", hail, made_up.AS_OF, PHIA)
    assert "there is a remote chance (0–5%) that hail falls" in text
    assert (
        "in your view there is a remote chance" in numbers.own_view("x", hail, hail, PHIA).lower()
    )
