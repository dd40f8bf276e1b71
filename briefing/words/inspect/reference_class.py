"""A reference class in words: its survival curves, its cases and what each of them weighs."""

import pandas as pd

from briefing.words import numbers
from model.inspect.survival import Survival
from model.scenario import YEAR_DAYS


def survival_in_words(curves: Survival) -> pd.DataFrame:
    """Years, Cases still waiting, Fitted (90 % interval): one row per step of the cases' curve."""
    # The fit is drawn on a grid of its own: each step takes the grid's nearest year.
    fitted = [
        curves.fitted.iloc[(curves.fitted["years"] - years).abs().argmin()]
        for years in curves.seen["years"]
    ]
    return pd.DataFrame(
        {
            "Years": [f"{years:.1f}" for years in curves.seen["years"]],
            "Cases still waiting": [numbers.percent(share) for share in curves.seen["survival"]],
            "Fitted": [
                f"{numbers.percent(row['survival'])} ({numbers.span(row['low'], row['high'])})"
                for row in fitted
            ],
        }
    )


def survival_said(title: str, curves: Survival, waited: float | None) -> str:
    """How many cases there are, how many ended, and where the region stands, as sentences.

    waited: years the region has waited, None where no clock of it runs on the class.
    """
    after = f" counted from year {curves.entry:.2g} on" if curves.entry else ""
    halves = "" if curves.events % 1 == 0 else " (half where two readers disagree)"
    counts = (
        f"{title}: {curves.cases} cases{after}, in {curves.events:g} of them it came about"
        f"{halves}; the others are censored."
    )
    if waited is None:
        return f"{counts} No clock of the region runs on this class on the as-of date."
    return f"{counts} The region stands at {_long(waited)}."


def _long(years: float) -> str:
    """`2.9 years`; a short time in days."""
    days = round(YEAR_DAYS * years)
    if years >= 0.5:
        return f"{years:.1f} years"
    return "one day" if days == 1 else f"{days} days"


def cases_in_words(cases: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """The cases of a class, the heaviest first, with what each does to the base rate.

    cases: `Case` and more columns, one row per case (index: its id). weights: that of
    `model.inspect.case_weight`; a case settled at once has no duration and no weight. The column
    added is in percent.
    """
    ratios = weights.set_index("case")["ratio"]
    order = [*ratios.index, *cases.index.difference(ratios.index, sort=False)]
    moved = pd.Series(order, index=order).map(ratios)
    rows = cases.loc[order]
    rows.insert(1, "Moves the base rate by", ["" if pd.isna(v) else _by(v) for v in moved])
    return rows.reset_index(drop=True)


def came_about(event: float, counts: float) -> str:
    """Whether a case's ending is the event.

    event: 1 if it ended. counts: by how much that is the event, 0, 0.5 or 1, by two readers.
    """
    if not event:
        return "not by then"
    return {0.0: "ended otherwise", 0.5: "by one reader of two"}.get(counts, "yes")


def readings(codings: pd.DataFrame) -> pd.DataFrame:
    """Read by two, Why: what two readers judged of each case, one row per case (index: its id).

    codings: rows of `case_codings.csv`. A case read for several traits has them one after another.
    """
    rows = [
        (row.case, f"{_trait(row.trait)}: {_yes(row.first_reader)}, {_yes(row.second_reader)}", why)
        for row, why in zip(codings.itertuples(), _reasons(codings), strict=True)
    ]
    table = pd.DataFrame(rows, columns=["case", "Read by two", "Why"])
    return table.groupby("case", sort=False).agg("; ".join)


def _reasons(codings: pd.DataFrame) -> list[str]:
    """Why each was read so, and what divides the readers if they disagree."""
    notes = codings["note"].fillna("")
    return [
        f"{reason}. {note}" if note else reason
        for reason, note in zip(codings["reason"], notes, strict=True)
    ]


def _trait(id: str) -> str:
    return numbers.capital(id.replace("_", " "))


def _yes(reading: float) -> str:
    return "yes" if reading else "no"


def weights_said(cases: pd.DataFrame, weights: pd.DataFrame) -> str:
    """The three cases that weigh most with their percentages, as a sentence.

    cases, weights: as for `cases_in_words`.
    """
    names = [
        f"{cases.at[row.case, 'Case']} ({_by(row.ratio)})" for row in weights.head(3).itertuples()
    ]
    return f"Most of all the base rate is moved by {', '.join(names[:-1])} and {names[-1]}."


def _by(ratio_of_rates: float) -> str:
    return f"{100 * (ratio_of_rates - 1):+.0f}%".replace("-", "−")
