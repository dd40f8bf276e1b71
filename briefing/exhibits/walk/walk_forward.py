"""The exhibits of the walk-forward: its stored tables become charts with their words."""

import pandas as pd

from briefing.charts import theme
from briefing.charts.walk import walk_forward as charts
from briefing.exhibits.exhibit import Exhibit
from briefing.words.walk import sentences as words
from briefing.words.walk import tables as walk_tables
from model.record.walk.forecasters import MODEL, MONTHS, YEAR_END
from model.record.walk.stored_walk import WalkForward
from model.scenario import Scenario

TERM_ORDER = (*reversed(MONTHS), YEAR_END)  # a year's end jumps each January, so it comes last
DRAWN = ["as_of", "deadline", MODEL, "low", "high", "mcse", "class_rate", "own_record"]
BECAME = ["resolution", "resolved_on"]


def path(walk: WalkForward, scenario: Scenario, outcome: str, term: str) -> Exhibit:
    """What was said of an outcome (an id) for a term as of each day, and what became of it."""
    every = walk.forecasts
    rows = every[(every["outcome"] == outcome) & (every["term"] == term)]
    rows = rows.dropna(subset=[MODEL]).sort_values("as_of", ignore_index=True)
    title = scenario.outcome(outcome).title
    came = sorted(set(pd.to_datetime(rows["resolved_on"].dropna())))
    colour = theme.outcome_colours(scenario.outcome_ids)[outcome]
    top = theme.top_of([*rows["high"], *rows["class_rate"]])
    above = words.ABOVE if (rows["own_record"] > top).any() else ""
    return Exhibit(
        name="walk_path",
        title=f"{title}, {words.ahead(term)}: what was said, and what came",
        figure=charts.path(rows, came, colour, top),
        numbers=rows[[*DRAWN, *BECAME]],
        in_words=walk_tables.path_in_words(rows),
        alt=words.path_alt(rows, title, term),
        caption=words.PATH_CAPTION + above,
        choices={"outcome": outcome, "term": term},
    )


def skills(walk: WalkForward, scenario: Scenario) -> Exhibit:
    """The model's skill against each rule by the Brier score, of all outcomes together."""
    table = whole_skills(walk)
    titles = [words.FORECASTERS[baseline] for baseline in table["baseline"]]
    readings = [
        f"{words.skill(row.skill)}, {row.came:,} of {row.forecasts:,} came"
        for row in table.itertuples()
    ]
    return Exhibit(
        name="skill",
        title="Skill against simple rules",
        figure=charts.skills(table, titles, readings),
        numbers=table,
        in_words=walk_tables.skills_in_words(table, {}),
        alt=words.skills_alt(table),
        caption="Skill: 1 less the model's mean Brier score over the rule's; 1 is perfect, 0 no "
        "better (dotted), under 0 worse. Bars: 90% intervals, by resampling whole events. "
        + words.WHAT_THEY_ARE,
    )


def whole_skills(walk: WalkForward) -> pd.DataFrame:
    """The skill by the Brier score, of all outcomes and terms together, the worst first."""
    rows = walk.skills
    whole = (rows["score"] == "brier") & (rows["outcome"] == "all") & (rows["term"] == "all")
    return rows[whole].sort_values("skill", kind="stable", ignore_index=True)
