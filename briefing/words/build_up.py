"""What a chance is made of, in words: base rate, region, drivers, links."""

import pandas as pd

from briefing.words import numbers, points
from model.scenario import Scenario

TITLES = {
    "base": "Base rate: comparable cases",
    "region": "The region's own record",
    "links": "Other outcomes that come first",
    "published": "Published",
}
LEAST = 0.0005  # a driver that adds less, either way, is not drawn by itself, if it is not told
CAPTION = (
    "From the rate of comparable cases to the published chance. Orange adds, blue takes away. Each "
    "driver counts from where comparable cases stood; the steps are exact and add up. The axis "
    "ends just above the largest number."
)

BARS = (
    "Bars: what each part adds to the base rate or takes away. Each driver counts from where "
    "comparable cases stood; the parts are exact and add up to the published chance."
)


def steps(table: pd.DataFrame, outcome: str, scenario: Scenario) -> pd.DataFrame:
    """The rows of one outcome with a title each; drivers strongest first, the weak ones together.

    table: that of `model.explain.build_up`. Columns: part, id, title, share, after,
    before, mcse.
    """
    rows = table[table["outcome"] == outcome]
    drivers = rows[rows["part"] == "driver"]
    order = drivers["share"].abs().sort_values(ascending=False, kind="stable").index
    drivers = drivers.loc[order]
    weak = drivers["share"].abs() < min(LEAST, step_of(rows) / 200)
    weak &= weak.sum() > 1  # a single one needs no more room by its name
    ordered = [*drivers[~weak].itertuples(index=False), *_together(drivers[weak])]
    shown = [(row.part, row.id, _title(row, scenario), row.share) for row in ordered]
    ends = {row.part: (row.part, "", TITLES[row.part], row.share) for row in _others(rows)}
    listed = [ends["base"], ends["region"], *shown, ends["links"]]
    named = pd.DataFrame(listed, columns=["part", "id", "title", "share"])
    named["after"] = named["share"].cumsum()
    named["before"] = named["after"] - named["share"]
    total = dict(zip(named, ends["published"], strict=False)) | {"before": 0.0}
    total["after"] = total["share"]
    both = pd.concat([named, pd.DataFrame([total])], ignore_index=True)
    return both.assign(mcse=rows["mcse"].iloc[0])


def sentence(rows: pd.DataFrame, title: str) -> str:
    """What the chance is made of, as a sentence; `rows` as of `steps`."""
    shown = waterfall(rows)
    levels = dict(zip(rows["part"].iloc[1:-1], shown.levels, strict=True))  # the last of a part
    with_drivers = levels.get("driver", levels["region"])
    return (
        f"{title}: comparable cases alone give {shown.first}, the region's own record makes it "
        f"{levels['region']}, the drivers {with_drivers}, and other outcomes that come first "
        f"{shown.last}."
    )


def alt(rows: pd.DataFrame, title: str) -> str:
    """What the waterfall shows, as a text; `rows` as of `steps`."""
    shown = waterfall(rows)
    named = zip(rows["title"].iloc[1:-1], shown.steps, strict=True)
    moves = "; ".join(f"{part} {step}" for part, step in named)
    return (
        f"Steps of the chance of {title}, from {shown.first} by comparable cases to {shown.last} "
        f"as published: {moves}."
    )


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Part, Adds (percentage points), Chance after it: one row per row of `steps`."""
    shown = waterfall(rows)
    return pd.DataFrame(
        {
            "Part": rows["title"],
            "Adds": ["", *shown.steps, ""],
            "Chance after it": [shown.first, *shown.levels, shown.last],
        }
    )


def waterfall(rows: pd.DataFrame) -> points.Waterfall:
    """The texts of the steps from the base rate to the published chance; `rows` as of `steps`."""
    first, *between, last = rows["share"]
    return points.waterfall(first, between, last, step_of(rows))


def caption(rows: pd.DataFrame, reading: str = CAPTION) -> str:
    """How to read the steps, and the Monte Carlo error of what they lead to."""
    error = points.error(rows["mcse"].iloc[0])
    return f"{reading} Monte Carlo error of the published chance: {error}."


def step_of(rows: pd.DataFrame) -> float:
    """The size of the last digit, in points; see `points.digit`.

    rows: of one outcome, of `steps` or of its table.
    """
    ends = rows[rows["part"].isin(["base", "published"])]
    return points.digit(*zip(ends["share"], ends["mcse"], strict=True))


def _others(rows: pd.DataFrame):
    return rows[rows["part"] != "driver"].itertuples(index=False)


def _title(row, scenario: Scenario) -> str:
    if row.id:
        return scenario.driver(row.id).title
    return f"{numbers.capital(numbers.count(row.many))} other drivers"


def _together(weak: pd.DataFrame):
    """One row in place of the weak drivers, none where there is none."""
    if weak.empty:
        return []
    sum_ = pd.DataFrame([{"part": "driver", "id": "", "share": weak["share"].sum()}])
    return sum_.assign(many=len(weak)).itertuples(index=False)
