"""Forecast: what are the chances?"""

import streamlit as st

from briefing import tables, theme, words
from briefing.exhibits import forecast as exhibits
from briefing.material import Material
from pages.ui import cached, changes, controls, downloads, guide, if_then, panels, timing
from pages.ui.opening import opened

run, deadline = opened()
since = controls.since(run.as_of)
yardstick = controls.yardstick()
forecast = cached.published(run, deadline)
material = Material(run, deadline=deadline, yardstick=yardstick)
outcomes = forecast.outcomes
lead = outcomes[outcomes["lead"]]
others = outcomes[~outcomes["lead"]]
colours = theme.outcome_colours(forecast.scenario.outcome_ids)


def draw_curves(rows, key: str) -> None:
    rows = rows[rows["settled_on"].isna()]
    if len(rows):
        panels.exhibit(exhibits.curves(forecast, rows, zoomed), material, key)


st.title(f"What are the chances by {words.long_date(deadline)}?", anchor=False)
first = next((row for row in lead.to_dict("records") if not words.is_settled(row)), None)
first = first or outcomes.iloc[0].to_dict()
verb = forecast.scenario.outcome(first["outcome"]).verb
said = words.headline(verb, first, forecast.as_of, yardstick)
futures = exhibits.scenarios(forecast)
st.markdown(f"{said} {words.likeliest(futures.numbers.iloc[0])}")
guide.guide()

moved = changes.by_outcome(run, since, deadline)
panels.outcome_cards(lead.to_dict("records"), colours, yardstick, moved)
changes.offer(run, since, deadline)

st.space("xsmall")
left, right = st.columns([3, 2], gap="large")
with left:
    zoomed = panels.heading(exhibits.CURVES, zoomable=True)
    draw_curves(controls.some_of(lead), "curves")
with right:
    panels.heading(futures.title)
    panels.exhibit(futures, material)

timing.section(forecast, material)
if_then.section(material, outcomes)

if len(others):
    st.subheader("The other outcomes", anchor=False)
    panels.outcome_cards(others.to_dict("records"), colours, yardstick, moved)
    draw_curves(others, "other_curves")

folded = panels.table(
    "The outcomes as a table or file", tables.outcomes_in_words(outcomes, yardstick)
)
if folded.open:
    with folded:
        downloads.numbers("outcomes", material)
panels.run_line(run)
