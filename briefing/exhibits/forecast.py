"""The exhibits of the Forecast page: tables of a forecast become charts with their words."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from briefing.charts import curves as charts
from briefing.charts import dates, explain, theme
from briefing.charts import if_then as if_then_charts
from briefing.charts import rows as row_charts
from briefing.exhibits.exhibit import Exhibit
from briefing.words import build_up as build_up_words
from briefing.words import if_then as if_then_words
from briefing.words import numbers, tables
from briefing.words.inspect import moves
from briefing.words.tables import dates_in_words, when_in_words
from model.changes.difference import Difference
from model.explain.quantile_dates import quantile_dates
from model.forecast import Forecast
from model.runs import Run
from model.scenario import Scenario

CURVES = "Chance that it has happened by…"
SCENARIOS = "Most likely combinations"
WHEN = "When, if at all?"
BUILD_UP = "Why is it what it is?"
IF_THEN = "If one happens, what of the others?"


def curves(forecast: Forecast, rows: pd.DataFrame, zoomed: bool = False) -> Exhibit:
    """Cumulative chances of some outcomes; `rows` are theirs in the outcomes table, still open.

    zoomed: the axis ends at a round number above the bands, else at 100 %.
    """
    drawn = forecast.curves[forecast.curves["outcome"].isin(rows["outcome"])]
    top = theme.top_of(drawn["high"]) if zoomed else 1.0
    colours = theme.outcome_colours(forecast.scenario.outcome_ids)
    rows = tables.with_given(rows, supposed(forecast))
    return Exhibit(
        name="curves",
        title=CURVES,
        figure=charts.curves(drawn, rows, colours, top),
        numbers=_with_readings(drawn, rows),
        in_words=tables.curves_in_words(drawn),
        alt=numbers.curves_alt(rows.to_dict("records")),
        caption="Line: mean over the posterior. Band: 90% interval.",
        choices={"outcomes": ",".join(rows["outcome"])} | zoom(zoomed),
    )


def scenarios(forecast: Forecast) -> Exhibit:
    """The joint futures, likeliest first; outcomes that have happened are left out of the names."""
    futures = tables.scenarios(forecast.joint, forecast.open)
    by = numbers.long_date(forecast.deadline)
    return Exhibit(
        name="scenarios",
        title=SCENARIOS,
        figure=row_charts.scenarios(futures),
        numbers=futures.drop(columns="happened"),
        in_words=tables.scenarios_in_words(futures),
        alt=numbers.scenarios_alt(futures.to_dict("records")),
        caption=f"What has happened by {by}, all outcomes taken together.",
    )


def dots(forecast: Forecast, outcome: str) -> Exhibit:
    """The chance of one outcome (an id) as dots among a hundred."""
    of = tables.with_given(pd.DataFrame([forecast.row(outcome)]), supposed(forecast))
    row = of.iloc[0].to_dict()
    colour = theme.outcome_colours(forecast.scenario.outcome_ids)[outcome]
    drawn = pd.DataFrame([row])[["outcome", "title", "deadline", "probability", "mcse"]]
    return Exhibit(
        name="dots",
        title=f"{row['title']} by {numbers.long_date(row['deadline'])}",
        figure=charts.dots(row["probability"], colour),
        numbers=drawn,
        in_words=tables.outcomes_in_words(of, supposed=supposed(forecast)),
        alt=f"{numbers.dots_alt(row)} {forecast.scenario.outcome(outcome).question}",
        caption=_sides(row),
        choices={"outcome": outcome},
    )


def when(forecast: Forecast, outcome: str) -> Exhibit:
    """Fifty equally likely dates of one outcome (an id), by quarter."""
    curve = forecast.curves[forecast.curves["outcome"] == outcome]
    table, title = quantile_dates(curve), forecast.scenario.outcome(outcome).title
    horizon = curve["date"].iloc[-1]
    colour = theme.outcome_colours(forecast.scenario.outcome_ids)[outcome]
    sentence = when_in_words(table, title, forecast.deadline)
    return Exhibit(
        name="when",
        title=f"{title}: when, if at all?",
        figure=dates.when(table, forecast.as_of, horizon, colour),
        numbers=dates.placed(table, forecast.as_of, horizon),
        in_words=dates_in_words(table),
        alt=f"Fifty dots, each one chance in fifty, by quarter. {sentence}",
        caption="Each dot is one chance in fifty, in the quarter it falls in.",
        choices={"outcome": outcome},
    )


def build_up(table: pd.DataFrame, outcome: str, scenario: Scenario) -> Exhibit:
    """What the published chance of one outcome (an id) is made of, part after part.

    table: that of `model.explain.build_up`.
    """
    rows, title = build_up_words.steps(table, outcome, scenario), scenario.outcome(outcome).title
    return Exhibit(
        name="build_up",
        title=f"{title}: from the base rate to the published chance",
        figure=explain.build_up(
            rows,
            build_up_words.waterfall(rows),
            theme.top_of_steps([*rows["before"], *rows["after"]]),
        ),
        numbers=rows,
        in_words=build_up_words.in_words(rows),
        alt=build_up_words.alt(rows, title),
        caption=build_up_words.caption(rows),
        choices={"outcome": outcome},
    )


def why_moved(difference: Difference, outcome: str, run: Run) -> Exhibit:
    """What moved one outcome (an id) from one run to another, part after part; run: the newer."""
    rows = moves.steps(difference, outcome, run)
    move = difference.moves.set_index("outcome", drop=False).loc[outcome].to_dict()
    levels = [move["before"], *(move["before"] + rows["share"].cumsum())]
    ends, shown = ("Published last", "New run"), moves.waterfall(rows, move)
    return Exhibit(
        name="why_moved",
        title=f"{move['title']}: what moved it",
        figure=explain.gap(rows, ends, move["before"], shown, theme.top_of_steps(levels)),
        numbers=rows.assign(before=levels[:-1], after=levels[1:]),
        in_words=moves.in_words(rows),
        alt=moves.alt(rows, move),
        caption=moves.CAPTION,
        choices={"outcome": outcome},
    )


def if_then(
    table: pd.DataFrame, way: str, titles: Mapping[str, str], day: date, deadline: date
) -> Exhibit:
    """Each outcome's chance once another came about by `day`.

    table: that of `model.explain.conditional`. way: a key of `words.if_then.WAYS`. titles: by id,
    of the outcomes still open.
    """
    rows = if_then_words.pairs(table, way, titles)
    caption = (
        f"Rows: what comes about by {numbers.long_date(day)}. Columns: the chance by "
        f"{numbers.long_date(deadline)}. Orange: likelier than published; blue: less likely. "
        + if_then_words.EXPLAINED[way]
    )
    if missing := if_then_words.without_an_answer(rows, day):
        caption = f"{caption} {missing}"
    return Exhibit(
        name="if_then",
        title=IF_THEN,
        figure=if_then_charts.heat(rows),
        numbers=rows,
        in_words=if_then_words.in_words(rows),
        alt=if_then_words.heat_alt(rows, day),
        caption=caption,
        choices={"if": way},
    )


def supposed(forecast: Forecast) -> set[str]:
    """Ids of the outcomes that its assumptions suppose to happen, or not to."""
    return {outcome.id for outcome in forecast.assumptions.outcomes}


def _sides(row: dict) -> str:
    if row["given"]:
        return numbers.supposed(row)
    return numbers.capital(numbers.both_sides(row["probability"], row["mcse"])) + "."


def zoom(zoomed: bool) -> dict[str, str]:
    """The choice of a zoomed axis by name; empty where it was not made."""
    return {"zoom": "yes"} if zoomed else {}


def _with_readings(curves: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The curves' rows, and what is read off at the deadline."""
    readings = rows.rename(columns={"deadline": "date"})[[*curves.columns, "mcse"]]
    both = pd.concat([curves.assign(read=False), readings.assign(read=True)], ignore_index=True)
    return both.rename(columns={"read": "at_deadline"})
