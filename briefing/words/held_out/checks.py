"""The self-checks in words: a line each, and what was compared."""

from collections.abc import Mapping

import pandas as pd

from briefing.words import numbers
from model.scenario import Scenario
from model.self_checks import badge

TITLES = {
    badge.SIMULATED: "Simulated worlds",
    badge.RECOVERY: "Recovery",
    badge.CLASS: "Class survival",
    badge.RECORD: "Weekly record",
    badge.DEATHS: "Monthly deaths",
    badge.NULL_WORLDS: "Null worlds",
}
ASKED = {
    badge.SIMULATED: "quantities have ranks outside the band of right fits",
    badge.RECOVERY: "quantities have 90% intervals that hold the truth too seldom or too often",
    badge.CLASS: "observed shares lie outside the simulated 90%",
    badge.RECORD: "outcomes happened more or less often than in the simulated 90%",
    badge.DEATHS: "summaries of monthly deaths lie outside the simulated 90%",
    badge.NULL_WORLDS: "chances within a year are above 50% although nothing had happened",
}
WHAT = (
    "A check passes if no more lies outside than chance alone would leave there in 19 of 20 right "
    "models. The model has seen the evidence that it is compared with: a passed check says that it "
    "can make such evidence, not that it can foresee."
)
CAPTION = (
    "Where what was seen lies among the simulated worlds, 0 lowest, 1 highest, half of equal ones "
    "counted. Shaded: their middle 90%. Of a class the shares that came by 3, 6, 12, 24 and 60 "
    "months."
)
NULL_WORLDS = (
    "A null world is the region's own record with each event's day given to another at random, so "
    "that as much is reported but nothing builds up; no outcome came about, no truce or turn "
    "started a clock anew, and no month was deadlier than a quiet one. The model is fitted to it "
    "and asked for the next year. Above 50% counts as a false alarm; up to 5% of them pass."
)


def summary(rows: pd.DataFrame) -> str:
    """How many of the checks are passed, as a sentence."""
    passed, asked = int(rows["passed"].sum()), len(rows)
    if passed == asked:
        return f"**All {numbers.count(asked)} self-checks passed.**"
    failed = ", ".join(TITLES[check].lower() for check in rows.loc[~rows["passed"], "check"])
    return (
        f"**{numbers.capital(numbers.count(passed))} of {numbers.count(asked)} self-checks "
        f"passed.** Not passed: {failed}."
    )


def line(row: Mapping) -> str:
    """One check's line: `Recovery, passed: 2 of 44 … ; up to 5 may.`"""
    verdict = "passed" if row["passed"] else "**not passed**"
    return (
        f"{TITLES[row['check']]}, {verdict}: {row['outside']} of {row['asked']} "
        f"{ASKED[row['check']]}; up to {row['allowed']} may."
    )


def older(rows: pd.DataFrame, present: str) -> str:
    """Which checks were made with another version of the model, as a sentence; blank if none."""
    old = rows[rows["version"] != present]
    if old.empty:
        return ""
    names = ", ".join(TITLES[check].lower() for check in old["check"])
    return (
        f"**Made with an older version of the model: {names}.** `make sbc` and "
        "`python -m model held-out` make them again."
    )


def about_title(check: str, about: str, scenario: Scenario) -> str:
    """A compared quantity as a reader knows it."""
    if check == badge.RECORD:
        return scenario.outcome(about).title
    of, _, months = about.partition(", ")
    if check == badge.CLASS:
        return f"{scenario.reference_class(of).title}, {months}"
    return f"Deaths: {about}" if about != "months without any" else "Months without deaths"


def in_words(table: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Check, Of, Seen, Simulated (median, 90%), Inside: one row per quantity."""
    rows = table.to_dict("records")
    return pd.DataFrame(
        {
            "Check": [TITLES[row["check"]] for row in rows],
            "Of": [about_title(row["check"], row["about"], scenario) for row in rows],
            "Seen": [_number(row["seen"], row) for row in rows],
            "Simulated, median": [_number(row["middle"], row) for row in rows],
            "Simulated, 90%": [
                f"{_number(row['low'], row)} to {_number(row['high'], row)}" for row in rows
            ],
            "Inside": ["yes" if row["inside"] else "no" for row in rows],
        }
    )


def _number(value: float, row: Mapping) -> str:
    if row["check"] == badge.CLASS or row["about"] == "months without any":
        return numbers.percent(value)
    return f"{value:.3g}"


def sentence(table: pd.DataFrame) -> str:
    """How many quantities lie inside, by check, as a sentence."""
    parts = [
        f"{TITLES[check].lower()} {int(rows['inside'].sum())} of {len(rows)}"
        for check, rows in table.groupby("check", sort=False)
    ]
    return f"Inside the middle 90% of the simulated worlds: {', '.join(parts)}."


def null_worlds_said(alarms: pd.DataFrame) -> str:
    """What a fit to a history without events expects, as sentences."""
    row = alarms.set_index("outcome").loc["all"]
    return (
        f"In {int(row['worlds'])} histories in which nothing happened the chance of an outcome "
        f"within a year was {numbers.percent(row['mean'])} on average and "
        f"{numbers.percent(row['highest'])} at the highest. It passed 20% in "
        f"{_share(row['above_20'])} of worlds and outcomes, 50% in {_share(row['above_50'])}."
    )


def _share(value: float) -> str:
    return "none" if value == 0 else numbers.percent(value)


def null_worlds_in_words(alarms: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Outcome, Mean chance, Highest, Above 20%, Above 50%: all first, then each outcome."""
    titles = {outcome.id: outcome.title for outcome in scenario.outcomes}
    return pd.DataFrame(
        {
            "Outcome": [titles.get(id, "All outcomes") for id in alarms["outcome"]],
            "Mean chance within a year": [numbers.percent(value) for value in alarms["mean"]],
            "Highest": [numbers.percent(value) for value in alarms["highest"]],
            "Worlds above 20%": [_share(value) for value in alarms["above_20"]],
            "Worlds above 50%": [_share(value) for value in alarms["above_50"]],
        }
    )


def row_title(name: str) -> str:
    """The title of the row in which a quantity is drawn: a class's horizons share one."""
    head, comma, tail = name.rpartition(", ")
    return head if comma and tail.endswith(" months") else name
