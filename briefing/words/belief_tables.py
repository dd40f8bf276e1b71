"""A belief beside what is published of the same thing: the densities drawn, and the twin in words.

`elicited` is what `model.beliefs.elicitation.elicit` gives, `published` the scenario's 90 %
interval, `posterior` the fitted draws (n,), all in the same units.
"""

import numpy as np
import pandas as pd
from scipy import stats

from briefing.words import beliefs
from model.beliefs.elicitation import Elicited
from model.fit.priors import log_normal

YOURS, PUBLISHED, POSTERIOR = "Your belief", "Published prior", "Posterior"
POINTS = 201
TAILS = (0.001, 0.999)


def densities(
    elicited: Elicited, published: tuple[float, float], posterior: np.ndarray
) -> pd.DataFrame:
    """A row a point: name, x, density (per unit of log x). The posterior's is a kernel estimate."""
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
    """Distribution, 5%, Median, 95%: a row each as in `densities`.

    Three significant digits of what is exact, two of the posterior's.
    """
    low, high = published
    ends = np.quantile(posterior, [0.05, 0.5, 0.95])
    rows = [
        (YOURS, *map(beliefs.size, elicited.quantiles[[4, 49, 94]])),
        (PUBLISHED, *map(beliefs.size, (low, np.sqrt(low * high), high))),
        (POSTERIOR, *(beliefs.size(end, 2) for end in ends)),
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
