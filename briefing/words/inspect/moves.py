"""What moved a headline from one run to another, and what may move it next, in words."""

from collections.abc import Mapping
from textwrap import shorten

import pandas as pd

from briefing.words import numbers, points
from model.changes.difference import NOISE, Difference, title_of
from model.changes.signposts import step_of
from model.runs import Run
from model.scenario import Scenario

LEAST = 0.001  # what moves it by less than a tenth of a point is drawn together
TENTH = 0.1  # points: the last digit of a part that has its own error beside it
LONGEST = 64  # characters of an event
SMALL = "Parts of less than a tenth of a point each"
CAPTION = (
    "From the chance published last to the new one. Orange adds, blue takes away. Each step was "
    "run: a fit with that one thing changed. The steps add up. The last compares two fits of the "
    "same evidence with other random numbers."
)


def steps(difference: Difference, outcome: str, run: Run) -> pd.DataFrame:
    """part, title, share, mcse: the parts of one outcome's move, in order, the small ones together.

    run: the newer one. share: chances, -1..1, which add up to the move. The noise always stands.
    """
    rows = difference.parts[difference.parts["outcome"] == outcome]
    small = (rows["share"].abs() < LEAST) & (rows["kind"] != NOISE)
    shown = [
        (row.kind, shorten(title_of(row.kind, row.about, run), LONGEST, placeholder=" …"))
        + (row.share, row.mcse)
        for row in rows[~small].itertuples()
    ]
    if small.any():
        error = float((rows.loc[small, "mcse"] ** 2).sum() ** 0.5)
        shown.insert(-1, ("small", SMALL, float(rows.loc[small, "share"].sum()), error))
    return pd.DataFrame(shown, columns=["part", "title", "share", "mcse"])


def waterfall(rows: pd.DataFrame, move: Mapping) -> points.Waterfall:
    """The texts of the steps of a move; `rows` as of `steps`, move: as of `sentence`."""
    before, now = move["before"], move["now"]
    finer = points.digit((before, move["mcse"]), (now, move["mcse"]))
    return points.waterfall(before, list(rows["share"]), now, min(finer, _step(move)))


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Part, Moves it by, Monte Carlo error (percentage points); `rows` as of `steps`."""
    return pd.DataFrame(
        {
            "Part": rows["title"],
            "Moves it by": [points.difference(share, TENTH) for share in rows["share"]],
            "Monte Carlo error": [f"± {100 * mcse:.1f}" for mcse in rows["mcse"]],
        }
    )


def sentence(move: Mapping) -> str:
    """How far a headline moved, as a sentence; move: a row of `model.changes.court.moves`."""
    return (
        f"{move['title']} by {numbers.long_date(move['deadline'])}: "
        f"{numbers.percent(move['before'])} → {numbers.percent(move['now'])}, "
        f"{points.difference(move['moved'], _step(move))}."
    )


def alt(rows: pd.DataFrame, move: Mapping) -> str:
    """What the waterfall shows, as a text; `rows` as of `steps`."""
    named = zip(rows["title"], waterfall(rows, move).steps, strict=True)
    parts = "; ".join(f"{title} {step}" for title, step in named)
    return f"Steps of a chance from one run to the next. {sentence(move)} {parts}."


def _step(move: Mapping) -> float:
    return numbers.step_between((move["before"], None), (move["now"], None))


def signposts_in_words(table: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """For, By, Watch, Expected movement (points), If low, If high: one row per signpost.

    table: that of `model.changes.signposts`. If low, If high: the chance once a driver stands in
    its lowest or highest fifth, with what that looks like; without and with another outcome.
    """
    rows = [
        (
            scenario.outcome(row.outcome).title,
            numbers.short_date(row.day),
            row.title,
            points.difference(row.expected, 0.1).lstrip("+"),
            *_ends(row, scenario),
        )
        for row in table.itertuples()
    ]
    columns = ["For", "By", "Watch", "Expected movement", "If low", "If high"]
    return pd.DataFrame(rows, columns=columns)


def _ends(row, scenario: Scenario) -> tuple[str, str]:
    low, high = numbers.percent(row.at_low), numbers.percent(row.at_high)
    if row.kind == "outcome":
        return f"{low}: not by then", f"{high}: it has happened"
    driver = scenario.driver(row.id)
    return (
        f"{low}: {numbers.signed(row.low_level)} or less. {step_of(driver, row.low_level)}",
        f"{high}: {numbers.signed(row.high_level)} or more. {step_of(driver, row.high_level)}",
    )
