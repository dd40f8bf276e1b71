"""The walk-forward's tables for readers: skills, said and came, sets, conditionals."""

from collections.abc import Mapping

import pandas as pd

from briefing.words import numbers
from briefing.words.held_out.skill import compared, intervals, skill
from briefing.words.walk.sentences import FORECASTERS, ahead
from model.record.walk.forecasters import MODEL

ALL = "all"
SCORE_TITLES = {"brier": "Brier", "log_score": "Logarithmic"}
WORDS = {"happened": "Came", "not": "Did not", "open": "Open", "void": "Void"}


def skills_in_words(skills: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Against, Of, Score, Model, Rule, Skill, 90% interval, Forecasts, Separate events, Came.

    skills: of `walk_scores.skills`.
    """
    names = {ALL: "All outcomes"} | dict(titles)
    return pd.DataFrame(
        {
            "Against": skills["baseline"].map(FORECASTERS),
            "Of": [_of(row, names) for row in skills.itertuples()],
            "Score": skills["score"].map(SCORE_TITLES),
            "Model": _three(skills["own"]),
            "Rule": _three(skills["base"]),
            **compared(skills),
            "Forecasts": skills["forecasts"],
            "Separate events": skills["blocks"],
            "Came": skills["came"],
        }
    )


def _of(row, names: Mapping[str, str]) -> str:
    return names.get(row.outcome, row.outcome) if row.term == ALL else ahead(row.term)


def _three(values: pd.Series) -> list[str]:
    return [f"{value:.3f}" for value in values]


def scores_in_words(scores: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Who, Of, Forecasts, Came, Brier, Logarithmic, its parts, Discrimination: a row a forecaster.

    scores: of `walk_scores.scores`.
    """
    names = {ALL: "All outcomes"} | dict(titles)
    return pd.DataFrame(
        {
            "Who": scores["forecaster"].map(FORECASTERS),
            "Of": [names.get(outcome, outcome) for outcome in scores["outcome"]],
            "Forecasts": scores["forecasts"],
            "Came": scores["came"],
            "Brier": _three(scores["brier"]),
            "Logarithmic": _three(scores["log_score"]),
            "Reliability": _three(scores["reliability"]),
            "Resolution": _three(scores["resolution"]),
            "Uncertainty": _three(scores["uncertainty"]),
            "Discrimination": [
                "–" if value != value else f"{value:.2f}" for value in scores["discrimination"]
            ],
        }
    )


def transfer_in_words(transfer: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Outcome, Ahead, Forecasts, Separate events, Said to come, If right, Came."""
    return pd.DataFrame(
        {
            "Outcome": [titles.get(outcome, outcome) for outcome in transfer["outcome"]],
            "Ahead": transfer["term"],
            "Forecasts": transfer["forecasts"],
            "Separate events": transfer["blocks"],
            "Said to come": [f"{value:.1f}" for value in transfer["expected"]],
            "If right, 9 in 10": [
                f"{low:.0f} to {high:.0f}"
                for low, high in zip(transfer["low"], transfer["high"], strict=True)
            ],
            "Came": transfer["came"].astype(int),
        }
    )


def transfer_said(transfer: pd.DataFrame, titles: Mapping[str, str]) -> str:
    """Which outcomes came more or less often than was said, as sentences, the worst first."""
    by_outcome = transfer.groupby("outcome", sort=False)[["expected", "came", "forecasts"]].sum()
    gap = (by_outcome["came"] - by_outcome["expected"]).abs() / by_outcome["forecasts"]
    listed = "; ".join(
        f"{titles.get(outcome, outcome)}: of {by_outcome.loc[outcome, 'forecasts']:.0f} forecasts "
        f"{by_outcome.loc[outcome, 'expected']:.0f} were to come true by their chances, and "
        f"{by_outcome.loc[outcome, 'came']:.0f} did"
        for outcome in gap.sort_values(ascending=False, kind="stable").index
    )
    return (
        f"{listed}. Forecasts of one outcome wait for the same few events, so the counts are of "
        "questions and not of independent cases."
    )


def sets_in_words(sets: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Set, Brier, Model's Brier, Skill over the model, 90% interval, Forecasts, Refused, Came.

    sets: of `walk_scores.set_scores`. names: of the sets, by the name of their file.
    """
    return pd.DataFrame(
        {
            "Set": [names.get(name, name) for name in sets["set"]],
            "Brier": _dashed(sets["own"]),
            "Model's": _dashed(sets["base"]),
            "Skill over the model": [skill(value) for value in sets["skill"]],
            "90% interval": intervals(sets),
            "Forecasts": sets["forecasts"],
            "Refused": sets["refused"],
            "Came": sets["came"],
        }
    )


def conditionals_in_words(table: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """If, Then, Condition came, Condition failed, Said, Without condition, Came, Brier, Plain.

    table: of `walk_scores.conditional_scores`; pairs whose condition never came have no score and
    are left out, see `sentences.never_came`.
    """
    table = table[table["met"] > 0]
    return pd.DataFrame(
        {
            "If": [titles.get(outcome, outcome) for outcome in table["given"]],
            "Then": [titles.get(outcome, outcome) for outcome in table["outcome"]],
            "Condition came": table["met"],
            "Condition failed": table["failed"],
            "Said, if": _percents(table["said"]),
            "Said, plain": _percents(table["plain"]),
            "Then came": table["came"],
            "Brier, if": _dashed(table["brier"]),
            "Brier, plain": _dashed(table["brier_plain"]),
        }
    )


def _percents(chances: pd.Series) -> list[str]:
    return ["–" if chance != chance else numbers.percent(chance) for chance in chances]


def _dashed(scores: pd.Series) -> list[str]:
    return ["–" if score != score else f"{score:.3f}" for score in scores]


def path_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """As of, By, Chance, 90% interval, Class, Own record, What became: one row per as-of day."""
    asked = rows.dropna(subset=[MODEL])
    return pd.DataFrame(
        {
            "As of": [numbers.short_date(day) for day in asked["as_of"]],
            "By": [numbers.short_date(day) for day in asked["deadline"]],
            "Chance": [numbers.percent(row.probability, row.mcse) for row in asked.itertuples()],
            "90% interval": [
                numbers.span(row.low, row.high, row.mcse) for row in asked.itertuples()
            ],
            "Rate of the class": _percents(asked["class_rate"]),
            "Own record": _percents(asked["own_record"]),
            "Became": asked["resolution"].map(WORDS),
        }
    )
