"""If A, then B in words: pairs of outcomes, the strongest, and the twin of the heat table."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from briefing.words import numbers

# How A comes about: the columns of B's chance then, of what it is compared with, of its error.
WAYS = {
    "We learn that it happened by then": ("assumed", "published", "mcse_assumed"),
    "It is brought about then": ("made", "published", "mcse_made"),
    "It is brought about then, counted from there": ("made_after", "published_after", "mcse_made"),
}
EXPLAINED = {
    "We learn that it happened by then": "Draws in which it was likely count more.",
    "It is brought about then": (
        "The chance counts from the as-of date, so the column may come before the row."
    ),
    "It is brought about then, counted from there": (
        "The chance counts from that day, for a column that has not happened before."
    ),
}


def pairs(table: pd.DataFrame, way: str, titles: Mapping[str, str]) -> pd.DataFrame:
    """One row per pair: given, outcome (titles), published, then, mcse, times, published_mcse.

    table: that of `model.explain.conditional`. way: a key of `WAYS`; raises KeyError for another.
    Chances are 0..1; times is then over published. Pairs that are refused have both NaN, and so
    has every other pair of the same outcome supposed.
    """
    then, published, mcse = WAYS[way]
    return pd.DataFrame(
        {
            "given": table["given"].map(titles),
            "outcome": table["outcome"].map(titles),
            "published": table[published],
            "then": table[then],
            "mcse": table[mcse],
            "times": table[then] / table[published],
            "published_mcse": table["mcse_published"],
        }
    )


def answered(rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The outcomes supposed that have an answer, and all outcomes, by title in their order.

    rows: those of `pairs`. Whoever supposes an outcome that too few draws have gets no answer.
    """
    known = rows.loc[rows["then"].notna(), "given"]
    return list(dict.fromkeys(known)), list(dict.fromkeys(rows["given"]))


def without_an_answer(rows: pd.DataFrame, day: date) -> str:
    """Which outcomes have no row, and why, as a sentence; "" where all have one."""
    supposed, outcomes = answered(rows)
    missing = [title for title in outcomes if title not in supposed]
    if not missing:
        return ""
    return (
        f"Outcomes without a row happen by {numbers.long_date(day)} in too few of the simulated "
        f"worlds: {', '.join(missing)}."
    )


def strongest(rows: pd.DataFrame, day: date) -> str:
    """The pair that moves most, in percentage points, as a sentence; `rows` as of `pairs`."""
    known = rows.dropna(subset=["times"])
    if known.empty:
        return "Too few of the simulated worlds have any of them by then to say what follows."
    # In points, as a reader of the table compares; the colours tell how many times.
    row = known.loc[(known["then"] - known["published"]).abs().idxmax()]
    way = "likelier" if row["times"] > 1 else "less likely"
    return (
        f"The largest change in points: with {row['given']} by {numbers.long_date(day)}, "
        f"{row['outcome']} is {way}, "
        f"{numbers.percent(row['then'], row['mcse'])} in place of "
        f"{numbers.percent(row['published'], row['published_mcse'])}."
    )


def heat_alt(rows: pd.DataFrame, day: date) -> str:
    """What the heat table shows, as a text; `rows` are those of `pairs`."""
    return (
        "A table of each outcome's chance (columns) once another one has come about (rows), "
        f"coloured by how many times the published chance. {strongest(rows, day)}"
    )


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """If, then one column per outcome: `5% (published 1.7%)`; a row per outcome of `answered`."""
    known = rows[rows["then"].notna()]
    cells = known.assign(
        cell=[
            f"{numbers.percent(row.then, row.mcse)} "
            f"(published {numbers.percent(row.published, row.published_mcse)})"
            for row in known.itertuples()
        ]
    )
    supposed, outcomes = answered(rows)
    # `pivot` sorts both sides; `reindex` puts the scenario's order back.
    wide = cells.pivot(index="given", columns="outcome", values="cell")
    wide = wide.reindex(index=supposed, columns=outcomes)
    wide = wide.astype(object).fillna("–").rename_axis(index="If", columns=None)
    return wide.reset_index()
