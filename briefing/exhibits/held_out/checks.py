"""Posterior predictive checks, as an exhibit; table: that of `model.self_checks.predictive`."""

import pandas as pd

from briefing.charts.held_out.checks import positions
from briefing.exhibits.exhibit import Exhibit
from briefing.words.held_out import checks as words
from model.scenario import Scenario


def predictive(table: pd.DataFrame, scenario: Scenario) -> Exhibit:
    """Where what was seen lies among simulated worlds, a row a class, outcome or summary."""
    names = [
        words.about_title(check, about, scenario)
        for check, about in zip(table["check"], table["about"], strict=True)
    ]
    rows = table.assign(name=names, row=[words.row_title(name) for name in names])
    return Exhibit(
        name="predictive_checks",
        title="Does the model make what was seen?",
        figure=positions(rows),
        numbers=table.assign(about=names),
        in_words=words.in_words(table, scenario),
        alt=words.sentence(table),
        caption=words.CAPTION,
    )
