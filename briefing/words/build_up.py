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
LEAST = 0.0005  # a driver that adds less, either way, is not drawn by itself
CAPTION = (
    "From the rate of comparable cases to the published chance. Orange adds, blue takes away. Each "
    "driver counts from where comparable cases stood; the steps are exact and add up. The axis "
    "ends just above the largest number."
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
    weak = drivers["share"].abs() < LEAST
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
    by_part = rows.groupby("part")["share"].sum()
    base, region = by_part["base"], by_part["region"]
    with_drivers = base + region + by_part.get("driver", 0.0)
    chances = (base, base + region, with_drivers, by_part["published"])
    cases, own, drivers, whole = (numbers.percent(p, rows["mcse"].iloc[0]) for p in chances)
    return (
        f"{title}: comparable cases alone give {cases}, the region's own record makes it {own}, "
        f"the drivers {drivers}, and other outcomes that come first {whole}."
    )


def alt(rows: pd.DataFrame, title: str) -> str:
    """What the waterfall shows, as a text; `rows` as of `steps`."""
    first, *between, last = rows.itertuples()
    size = step_of(rows)
    moves = "; ".join(f"{row.title} {points.difference(row.share, size)}" for row in between)
    return (
        f"Steps of the chance of {title}, from {numbers.percent(first.share, first.mcse)} by "
        f"comparable cases to {numbers.percent(last.share, last.mcse)} as published: {moves}."
    )


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Part, Adds (percentage points), Chance after it: one row per row of `steps`."""
    whole, size = rows["part"].isin(["base", "published"]), step_of(rows)
    return pd.DataFrame(
        {
            "Part": rows["title"],
            "Adds": [
                "" if is_whole else points.difference(share, size)
                for is_whole, share in zip(whole, rows["share"], strict=True)
            ],
            "Chance after it": [numbers.percent(row.after, row.mcse) for row in rows.itertuples()],
        }
    )


def step_of(rows: pd.DataFrame) -> float:
    """The last digit of a step, in points: no finer than the chances at both ends."""
    ends = rows.iloc[[0, -1]]
    return numbers.step_between(*zip(ends["share"], ends["mcse"], strict=True))


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
