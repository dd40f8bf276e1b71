"""The drivers' futures scored, as an exhibit; table: that of `model.held_out.driver_scores`."""

import pandas as pd

from briefing.charts.held_out.skill import LOWEST
from briefing.charts.held_out.skill import skill as skill_chart
from briefing.exhibits.exhibit import Exhibit
from briefing.words.held_out import drivers as words
from briefing.words.held_out.skill import below
from model.inspect.driver_coverage import ALL
from model.scenario import Scenario

COLUMNS = ["months", "baseline", "days", "blocks", "inside", "own", "base"]
ENDS = ["skill", "skill_low", "skill_high"]


def titles(scenario: Scenario) -> dict[str, str]:
    """id -> title of all drivers together, then of each."""
    return {ALL: "All drivers"} | {driver.id: driver.title for driver in scenario.drivers}


def skill(crps: pd.DataFrame, scenario: Scenario, driver: str) -> Exhibit:
    """Skill of the futures of one driver (an id, or `all`) beside simple rules."""
    rows = crps[crps["driver"] == driver].reset_index(drop=True)
    title = titles(scenario)[driver]
    return Exhibit(
        name="driver_skill",
        title=f"{title}: skill of the futures",
        figure=skill_chart(rows, words.RULES),
        numbers=rows.rename(columns={"years": "blocks"})[[*COLUMNS, *ENDS]],
        in_words=words.in_words(rows),
        alt=words.sentence(rows, title),
        caption=words.CAPTION + below(rows, LOWEST),
        choices={"futures_of": driver},
    )
