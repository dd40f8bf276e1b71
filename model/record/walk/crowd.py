"""The crowd beside the model: which of its questions is nearest to an outcome, how it differs."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict

from model.evidence import Evidence

FILE = "crowd_questions.toml"


class Question(BaseModel):
    """A question of `crowd.csv`, the outcome that it is nearest to, and how the two differ."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    outcome: str
    differs: str


def questions(folder: Path) -> list[Question]:
    """The questions that a scenario's folder matches to outcomes; none where it has no such file.

    Raises ValueError for a file of another form.
    """
    path = Path(folder) / FILE
    if not path.exists():
        return []
    with open(path, "rb") as file:
        rows = tomllib.load(file)
    return [Question(**row) for row in rows.get("question", [])]


def crowd(table: pd.DataFrame, evidence: Evidence, known: Sequence[Question]) -> pd.Series:
    """(rows,): the crowd's latest chance, 0..1, as of each row's day; NaN where it was not asked.

    table: outcome, as_of, deadline. Only a question that closes on the very deadline counts.
    """
    outcome = {question.question: question.outcome for question in known}
    forecasts = evidence.crowd.assign(outcome=evidence.crowd["question"].map(outcome))
    chances = [
        _latest(forecasts[forecasts["outcome"] == row.outcome], row.as_of, row.deadline)
        for row in table.itertuples()
    ]
    return pd.Series(chances, index=table.index, dtype=float)


def _latest(forecasts: pd.DataFrame, as_of, deadline) -> float:
    closing = forecasts["closes"] == pd.Timestamp(deadline)
    by_then = forecasts[closing & (forecasts["date"] <= pd.Timestamp(as_of))]
    return (
        float(by_then.sort_values("date")["probability"].iloc[-1]) if len(by_then) else float("nan")
    )
