"""Scores of a walk-forward: the model, each simple rule, each built-in set, each conditional.

Forecasts that wait for the same event are one block, so that a question asked every month is not
counted as many; intervals resample blocks.
"""

import numpy as np
import pandas as pd

from model.record.resolution import Known
from model.record.walk.forecasters import MODEL, TERMS
from model.record.walk.resolved import decided
from model.scoring import skill
from model.scoring.blocks import episodes
from model.scoring.decomposition import decomposed, discrimination
from model.scoring.reliability import expected_and_came
from model.scoring.scores import briers, log_score

BASELINES = ("class_rate", "own_record", "drivers_off", "last_value", "crowd")
ALL = skill.ALL


def scorable(forecasts: pd.DataFrame, known: Known) -> pd.DataFrame:
    """The decided forecasts, with `happened` and the `block` whose event each waits for.

    forecasts: the table of `resolved`. known: as for that.
    """
    rows = decided(forecasts, known)
    return rows.assign(block=episodes(rows, known.came))


def scores(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per forecaster and outcome (`all` first): what its forecasts scored, and of what.

    rows: of `scorable`. Columns: forecaster, outcome, forecasts, blocks, came, brier, log_score,
    and the Brier score's reliability, resolution, uncertainty; discrimination (0.5 is a coin's).
    """
    parts = [(ALL, rows), *rows.groupby("outcome", sort=False)]
    made = [
        {"forecaster": name, "outcome": outcome} | _scored(group.dropna(subset=[name]), name)
        for outcome, group in parts
        for name in (MODEL, *BASELINES)
        if group[name].notna().any()
    ]
    return pd.DataFrame(made)


def _scored(rows: pd.DataFrame, name: str) -> dict:
    chances, came = rows[name].to_numpy(float), rows["happened"].to_numpy()
    parts = decomposed(chances, came)
    return {
        "forecasts": len(rows),
        "blocks": rows["block"].nunique(),
        "came": int(came.sum()),
        "brier": parts.score,
        "log_score": log_score(chances, came),
        "reliability": parts.reliability,
        "resolution": parts.resolution,
        "uncertainty": parts.uncertainty,
        "discrimination": discrimination(chances, came),
    }


def skills(rows: pd.DataFrame) -> pd.DataFrame:
    """The model beside each baseline, on the forecasts that both made: see `skill.skills`.

    rows: of `scorable`. One more column, term: `all`, of every outcome and of all together, and
    each term by itself, of all outcomes together.
    """
    terms = [(ALL, rows), *((name, rows[rows["term"] == name]) for name in TERMS)]
    parts = [
        skill.skills(both, MODEL, [baseline]).assign(term=term)
        for term, some in terms
        for baseline in BASELINES
        if len(both := some.dropna(subset=[baseline]))
    ]
    table = pd.concat(parts, ignore_index=True)
    return table[(table["term"] == ALL) | (table["outcome"] == ALL)].reset_index(drop=True)


def transfer(rows: pd.DataFrame) -> pd.DataFrame:
    """From the classes to the region: how many of the forecasts came, and how many were said to.

    rows: of `scorable`. One row per outcome and term: forecasts, blocks, and as
    `reliability.expected_and_came` has them expected, low, high, came.
    """
    made = [
        {"outcome": outcome, "term": term, "forecasts": len(group)}
        | {"blocks": group["block"].nunique()}
        | expected_and_came(group[MODEL].to_numpy(), group["happened"].to_numpy(), group["block"])
        for outcome, by_outcome in rows.groupby("outcome", sort=False)
        for term, group in by_outcome.groupby("term", sort=False)
    ]
    return pd.DataFrame(made)


def set_scores(sets: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Each built-in set as a forecaster, beside the model with nothing assumed, best first.

    sets: set, outcome, as_of, term, probability. rows: of `scorable`. Columns: set, forecasts,
    blocks, refused (forecasts for which too few draws were left), came, and by the Brier score the
    columns of `skill.beside`: own is the set's, base the model's; NaN where all were refused.
    """
    keys = ["outcome", "as_of", "term"]
    asked = sets.merge(rows, on=keys, suffixes=("_set", ""))
    made = [{"set": name} | _set_scored(group) for name, group in asked.groupby("set")]
    return pd.DataFrame(made).sort_values("own", kind="stable", ignore_index=True)


def _set_scored(asked: pd.DataFrame) -> dict:
    rows = asked.dropna(subset=[f"{MODEL}_set"])
    if rows.empty:
        return {"forecasts": 0, "blocks": 0, "refused": len(asked), "came": 0, "own": np.nan}
    came, blocks = rows["happened"].to_numpy(), rows["block"].to_numpy()
    own, base = (briers(rows[name].to_numpy(float), came) for name in (f"{MODEL}_set", MODEL))
    counts = {"forecasts": len(rows), "blocks": rows["block"].nunique()}
    counts |= {"refused": len(asked) - len(rows), "came": int(came.sum())}
    return counts | skill.beside(own, base, blocks)


def conditional_scores(conditionals: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """If A then B, scored where A came by the deadline; where it did not, it is counted.

    conditionals: given, outcome, as_of, term, probability. rows: of `scorable`. One row per pair
    that was ever asked: given, outcome, met and failed (forecasts whose condition came, and did
    not), came (of those met, how many B came), said (their mean chance if A), plain (if nothing is
    given), brier and brier_plain; NaN where no condition was met.
    """
    keys = ["as_of", "term"]
    given = rows[["outcome", *keys, "happened"]].rename(
        columns={"outcome": "given", "happened": "met"}
    )
    asked = conditionals.merge(given, on=["given", *keys]).merge(
        rows[["outcome", *keys, MODEL, "happened"]],
        on=["outcome", *keys],
        suffixes=("", "_plain"),
    )
    made = [
        {"given": given, "outcome": outcome} | _conditional_scored(group)
        for (given, outcome), group in asked.groupby(["given", "outcome"], sort=False)
    ]
    table = pd.DataFrame(made)
    return table.sort_values("met", ascending=False, kind="stable", ignore_index=True)


def _conditional_scored(asked: pd.DataFrame) -> dict:
    met = asked[asked["met"]]
    counts = {"met": len(met), "failed": len(asked) - len(met), "came": int(met["happened"].sum())}
    if met.empty:
        return counts
    chances, plain = met[MODEL].to_numpy(float), met[f"{MODEL}_plain"].to_numpy(float)
    came = met["happened"].to_numpy()
    return counts | {
        "said": chances.mean(),
        "plain": plain.mean(),
        "brier": briers(chances, came).mean(),
        "brier_plain": briers(plain, came).mean(),
    }
