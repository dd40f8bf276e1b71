"""The "if A then B" table as the shell prints it: for people, or as one plain object."""

import math
from collections.abc import Mapping
from datetime import date

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from model.forecast.surprise import one_in
from model.runs import Run


def show(run: Run, table: pd.DataFrame) -> None:
    """Print the table of `conditional.conditional_table`: a row per A, a column per B.

    A cell is "learned / brought about" in percent; a dash stands where too few draws are left, and
    the reason below the table.
    """
    if table.empty:
        print("Fewer than two outcomes are still open, so there is no pair to tell of.")
        return
    titles = {outcome.id: outcome.title for outcome in run.scenario.outcomes}
    console = Console(highlight=False, markup=False)
    console.print(_grid(run, table, titles), _reading(table))
    for given, why in sorted(set(zip(table["given"], table["refused"], strict=True))):
        if why:
            print(f"{titles[given]}: {why}")


def as_json(run: Run, table: pd.DataFrame) -> dict:
    """The table as one plain object; a number that was refused is null, its reason in `refused`.

    run, scenario, as_of, and pairs: the rows of the table, days as ISO text, chances in 0..1.
    """
    pairs = table.to_dict("records")
    return {
        "run": run.id,
        "scenario": run.scenario.id,
        "as_of": run.as_of.isoformat(),
        "pairs": [{name: _plain(value) for name, value in pair.items()} for pair in pairs],
    }


def _plain(value: date | str | float) -> str | float | None:
    if isinstance(value, date):
        return value.isoformat()
    # JSON knows no NaN
    return None if isinstance(value, float) and math.isnan(value) else value


def _grid(run: Run, table: pd.DataFrame, titles: Mapping[str, str]) -> Table:
    """The printed table: published chances in the header, how rare each A is beside it."""
    shown = {outcome: titles[outcome] for outcome in table["given"].unique()}
    published = table.drop_duplicates("outcome").set_index("outcome")["published"]
    cells = {(row.given, row.outcome): _cell(row) for row in table.itertuples()}
    rarity = table.drop_duplicates("given").set_index("given")["chance"]
    title = f"By {table['deadline'].iloc[0]}, as of {run.as_of} (run {run.id})"
    # a narrow screen of 80 columns has to hold six outcomes
    narrow = {"box": box.SIMPLE_HEAD, "show_edge": False, "padding": (0, 1, 0, 0)}
    grid = Table(title=title, title_justify="left", **narrow)
    grid.add_column("\n\nPublished")
    for outcome, name in shown.items():
        longest = max(map(len, name.split()))  # no word of a title is cut where numbers are short
        head = f"{_two_lines(name)}\n{percent(published[outcome])}"
        grid.add_column(head, justify="right", min_width=longest)
    for given, name in shown.items():
        row = [cells.get((given, outcome), "") for outcome in shown]
        grid.add_row(f"{_two_lines(name)}\n{one_in(rarity[given])}", *row)
    return grid


def _reading(table: pd.DataFrame) -> str:
    day, deadline = table["day"].iloc[0], table["deadline"].iloc[0]
    return (
        f"\nThe column's chance by {deadline} in percent, before or after the row: if we learn "
        f"that the row has happened by {day} / if it is brought about on {day}. "
        f"Under each row: how likely it is to happen by {day}."
    )


def _cell(row) -> str:
    return f"{percent(row.assumed)} / {percent(row.made)}"


def percent(chance: float) -> str:
    """A chance, 0..1, in percent: whole points, tenths under ten; a dash where it is NaN.

    So many digits the Monte Carlo error of 4,000 draws allows.
    """
    if math.isnan(chance):
        return "–"
    points = 100 * chance  # 9.95 and not 10: what would be printed as 10.0 is printed as 10
    return f"{points:.0f}" if points >= 9.95 else f"{points:.1f}" if points >= 0.05 else "<0.1"


def _two_lines(name: str) -> str:
    """A title of two words on two lines, so that six columns fit a narrow screen."""
    first, _, rest = name.partition(" ")
    return f"{first}\n{rest}"
