"""Tables of simulation-based calibration: which quantities' ranks are uniform, and how they lie."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from model.scoring import uniformity
from model.scoring.stored import Calibration

TAIL = 0.05  # on either side of a 90 % interval


def verdicts(result: Calibration) -> pd.DataFrame:
    """kind, about, p_value, inside, held: one row per quantity, as the result names them.

    p_value: chance that ranks of a right posterior stray as far. inside: whether their ECDF stays
    in the band. held: share, 0..1, of the fits whose 90 % interval held the truth.
    """
    rows = [
        (kind, about, p := uniformity.p_value(values), p > 1 - uniformity.BAND, _held(values))
        for kind, about, values in _quantities(result)
    ]
    return pd.DataFrame(rows, columns=["kind", "about", "p_value", "inside", "held"])


def curves(result: Calibration) -> pd.DataFrame:
    """kind, about, share, gap, low, high: one row per quantity and share z, 0..1.

    gap: how much more of the ranks lies below z than the share z; low, high: the band.
    """
    parts = [
        uniformity.gaps(values).assign(kind=kind, about=about)
        for kind, about, values in _quantities(result)
    ]
    return pd.concat(parts, ignore_index=True)[["kind", "about", *uniformity.COLUMNS]]


def _quantities(result: Calibration) -> Iterator[tuple[str, str, np.ndarray]]:
    """(kind, about, positions (fits,) of the truth, 0..1) of each."""
    # a seed, so that a result has the same table each time
    rng = np.random.default_rng(0)
    for kind, by_place in result.ranks.items():
        for about, ranks in zip(result.names[kind], by_place.T, strict=True):
            yield kind, about, uniformity.positions(ranks, result.kept, rng)


def _held(values: np.ndarray) -> float:
    return float(((values > TAIL) & (values < 1 - TAIL)).mean())
