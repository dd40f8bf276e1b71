"""The worst misses of a walk-forward: what was said furthest from what came, an event once."""

import pandas as pd

from model.record.walk.forecasters import MODEL
from model.scoring.scores import briers

WORST = 3


def misses(rows: pd.DataFrame, count: int = WORST) -> pd.DataFrame:
    """The forecasts furthest from what came, one per outcome and event, the worst first.

    rows: of `walk_scores.scorable`. Of the many that wait for one event only the worst stands here.
    Adds `miss`, the Brier score, 0..1, of the forecast, and `alike`, how many forecasts wait for
    the same and say less than half to what came.
    """
    scored = rows.assign(miss=briers(rows[MODEL].to_numpy(float), rows["happened"].to_numpy()))
    event = ["outcome", "happened", "block"]
    alike = scored["miss"].gt(0.25).groupby([scored[name] for name in event]).transform("sum")
    worst = scored.assign(alike=alike).sort_values("miss", ascending=False, kind="stable")
    return worst.drop_duplicates(event).head(count).reset_index(drop=True)
