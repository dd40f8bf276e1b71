"""Forecast: what are the chances?"""

from functools import partial

import pandas as pd
import streamlit as st

from briefing.exhibits import forecast as exhibits
from briefing.material.material import Material
from briefing.words import numbers, tables
from pages.ui.forecast import (
    both_days,
    changes,
    guide,
    if_then,
    in_depth,
    opening_lines,
    past,
    signposts,
    timing,
    why,
)
from pages.ui.frame import controls, downloads, held, panels
from pages.ui.frame import since as earlier_day
from pages.ui.frame.opening import opened
from pages.ui.memory import forecasts, own

run, deadline = opened()
since = earlier_day.control(run.as_of)
yardstick = controls.yardstick()
forecast = forecasts.published(run, deadline)
material = Material(run, deadline=deadline, yardstick=yardstick)
outcomes = forecast.outcomes
leads = outcomes["lead"] | (not outcomes["lead"].any())  # where no outcome leads, all do
lead, others = outcomes[leads], outcomes[~leads]


def draw_curves(rows: pd.DataFrame, key: str) -> None:
    """The curves of those rows that are open; nothing where none is."""
    still_open = rows[rows["outcome"].isin(forecast.open["outcome"])]
    if len(still_open):
        panels.exhibit(exhibits.curves(forecast, still_open, zoomed), material, key)


def draw_others() -> None:
    """The outcomes that do not lead: cards, and curves over time."""
    st.subheader("The other outcomes", anchor=False)
    panels.outcome_cards(others.to_dict("records"), forecast.scenario, yardstick, notes)
    draw_curves(others, "other_curves")


st.title(f"What are the chances by {numbers.long_date(deadline)}?", anchor=False)
opening_lines.what_this_is(run)
# The sentence is of the first lead that is open; where none is, it says that it has happened.
first = next((row for row in lead.to_dict("records") if not numbers.is_settled(row)), None)
first = first or outcomes.iloc[0].to_dict()
verb = forecast.scenario.outcome(first["outcome"]).verb
headline = numbers.headline(verb, first, forecast.as_of, yardstick)
futures = exhibits.scenarios(forecast)
st.markdown(f"{headline} {numbers.likeliest(futures.numbers.iloc[0])}")
opening_lines.past_day(run)
held.notice(run.as_of)
opening_lines.own_set(own.current())
guide.guide()

notes = changes.notes(run, since, deadline)
panels.outcome_cards(lead.to_dict("records"), forecast.scenario, yardstick, notes)
past.overrides(material)
changes.offer(run, since, deadline)
changes.news(material, since)

st.space("xsmall")
left, right = st.columns([3, 2], gap="large")
with left:
    zoomed = panels.heading(exhibits.CURVES, zoomable=True)
    draw_curves(controls.some_of(lead), "curves")
with right:
    panels.heading(futures.title)
    panels.exhibit(futures, material)

parts = {in_depth.OTHERS: draw_others} if len(others) else {}
if len(forecast.open):
    parts[in_depth.WHY] = partial(why.section, forecast, material)
    parts[in_depth.WHEN] = partial(timing.section, forecast, material)
if len(forecast.open) > 1:
    parts[in_depth.IF_THEN] = partial(if_then.section, forecast, material)
in_depth.section(parts)

signposts.section(material)
both_days.section(run)
past.link()
folded = panels.table(
    "The outcomes as a table or file", tables.outcomes_in_words(outcomes, yardstick)
)
if folded.open:
    with folded:
        downloads.numbers("outcomes", material)
panels.run_line(run)
