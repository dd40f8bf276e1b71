"""Scores of held-out reference cases: beside simple rules, and against what came."""

import numpy as np
import pandas as pd
from scipy.stats import chi2

from model.held_out.baselines import RULES, WITH_DENSITY
from model.held_out.survival_scores import brier_terms, d_calibration, pit_curve, share_come
from model.held_out.waits import by_class
from model.scoring.blocks import SHARE, mean_interval
from model.scoring.skill import beside

GROUPS = 4  # of cases alike in what was said of them
BINS, FEW_BINS, FEW = 10, 5, 50  # parts of 0..1 for the D-calibration of many cases, and of few


def brier_table(chances: pd.DataFrame) -> pd.DataFrame:
    """One row per way, class (`all` first), months ahead and rule: cases, dyads, and what
    `model.scoring.skill.beside` says of the censored Brier score; intervals by dyads.

    chances: of `classes.held_out_chances`. Cases lost earlier are weighted within their class.
    """
    terms = _terms(chances)
    rows = [
        {"way": way, "class": of, "months": months, "baseline": rule}
        | {"cases": len(group), "dyads": group["dyad"].nunique()}
        | beside(group["model"].to_numpy(), group[rule].to_numpy(), group["dyad"].to_numpy())
        for (way, months), by_way in terms.groupby(["way", "months"], sort=False)
        for of, group in by_class(by_way)
        for rule in RULES
    ]
    return pd.DataFrame(rows)


def _terms(chances: pd.DataFrame) -> pd.DataFrame:
    """way, class, dyad, months, and each forecaster's part of the Brier score, a row per case."""
    parts = []
    for (_, _, months), rows in chances.groupby(["way", "class", "months"], sort=False):
        years, event = rows["years"].to_numpy(), rows["event"].to_numpy()
        by_forecaster = {
            name: brier_terms(years, event, rows[name].to_numpy(), months / 12)
            for name in ("model", *RULES)
        }
        parts.append(rows[["way", "class", "dyad", "months"]].assign(**by_forecaster))
    # a class in which nobody was watched so long has no score
    return pd.concat(parts, ignore_index=True).dropna()


def density_table(cases: pd.DataFrame) -> pd.DataFrame:
    """One row per way, class and rule with a density: cases, events, elpd (sum of log predictive
    densities), better (model's less the rule's) with its standard error and 90 % interval by dyads.
    """
    rows = [
        {"way": way, "class": of, "baseline": rule} | _denser(group, rule)
        for way, by_way in cases.groupby("way", sort=False)
        for of, group in by_class(by_way)
        for rule in WITH_DENSITY
    ]
    return pd.DataFrame(rows)


def _denser(rows: pd.DataFrame, rule: str) -> dict[str, float]:
    better, number = (rows["model"] - rows[rule]).to_numpy(), len(rows)
    low, high = mean_interval(better, rows["dyad"].to_numpy())
    return {
        "cases": number,
        "events": float(rows["event"].sum()),
        "elpd": float(rows["model"].sum()),
        "better": float(better.sum()),
        "error": float(np.sqrt(number) * better.std(ddof=1)) if number > 1 else np.nan,
        "low": number * low,
        "high": number * high,
    }


def calibration_table(cases: pd.DataFrame) -> pd.DataFrame:
    """One row per way and class: cases, dyads, came, expected with its 90 % interval, p_value of
    D-calibration, khat_worst, refitted (cases).

    expected: events by the cumulative hazards of the time that each was watched. low, high: of a
    Poisson number with the events that came (Garwood 1936), so that right chances lie inside.
    """
    rows = [
        {"way": way, "class": of} | _calibrated(group)
        for way, by_way in cases.groupby("way", sort=False)
        for of, group in by_class(by_way)
    ]
    return pd.DataFrame(rows)


def _calibrated(rows: pd.DataFrame) -> dict[str, float]:
    by_end, event = rows["by_end"].to_numpy(), rows["event"].to_numpy()
    bins = BINS if len(rows) >= FEW else FEW_BINS
    came, tail = event.sum(), (1 - SHARE) / 2
    return {
        "cases": len(rows),
        "dyads": rows["dyad"].nunique(),
        "came": float(came),
        "expected": float(-np.log1p(-np.minimum(by_end, 1 - 1e-12)).sum()),
        "low": float(chi2.ppf(tail, 2 * came) / 2) if came else 0.0,
        "high": float(chi2.ppf(1 - tail, 2 * came + 2) / 2),
        "p_value": d_calibration(by_end, event, bins)[0],
        "khat_worst": float(rows["khat"].max()),
        "refitted": int(rows["refitted"].sum()),
    }


def reliability_table(chances: pd.DataFrame) -> pd.DataFrame:
    """One row per way, months ahead and group of cases alike in what the model said of them:
    cases, said (mean chance), came with its 90 % interval, as `share_come` has them."""
    rows = []
    for (way, months), by_way in chances.groupby(["way", "months"], sort=False):
        edges = np.quantile(by_way["model"], np.linspace(0, 1, GROUPS + 1)[1:-1])
        group = np.searchsorted(edges, by_way["model"], side="right")
        for _, alike in by_way.groupby(group):
            came, low, high = share_come(
                alike["years"].to_numpy(), alike["event"].to_numpy(), months / 12
            )
            about = {"way": way, "months": months, "cases": len(alike)}
            rows.append(about | {"said": alike["model"].mean(), "came": came} | _ends(low, high))
    return pd.DataFrame(rows)


def _ends(low: float, high: float) -> dict[str, float]:
    return {"low": low, "high": high}


def pit_table(cases: pd.DataFrame) -> pd.DataFrame:
    """way, class, share, below, low, high: `survival_scores.pit_curve` of every class."""
    parts = [
        pit_curve(group["by_end"].to_numpy(), group["event"].to_numpy()).assign(
            way=way, **{"class": of}
        )
        for way, by_way in cases.groupby("way", sort=False)
        for of, group in by_class(by_way)
        if group["event"].sum() > 0
    ]
    return pd.concat(parts, ignore_index=True)[["way", "class", "share", "below", "low", "high"]]


def tables(cases: pd.DataFrame, chances: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """All that is stored of the reference classes held out, by name."""
    kept = ["way", "case", "class", "dyad", "began", "years", "event", "khat", "refitted", "by_end"]
    return {
        "brier": brier_table(chances),
        "density": density_table(cases),
        "calibration": calibration_table(cases),
        "reliability": reliability_table(chances),
        "pit": pit_table(cases),
        "cases": cases[kept],
    }
