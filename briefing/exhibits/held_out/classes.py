"""Reference classes held out, as exhibits; tables: those of `model.held_out.class_scores`."""

import pandas as pd

from briefing.charts.held_out import reliability as reliability_charts
from briefing.charts.held_out.skill import LOWEST
from briefing.charts.held_out.skill import skill as skill_chart
from briefing.exhibits.exhibit import Exhibit
from briefing.words.held_out import classes as words
from briefing.words.held_out.skill import below
from model.scenario import Scenario

SKILL = ["months", "baseline", "cases", "dyads", "own", "base"]
SKILL_ENDS = ["skill", "skill_low", "skill_high"]
RELIABILITY = ["months", "cases", "said", "came", "low", "high"]


def skill(brier: pd.DataFrame, scenario: Scenario, way: str, of: str) -> Exhibit:
    """Skill of one class (an id, or `all`) over the horizons, beside every rule."""
    rows = brier[(brier["way"] == way) & (brier["class"] == of)].reset_index(drop=True)
    title = words.class_title(of, scenario)
    return Exhibit(
        name="class_skill",
        title=f"{title}: skill beside simple rules",
        figure=skill_chart(rows, words.RULES),
        numbers=rows[[*SKILL, *SKILL_ENDS]],
        in_words=words.skill_in_words(rows),
        alt=words.skill_said(rows, title, way),
        caption=words.SKILL_CAPTION + below(rows, LOWEST),
        choices={"way": way, "held_out_class": of},
    )


def reliability(table: pd.DataFrame, way: str, months: int) -> Exhibit:
    """What was said beside what came, all classes together, at one horizon."""
    rows = table[(table["way"] == way) & (table["months"] == months)].reset_index(drop=True)
    return Exhibit(
        name="class_reliability",
        title=f"Said and came, {months} months after entry",
        figure=reliability_charts.reliability(rows),
        numbers=rows[RELIABILITY],
        in_words=words.reliability_in_words(rows),
        alt=words.reliability_said(rows, way, months),
        caption=words.RELIABILITY_CAPTION,
        choices={"way": way, "ahead": str(months)},
    )


def evenness(pit: pd.DataFrame, scenario: Scenario, way: str, of: str) -> Exhibit:
    """How evenly the chances at the events lie, of one class (an id, or `all`)."""
    rows = pit[(pit["way"] == way) & (pit["class"] == of)].reset_index(drop=True)
    gaps = {f"gap{end}": rows[name] - rows["share"] for end, name in _ENDS.items()}
    title = words.class_title(of, scenario)
    return Exhibit(
        name="class_evenness",
        title=f"{title}: are the chances at the events even?",
        figure=reliability_charts.evenness(rows.assign(**gaps)),
        numbers=rows[["share"]].assign(**gaps),
        in_words=words.pit_in_words(rows),
        alt=words.pit_said(rows, title, way),
        caption=words.PIT_CAPTION,
        choices={"way": way, "held_out_class": of},
    )


_ENDS = {"": "below", "_low": "low", "_high": "high"}
