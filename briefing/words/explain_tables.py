"""The twins in words of the charts that explain a number."""

import pandas as pd

from briefing.words import assumptions, numbers
from model.forecast.surprise import one_in
from model.scenario import Scenario


def tornado_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Driver, Level, One level less, One level more, Swing (percentage points)."""
    return pd.DataFrame(
        {
            "Driver": table["title"],
            "Level": [numbers.signed(level) for level in table["level"]],
            "One level less": [
                f"{numbers.signed(row.low_level)}: {_percent(row.at_low)}"
                for row in table.itertuples()
            ],
            "One level more": [
                f"{numbers.signed(row.high_level)}: {_percent(row.at_high)}"
                for row in table.itertuples()
            ],
            "Swing": [_points(swing) for swing in table["swing"]],
        }
    )


def flip_points_in_words(table: pd.DataFrame, scenario: Scenario, as_of) -> pd.DataFrame:
    """Change, How surprising, Chance then."""
    settings = [assumptions.setting(s, scenario, as_of) for s in table["setting"]]
    return pd.DataFrame(
        {
            "Change": [numbers.capital(said) for said in settings],
            "How surprising": [one_in(chance) for chance in table["chance"]],
            "Chance then": [numbers.percent(chance) for chance in table["probability"]],
        }
    )


def gap_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Assumption, Before, After, Share of the gap (percentage points)."""
    return pd.DataFrame(
        {
            "Assumption": table["title"],
            "Before": table["said_before"],
            "After": table["said_after"],
            "Share of the gap": [numbers.points(share, tenths=True) for share in table["share"]],
        }
    )


def named_gap(table: pd.DataFrame, scenario: Scenario, as_of) -> pd.DataFrame:
    """`model.explain.attribution.shapley`'s rows with title, said_before and said_after for
    readers."""

    def said(settings) -> str:
        lines = [assumptions.setting(one, scenario, as_of) for one in settings or ()]
        return numbers.capital("; ".join(lines)) if lines else "as fitted"

    titles = [
        assumptions.subject((row.after or row.before)[0], scenario) for row in table.itertuples()
    ]
    return table.assign(
        title=titles,
        said_before=[said(settings) for settings in table["before"]],
        said_after=[said(settings) for settings in table["after"]],
    )


def sets_side_by_side(chances: pd.DataFrame, errors: pd.DataFrame) -> pd.DataFrame:
    """Outcome, then a column a set: percentages whose digits follow the Monte Carlo error."""
    said = {
        name: [
            numbers.percent(chance, error)
            for chance, error in zip(chances[name], errors[name], strict=True)
        ]
        for name in chances
    }
    return pd.DataFrame({"Outcome": list(chances.index)} | said)


def _percent(chance: float) -> str:
    return "too few draws" if chance != chance else numbers.percent(chance)


def _points(swing: float) -> str:
    return "–" if swing != swing else numbers.points(swing, tenths=True).lstrip("+")
