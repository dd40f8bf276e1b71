"""The exhibits of the Assumptions and Compare pages: one forecast beside another."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from briefing.charts import beliefs as belief_charts
from briefing.charts import explain as explain_charts
from briefing.charts import rows as row_charts
from briefing.charts import theme
from briefing.exhibits.exhibit import Exhibit
from briefing.exhibits.forecast import supposed, zoom
from briefing.words import explain as explain_words
from briefing.words import numbers, points, tables
from briefing.words.sets import beliefs as belief_words
from model.assumptions import Belief
from model.beliefs.elicitation import Elicited
from model.forecast import Forecast
from model.scenario import Scenario


def comparison(
    published: Forecast, answer: Forecast, top: float = 1.0, filled: str = "yours"
) -> Exhibit:
    """Every open outcome, the published forecast beside another; `top` ends the axis (1 = 100 %).

    published, answer: each a `model.forecast.Forecast` of the same deadline. filled: what the
    filled circles are called.
    """
    rows = tables.comparison(published.open, answer.outcomes, supposed(answer))
    colours = theme.outcome_colours(published.scenario.outcome_ids)
    return Exhibit(
        name="comparison",
        title=f"By {numbers.long_date(answer.deadline)}, published → {filled}",
        figure=row_charts.comparison(rows, colours, top, filled),
        numbers=rows,
        in_words=tables.comparison_in_words(rows, filled),
        alt=numbers.comparison_alt(rows.to_dict("records"), filled),
        caption=f"Open circle: published. Filled: {filled}.",
        choices={"filled": filled} | ({"top": f"{top:g}"} if top < 1 else {}),
    )


def own_curves(
    published: Forecast, answer: Forecast, outcome: str, zoomed: bool = False
) -> Exhibit:
    """The chance of one outcome (an id) over time, published and under assumptions.

    zoomed: the axis ends at a round number above the highest chance, else at 100 %.
    """
    rows = tables.comparison(published.open, answer.outcomes, supposed(answer))
    reading = rows.set_index("outcome").loc[outcome].to_dict() | {"deadline": answer.deadline}
    before, after = (
        forecast.curves[forecast.curves["outcome"] == outcome] for forecast in (published, answer)
    )
    top = theme.top_of([*before["probability"], *after["high"]]) if zoomed else 1.0
    colour = theme.outcome_colours(published.scenario.outcome_ids)[outcome]
    both = pd.concat([before.assign(forecast="published"), after.assign(forecast="yours")])
    twin = tables.curves_in_words(after.assign(title="Yours")).merge(
        tables.curves_in_words(before.assign(title="Published")), on="By"
    )
    return Exhibit(
        name="own_curves",
        title=f"{reading['title']} over time",
        figure=explain_charts.own_curves(before, after, reading, colour, top),
        numbers=both,
        in_words=twin,
        alt=explain_words.own_curves_alt(reading),
        caption="Dotted: published. Solid, with its 90% interval: yours.",
        choices={"outcome": outcome} | zoom(zoomed),
    )


def tornado(table: pd.DataFrame, answer: Forecast, outcome: str, zoomed: bool = False) -> Exhibit:
    """What a usual move of each driver does to the chance of an outcome (an id).

    table: that of `model.explain.tornado`. answer: the forecast that the drivers are moved in.
    """
    now = tables.with_given(answer.outcomes, supposed(answer)).set_index("outcome").loc[outcome]
    chance, title = float(now["probability"]), now["title"]
    ends = [chance, *table["at_low"].dropna(), *table["at_high"].dropna()]
    colour = theme.outcome_colours(answer.scenario.outcome_ids)[outcome]
    return Exhibit(
        name="tornado",
        title=f"{title}: what matters most",
        figure=explain_charts.tornado(table, chance, colour, theme.top_of(ends) if zoomed else 1.0),
        numbers=table.assign(as_it_stands=chance),
        in_words=explain_words.tornado_in_words(table),
        alt=explain_words.tornado_alt(table, numbers.told(now)),
        caption="One driver is set a usual move lower (open circle) or higher (filled), within −2 "
        "to +2, and the rest stays as it is. A usual move is one standard deviation of where the "
        f"driver may be half a year on. Dotted: {numbers.told(now)}, as it stands.",
        choices={"outcome": outcome} | zoom(zoomed),
    )


def belief(
    believed: Belief,
    elicited: Elicited,
    known: tuple[float, float],
    posterior: np.ndarray,
    scenario: Scenario,
) -> Exhibit:
    """A believed interval beside the published prior and the posterior; see `words.sets.beliefs`.

    known: ends of the prior's 90 % interval. posterior: a value per draw.
    """
    colour = theme.outcome_colours(scenario.outcome_ids)[bears_on(believed, scenario)]
    return Exhibit(
        name="belief",
        title="Your belief beside the published one",
        figure=belief_charts.belief(elicited, known, posterior, believed.kind, colour),
        numbers=belief_words.densities(elicited, known, posterior, believed.kind),
        in_words=belief_words.belief_in_words(elicited, known, posterior, believed.kind),
        alt=belief_words.belief_alt(elicited, known, posterior, believed.kind),
        caption="Filled: your belief. Dotted: the published prior. Solid: the posterior.",
        choices={"belief": believed.about},
    )


def bears_on(belief: Belief, scenario: Scenario) -> str:
    """The id of the outcome that a belief bears on first; the scenario's first where on none."""
    if belief.outcome:
        return belief.outcome
    if belief.effect or belief.link:
        return belief.about.split(" -> ")[1]
    if belief.influence:
        moved = belief.about.split(" -> ")[1]
        ends = (effect.to for effect in scenario.effects if effect.from_ == moved)
        return next(ends, scenario.outcome_ids[0])
    of_class = (
        outcome.id
        for outcome in scenario.outcomes
        if any(belief.base_rate in clock.classes for clock in outcome.clocks)
    )
    return next(of_class, scenario.outcome_ids[0])


def gap(
    table: pd.DataFrame,
    ends: Mapping[str, tuple[float, float]],
    outcome: str,
    scenario: Scenario,
    as_of: date,
    levels: Mapping[str, float],
) -> Exhibit:
    """What the gap between two sets is made of; `table` is that of `model.explain.attribution`.

    outcome: an id. ends: the two sets' chances and Monte Carlo errors by name, first the one that
    the steps start from. levels: each driver's on the as-of day, -2..2.
    """
    names, both = tuple(ends), [*ends.values()]
    before, after = (chance for chance, _ in both)
    title = scenario.outcome(outcome).title
    named = explain_words.named_gap(table, scenario, as_of, levels)
    rows = named[["title", "said_before", "said_after", "share"]]
    top = theme.top_of_steps([before, *(before + named["share"].cumsum())])
    shown = points.waterfall(before, list(named["share"]), after, points.digit(*both))
    return Exhibit(
        name="gap",
        title=f"{title}: what makes the difference",
        figure=explain_charts.gap(named, names, before, shown, top),
        numbers=rows.assign(before=before, after=after),
        in_words=explain_words.gap_in_words(named, shown),
        alt=explain_words.gap_alt(named, shown),
        caption="Each step is an assumption's Shapley value: what its change adds, averaged over "
        "every order in which the assumptions can change. The steps add up to the gap. The axis "
        "ends just above the largest number.",
        choices={"from": names[0], "to": names[1], "outcome": outcome},
    )
