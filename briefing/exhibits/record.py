"""The exhibits of the Track record page: stored tables become charts with their words."""

import pandas as pd

from briefing.charts import record as charts
from briefing.charts import theme
from briefing.exhibits.exhibit import Exhibit
from briefing.words import record as words
from model.scenario import Scenario


def history(
    rows: pd.DataFrame, moves: pd.DataFrame, scenario: Scenario, outcome: str, term: str
) -> Exhibit:
    """An outcome's chance over past as-of days.

    rows, moves: of `model.record.published.history`, at least one row. outcome: an id. term: one
    of `TERMS`.
    """
    title = scenario.outcome(outcome).title
    colour = theme.outcome_colours(scenario.outcome_ids)[outcome]
    return Exhibit(
        name="history",
        title=f"{title} {words.by(term)}, as of past days",
        figure=charts.history(rows, moves, colour, theme.top_of(rows["high"])),
        numbers=_with_moves(rows, moves),
        in_words=words.history_in_words(rows, moves),
        alt=f"A line over as-of days. {words.history_sentence(rows, title, term)}",
        caption="Filled: published. Open: walk-forward, fitted to what was known that day. Band: "
        "90% interval. Numbers: where it moved most, as the table says.",
        choices={"outcome": outcome, "term": term},
    )


def _with_moves(rows: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """The rows of a history, and beside those that moved most by how much and what was reported."""
    reported = moves[["as_of", "change", "date", "what_happened", "source_url"]]
    reported = reported.rename(columns={"date": "reported_on"})
    return rows.rename(columns={"source": "origin"}).merge(reported, on="as_of", how="left")
