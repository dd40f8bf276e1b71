"""Likelihood words with their ranges: the US ICD-203 and the UK's probability yardstick."""

import math

ICD_203, PHIA = "ICD-203", "UK PHIA"

# (top of the band, word, range). ICD-203's seven bands; the two ends, which it leaves out, say so
# by their range. The UK's yardstick (Professional Head of Intelligence Assessment, 2019) leaves
# gaps between its bands on purpose; a chance in a gap takes the nearer band's word.
BANDS = {
    ICD_203: (
        (0.01, "almost no chance", "under 1%"),
        (0.05, "almost no chance", "1–5%"),
        (0.20, "very unlikely", "5–20%"),
        (0.45, "unlikely", "20–45%"),
        (0.55, "roughly even chance", "45–55%"),
        (0.80, "likely", "55–80%"),
        (0.95, "very likely", "80–95%"),
        (0.99, "almost certain", "95–99%"),
        (math.inf, "almost certain", "over 99%"),
    ),
    PHIA: (
        (0.075, "remote chance", "0–5%"),
        (0.225, "highly unlikely", "10–20%"),
        (0.375, "unlikely", "25–35%"),
        (0.525, "realistic possibility", "40–50%"),
        (0.775, "likely", "55–75%"),
        (0.925, "highly likely", "80–90%"),
        (math.inf, "almost certain", "95–100%"),
    ),
}
HALF_A_POINT = 0.005
NOUNS = ("remote chance", "roughly even chance", "realistic possibility")


def phrase(probability: float, yardstick: str = ICD_203) -> str:
    """The word for a probability 0..1 with its range, as text: `very unlikely (5–20%)`.

    yardstick: a key of `BANDS`; raises KeyError for another.
    """
    bands = BANDS[yardstick]
    return next(f"{word} ({span})" for top, word, span in bands if probability < top)


def kept(
    probability: float, yardstick: str, before: str | None, margin: float = HALF_A_POINT
) -> str:
    """The phrase, but the one of the brief before while the chance is within `margin` of its band.

    So 19.6 % → 20.3 % does not change the word between two briefs. margin: half of the last digit
    shown, 0..1, at most half a point: a chance that near is shown as the band's edge, so that the
    word never contradicts the number.
    """
    near = min(margin, HALF_A_POINT) * (1 - 1e-6)  # at exactly half, the number rounds away
    nearby = [phrase(max(0.0, probability + shift), yardstick) for shift in (-near, near)]
    return before if before in nearby else phrase(probability, yardstick)


def judgement(verb: str, probability: float, yardstick: str = ICD_203) -> str:
    """A clause of a probability 0..1: `it is very unlikely (5–20%) that <verb>`."""
    return judgement_of(verb, phrase(probability, yardstick))


def judgement_of(verb: str, likelihood: str) -> str:
    """The same from a likelihood's word with its range, such as `phrase` gives."""
    if likelihood.startswith("almost no chance"):
        return f"there is {likelihood} that {verb}"
    if likelihood.startswith(NOUNS):
        return f"there is a {likelihood} that {verb}"
    return f"it is {likelihood} that {verb}"
