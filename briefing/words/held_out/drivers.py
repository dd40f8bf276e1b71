"""The drivers' futures scored, in sentences and tables."""

import pandas as pd

from briefing.words import numbers
from briefing.words.held_out.skill import compared, skill
from model.inspect.driver_coverage import ALL

RULES = {"persistence": "the level stays", "climatology": "any month's level so far"}
WHAT = (
    "On the first of each month the drivers' futures are drawn from what was known, and compared "
    "with the level that came. Only the codings are hindsight. As-of days overlap and drivers move "
    "together, so the intervals take a whole year of days as one block, and there are few years."
)
CAPTION = (
    "Skill: how much lower the CRPS of the futures is than the rule's, as a share of the rule's; "
    "under 0 the rule is better. Bars: 90% intervals, by resampling years of as-of days."
)
EVEN = (
    "How far chance alone may move these shares is shown on the Model page, under *Drivers' "
    "futures*. Below: the share of what came in each tenth of the futures, from the lowest to the "
    "highest; right futures have 10% in each."
)


def sentence(rows: pd.DataFrame, title: str) -> str:
    """Skill at every horizon beside each rule, as a sentence; rows: of `driver_scores`' table."""
    parts = []
    for rule, series in rows.groupby("baseline", sort=False):
        values = ", ".join(
            f"{skill(row.skill)} at {row.months} months" for row in series.itertuples()
        )
        parts.append(f"beside “{RULES[rule]}” {values}")
    return f"{title}: skill {'; '.join(parts)}."


def worse(crps: pd.DataFrame, titles: dict[str, str]) -> str:
    """Which drivers' futures are worse than a rule, the worst first, as a sentence."""
    rows = crps[(crps["better"] <= 0) & (crps["driver"] != ALL)]
    asked = int((crps["driver"] != ALL).sum())
    if rows.empty:
        return f"In none of {asked} comparisons is a rule as good as the futures."
    listed = "; ".join(
        f"{titles.get(row.driver, row.driver)}, {row.months} months, beside "
        f"“{RULES[row.baseline]}”: {skill(row.skill)}"
        for row in rows.sort_values("skill", kind="stable").head(3).itertuples()
    )
    return (
        f"**Where the futures are not better: {len(rows)} of {asked} comparisons** of single "
        f"drivers. The worst: {listed}."
    )


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Months, Beside, Days, Years, CRPS of both, Skill with interval: one row each."""
    return pd.DataFrame(
        {
            "Months": rows["months"],
            "Beside": rows["baseline"].map(RULES),
            "Days": rows["days"],
            "Years": rows["years"],
            "Inside the 90% band": [numbers.percent(value) for value in rows["inside"]],
            "CRPS, futures": [f"{value:.3f}" for value in rows["own"]],
            "CRPS, rule": [f"{value:.3f}" for value in rows["base"]],
        }
        | compared(rows)
    )


def pit_in_words(pit: pd.DataFrame) -> pd.DataFrame:
    """Months ahead, and the share of what came in each tenth of the futures, the lowest first."""
    table = pit.pivot(index="months", columns="tenth", values="share")
    words = table.map(lambda share: f"{100 * share:.0f}%")
    words.columns = [f"tenth {tenth}" for tenth in words.columns]
    return words.reset_index(names="Months ahead")


def coverage_said(crps: pd.DataFrame) -> str:
    """How often what came lay inside the 90 % band, all drivers together, as a sentence."""
    rows = crps[crps["driver"] == ALL].drop_duplicates("months")
    listed = ", ".join(
        f"{numbers.percent(row.inside)} at {row.months} months" for row in rows.itertuples()
    )
    return f"What came lay inside the futures' 90% band: {listed}."
