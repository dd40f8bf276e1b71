"""What a believed interval says, and the densities that its chart draws.

`kind` is effect, link, influence or base_rate. What an influence adds is a normal of levels, and so
on a linear axis; the others are of logs, on a log axis.
"""

import numpy as np
import pandas as pd
from scipy import stats

from briefing.words import numbers
from model.beliefs.elicitation import Elicited
from model.fit.priors import Z90

POINTS = 201  # of a density's curve
TAILS = (0.001, 0.999)  # between which a density is drawn

YOURS, PUBLISHED, POSTERIOR = "Your belief", "Published prior", "Posterior"
UNITS = {
    "effect": "hazard ratio for one point of the driver; 2 = twice as fast",
    "link": "hazard ratio once the first has happened; 2 = twice as fast",
    "influence": "points a month, for one point of the first driver",
    "base_rate": "cases a year",
}
LINEAR = ("influence",)  # the others are ratios and rates, of whose logs the laws are


def belief(elicited: Elicited, kind: str) -> str:
    """The interval, its median and what it says, as a sentence.

    `Your 90% interval 0.8–1.6: median 1.13, and 72 in 100 that it raises the hazard, 28 in 100 that
    it lowers it.` For a rate: `… a year: median 0.2, or one in 5 years.`
    """
    span = f"Your {100 * elicited.mass:g}% interval {elicited.low:g}–{elicited.high:g}"
    median = size(elicited.median)
    raises, lowers = _both_ways(elicited.chance_above)
    if kind in LINEAR:
        low, high, middle = map(numbers.monthly, (elicited.low, elicited.high, elicited.median))
        return (
            f"Your {100 * elicited.mass:g}% interval {low} to {high} points a month: median "
            f"{middle}, and {raises} that it raises the other driver, {lowers} that it lowers it."
        )
    if kind == "base_rate":
        return f"{span} cases a year: median {median}{_one_in(elicited.median)}."
    return (
        f"{span}: median {median}, and {raises} that it raises the hazard, "
        f"{lowers} that it lowers it."
    )


def belief_alt(
    elicited: Elicited,
    published: tuple[float, float],
    posterior: np.ndarray,
    kind: str,
) -> str:
    """What the chart of `charts.beliefs.belief` shows, as a text.

    published: ends of the prior's 90 % interval. posterior: a value per draw. All in `UNITS[kind]`.
    """
    in_words, between = (numbers.monthly, " to ") if kind in LINEAR else (size, "–")
    low, high = (in_words(end, 2) for end in np.quantile(posterior, [0.05, 0.95]))
    axis = "" if kind in LINEAR else " on a log axis"
    return (
        f"Densities{axis}: {UNITS[kind]}. {belief(elicited, kind)} "
        f"90% interval of the published prior {between.join(map(in_words, published))}, "
        f"of the posterior {low}{between}{high}."
    )


def size(value: float, digits: int = 3) -> str:
    """`0.833`, `1.13`, `0.5`, `1,400`: significant digits, no exponent, no zeros at the end."""
    # `e` rounds to significant digits whatever the size; the float drops its exponent again.
    rounded = float(f"{value:.{digits - 1}e}")
    return f"{rounded:,.0f}" if rounded >= 1000 else f"{rounded:.12f}".rstrip("0").rstrip(".")


def _both_ways(chance: float) -> tuple[str, str]:
    """Chances above and below, that add up to 100 as shown."""
    shown = round(chance, 2) if 0.01 <= chance <= 0.99 else chance
    return numbers.frequency(shown), numbers.frequency(1 - shown)


def _one_in(rate: float) -> str:
    return f", or one in {size(1 / rate, 2)} years" if rate < 1 else ""


def densities(
    elicited: Elicited, published: tuple[float, float], posterior: np.ndarray, kind: str = "effect"
) -> pd.DataFrame:
    """One row per point: name, x, density (per unit of log x; of x where it is linear).

    published: ends of the prior's 90 % interval. posterior: a value per draw, whose density is a
    kernel estimate.
    """
    logs, back = (np.asarray, np.asarray) if kind in LINEAR else (np.log, np.exp)
    curves = {
        YOURS: (logs(elicited.x), elicited.density),
        PUBLISHED: _prior(logs(published)),
        POSTERIOR: _smoothed(logs(posterior)),
    }
    return pd.concat(
        [
            pd.DataFrame({"name": name, "x": back(at), "density": density})
            for name, (at, density) in curves.items()
        ],
        ignore_index=True,
    )


def belief_in_words(
    elicited: Elicited, published: tuple[float, float], posterior: np.ndarray, kind: str = "effect"
) -> pd.DataFrame:
    """Distribution, 5%, Median, 95%: one row per curve of `densities`, in the unit of its x.

    Three significant digits of what is exact, two of the posterior's.
    """
    low, high = published
    linear = kind in LINEAR
    in_words = numbers.monthly if linear else size
    middle = (low + high) / 2 if linear else np.sqrt(low * high)
    ends = np.quantile(posterior, [0.05, 0.5, 0.95])
    rows = [
        (YOURS, *map(in_words, elicited.quantiles[[4, 49, 94]])),  # percentiles 1..99 from place 0
        (PUBLISHED, *map(in_words, (low, middle, high))),
        (POSTERIOR, *(in_words(end, 2) for end in ends)),
    ]
    return pd.DataFrame(rows, columns=["Distribution", "5%", "Median", "95%"])


def _prior(ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points and density of the normal with this 90 % interval."""
    law = stats.norm(ends.mean(), (ends[1] - ends[0]) / (2 * Z90))
    at = np.linspace(*law.ppf(TAILS), POINTS)
    return at, law.pdf(at)


def _smoothed(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    at = np.linspace(*np.quantile(values, TAILS), POINTS)
    return at, stats.gaussian_kde(values)(at)
