"""How much better one forecaster is than another, and how many cases would tell them apart."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import norm

from model.scoring.blocks import block_means, mean_interval, ratio_interval
from model.scoring.scores import SCORES

LEVEL, POWER = 0.05, 0.8  # two-sided test, and how often it is to find what is there
ALL = "all"


def skill(own: np.ndarray, baseline: np.ndarray) -> float:
    """1 - mean own score / mean baseline score: 1 is perfect, 0 no better, under 0 worse.

    own, baseline: scores (rows,), 0 or more. NaN where the baseline is without fault.
    """
    base = float(np.mean(baseline))
    return 1.0 - float(np.mean(own)) / base if base else np.nan


def skills(
    table: pd.DataFrame, forecaster: str, baselines: Sequence[str], seed: int = 0
) -> pd.DataFrame:
    """One row per baseline, outcome (`all` first) and score, the forecaster beside the baseline.

    table: outcome, happened (bool), block, and a column of probabilities, 0..1, for each. Columns:
    baseline, outcome, score, forecasts, blocks, came; own, base (mean scores); better, better_low,
    better_high (base - own, 90 % interval by blocks); skill, skill_low, skill_high; needed, as
    `blocks_needed` has it.
    """
    parts = [(ALL, table), *table.groupby("outcome", sort=False)]
    rows = [
        {"baseline": baseline, "outcome": outcome, "score": score}
        | _beside(rows, forecaster, baseline, score, seed)
        for baseline in baselines
        for outcome, rows in parts
        for score in SCORES
    ]
    return pd.DataFrame(rows)


def _beside(rows: pd.DataFrame, forecaster: str, baseline: str, score: str, seed: int) -> dict:
    came, blocks = rows["happened"].to_numpy(), rows["block"].to_numpy()
    own, base = (SCORES[score](rows[name].to_numpy(), came) for name in (forecaster, baseline))
    counts = {"forecasts": len(rows), "blocks": rows["block"].nunique(), "came": int(came.sum())}
    return counts | beside(own, base, blocks, seed)


def beside(own: np.ndarray, base: np.ndarray, blocks: Sequence, seed: int = 0) -> dict[str, float]:
    """own, base, better, skill with intervals, and needed, of scores (n,) of the same cases."""
    better = mean_interval(base - own, blocks, seed=seed)
    # 1 - own / base: where the ratio is highest, the skill is lowest
    worst, best = (1.0 - end for end in reversed(ratio_interval(own, base, blocks, seed=seed)))
    return {
        "own": float(own.mean()),
        "base": float(base.mean()),
        "better": float((base - own).mean()),
        "better_low": better[0],
        "better_high": better[1],
        "skill": skill(own, base),
        "skill_low": worst,
        "skill_high": best,
        "needed": blocks_needed(base - own, blocks),
    }


def blocks_needed(differences: np.ndarray, blocks: Sequence) -> float:
    """How many blocks such as these would tell the two forecasters apart, as they differ here.

    differences: (n,) of scores of the same cases. In four of five such records a two-sided test at
    5 % would find it. Endless where they do not differ, nan where one block cannot say.
    """
    means = block_means(differences, blocks)
    if len(means) < 2:
        return np.nan
    return _needed(float(means.mean()), float(means.std(ddof=1)))


def cases_needed(chance: float, other: float) -> float:
    """How many resolved cases tell who rightly says `chance` from who says `other`.

    By the Brier score. One case's difference is (q - y)² - (p - y)², of which the mean is (q - p)²
    and the variance 4 (q - p)² p (1 - p), with p said, q other, y what came.
    """
    gap = other - chance
    return _needed(gap**2, 2 * abs(gap) * np.sqrt(chance * (1 - chance)))


def _needed(mean: float, sd: float) -> float:
    if mean == 0:
        return np.inf
    z = norm.ppf(1 - LEVEL / 2) + norm.ppf(POWER)
    return float(np.ceil((z * sd / mean) ** 2))
