"""What a believed interval says, and the densities that its chart draws.

`kind` is effect, link or base_rate.
"""

import numpy as np
import pandas as pd
from scipy import stats

from briefing.words import numbers
from model.beliefs.elicitation import Elicited
from model.fit.priors import log_normal

POINTS = 201  # of a density's curve
TAILS = (0.001, 0.999)  # between which a density is drawn

YOURS, PUBLISHED, POSTERIOR = "Your belief", "Published prior", "Posterior"
UNITS = {
    "effect": "hazard ratio for one point of the driver; 2 = twice as fast",
    "link": "hazard ratio once the first has happened; 2 = twice as fast",
    "base_rate": "cases a year",
}


def belief(elicited: Elicited, kind: str) -> str:
    """The interval, its median and what it says, as a sentence.

    `Your 90% interval 0.8–1.6: median 1.13, and 72 in 100 that it raises the hazard, 28 in 100 that
    it lowers it.` For a rate: `… a year: median 0.2, or one in 5 years.`
    """
    span = f"Your {100 * elicited.mass:g}% interval {elicited.low:g}–{elicited.high:g}"
    median = size(elicited.median)
    if kind == "base_rate":
        return f"{span} cases a year: median {median}{_one_in(elicited.median)}."
    raises, lowers = _both_ways(elicited.chance_above_one)
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
    low, high = (size(end, 2) for end in np.quantile(posterior, [0.05, 0.95]))
    return (
        f"Densities on a log axis: {UNITS[kind]}. {belief(elicited, kind)} "
        f"90% interval of the published prior {published[0]:g}–{published[1]:g}, "
        f"of the posterior {low}–{high}."
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
    elicited: Elicited, published: tuple[float, float], posterior: np.ndarray
) -> pd.DataFrame:
    """One row per point: name, x, density (per unit of log x).

    published: ends of the prior's 90 % interval, a log-normal. posterior: a value per draw, whose
    density is a kernel estimate.
    """
    curves = {
        YOURS: (np.log(elicited.x), elicited.density),
        PUBLISHED: _prior(published),
        POSTERIOR: _smoothed(np.log(posterior)),
    }
    return pd.concat(
        [
            pd.DataFrame({"name": name, "x": np.exp(logs), "density": density})
            for name, (logs, density) in curves.items()
        ],
        ignore_index=True,
    )


def belief_in_words(
    elicited: Elicited, published: tuple[float, float], posterior: np.ndarray
) -> pd.DataFrame:
    """Distribution, 5%, Median, 95%: one row per curve of `densities`, in the unit of its x.

    Three significant digits of what is exact, two of the posterior's.
    """
    low, high = published
    ends = np.quantile(posterior, [0.05, 0.5, 0.95])
    rows = [
        (YOURS, *map(size, elicited.quantiles[[4, 49, 94]])),  # percentiles 1..99 from place 0
        (PUBLISHED, *map(size, (low, np.sqrt(low * high), high))),
        (POSTERIOR, *(size(end, 2) for end in ends)),
    ]
    return pd.DataFrame(rows, columns=["Distribution", "5%", "Median", "95%"])


def _prior(published: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    (centre,), (sd,) = log_normal([published])
    law = stats.norm(centre, sd)
    logs = np.linspace(*law.ppf(TAILS), POINTS)
    return logs, law.pdf(logs)


def _smoothed(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    logs = np.linspace(*np.quantile(values, TAILS), POINTS)
    return logs, stats.gaussian_kde(values)(logs)
