"""What became of published forecasts: resolved, open or void, as known on a day; and how they did.

void: what was asked can no longer be answered, and no score counts it.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from model.evidence import Evidence, load_evidence
from model.evidence.evidence import last_evidence
from model.record.published.publishing import rule_of
from model.record.published.stored import Stored
from model.record.resolution import HAPPENED, OPEN, VOID, Known, known_of, resolution

RESOLVED = "resolved"  # it happened, or its deadline has passed
UNASKED = "its outcome is not asked any more"
OTHER_RULE = "its question or rule has changed since"
TOO_LATE = "it had already happened on the as-of day, and was not known yet"
ALL = "all"
SCORES = ["by", "of", "chance", "forecasts", "came", "brier", "log_score"]
ADDED = ["status", "happened", "decided_on", "scored", "why"]


def known_now(folder) -> Evidence:
    """All that a scenario's folder knows, for asking what became of what was published.

    Raises what `load_evidence` raises.
    """
    return load_evidence(folder, last_evidence(folder))


def resolved(forecasts: pd.DataFrame, known: Evidence) -> pd.DataFrame:
    """The forecasts with status, happened, decided_on, scored and why, in their order.

    forecasts: outcome, as_of, deadline, rule. known: the evidence as of the day at which this is
    asked. happened: True or False, None unless resolved. decided_on: the day it happened, else the
    deadline. scored: whether its deadline has passed, see `Resolution`. why: of what is void.
    """
    asked = {outcome.id: rule_of(outcome) for outcome in known.scenario.outcomes}
    now = known_of(known)
    rows = [_became(row, asked, now) for row in forecasts.to_dict("records")]
    added = pd.DataFrame(rows, columns=ADDED, index=forecasts.index, dtype=object)
    return forecasts.assign(**{name: added[name] for name in ADDED})


def _became(row: Mapping, asked: Mapping[str, str], known: Known) -> tuple:
    """What `ADDED` names of one forecast; asked: outcome -> its rule."""
    if row["outcome"] not in asked:
        return VOID, None, None, False, UNASKED
    if asked[row["outcome"]] != row["rule"]:
        return VOID, None, None, False, OTHER_RULE
    word, day, over = resolution(row["outcome"], row["as_of"], row["deadline"], known)
    if word in (OPEN, VOID):
        return word, None, None, False, TOO_LATE if word == VOID else ""
    return RESOLVED, word == HAPPENED, day or row["deadline"], over, ""


def overrides_resolved(kept: Stored, known: Evidence) -> pd.DataFrame:
    """The overrides with the as_of, term and run of their forecasts, and what became of these.

    kept: the tables of one scenario. known: as for `resolved`.
    """
    became = resolved(kept.forecasts, known)[["number", "as_of", "term", "run", *ADDED]]
    became = became.rename(columns={"number": "forecast"})
    return kept.overrides.merge(became, on="forecast", how="left", validate="many_to_one")


def ahead(table: pd.DataFrame) -> pd.Series:
    """Whether each forecast was published before it was decided; what is open counts as such.

    table: of `resolved`, with `published`.
    """
    published = pd.to_datetime(table["published"])
    decided = pd.to_datetime(table["decided_on"])
    return decided.isna() | (published < decided)


def counts(table: pd.DataFrame) -> dict[str, int]:
    """How many forecasts are resolved, open and void; and `ahead`, resolved and published before.

    table: of `resolved`.
    """
    count = {status: int((table["status"] == status).sum()) for status in (RESOLVED, OPEN, VOID)}
    return count | {"ahead": int(((table["status"] == RESOLVED) & ahead(table)).sum())}


def score_table(table: pd.DataFrame, chances: list[str]) -> pd.DataFrame:
    """by, of, chance, forecasts, came, brier, log_score of the rows that are scored; 0 is best.

    table: of `resolved`. chances: its columns of probabilities. by: all, then term, then
    outcome, and `of` which. Empty where nothing is scored.
    """
    rows = _scorable(table)
    groups = [(ALL, ALL, rows)] if len(rows) else []
    for by in (name for name in ("term", "outcome") if name in rows):
        groups += [(by, of, group) for of, group in rows.groupby(by, sort=False)]
    scores = [
        (by, of, chance, *_scores(group, chance)) for by, of, group in groups for chance in chances
    ]
    return pd.DataFrame(scores, columns=SCORES)


def _scores(rows: pd.DataFrame, chance: str) -> tuple[int, int, float, float]:
    # only now: the library of scores is no part of the dashboard until something is decided
    from model.scoring.scores import brier, log_score

    chances, came = rows[chance].to_numpy(float), rows["happened"].to_numpy()
    return len(rows), int(came.sum()), brier(chances, came), log_score(chances, came)


def misses(table: pd.DataFrame, chance: str = "probability") -> pd.DataFrame:
    """The scored rows with `given`, the chance of what came, the least (the worst miss) first.

    table: of `resolved`. chance: its column of probabilities.
    """
    rows = _scorable(table)
    given = np.where(rows["happened"], rows[chance], 1 - rows[chance]).astype(float)
    return rows.assign(given=given).sort_values("given", kind="stable", ignore_index=True)


def _scorable(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["scored"].astype(bool)]
    return rows.assign(happened=rows["happened"].astype(bool))
