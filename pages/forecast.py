"""Forecast: what are the chances?"""

import streamlit as st

from briefing import charts, row_charts, tables, theme, words
from pages.ui import cached, changes, controls, guide, if_then, panels, timing
from pages.ui.opening import opened

run, deadline = opened()
since = controls.since(run.as_of)
yardstick = controls.yardstick()
forecast = cached.published(run, deadline)
outcomes, curves = forecast.outcomes, forecast.curves
lead = outcomes[outcomes["lead"]]
others = outcomes[~outcomes["lead"]]
colours = theme.outcome_colours(forecast.scenario.outcome_ids)


def draw_curves(rows, key: str) -> None:
    rows = rows[rows["settled_on"].isna()]
    if rows.empty:
        return
    drawn = curves[curves["outcome"].isin(rows["outcome"])]
    top = theme.top_of(drawn["high"]) if zoomed else 1.0
    figure = charts.curves(drawn, rows, colours, top)
    panels.chart(figure, words.curves_alt(rows.to_dict("records")), key)


st.title(f"What are the chances by {words.long_date(deadline)}?", anchor=False)
first = next((row for row in lead.to_dict("records") if not words.is_settled(row)), None)
first = first or outcomes.iloc[0].to_dict()
verb = forecast.scenario.outcome(first["outcome"]).verb
said = words.headline(verb, first, forecast.as_of, yardstick)
futures = tables.scenarios(forecast.joint, outcomes)
st.markdown(f"{said} {words.likeliest(futures.iloc[0])}")
guide.guide()

moved = changes.by_outcome(run, since, deadline)
panels.outcome_cards(lead.to_dict("records"), colours, yardstick, moved)
changes.offer(run, since, deadline)

st.space("xsmall")
left, right = st.columns([3, 2], gap="large")
with left:
    zoomed = panels.heading("Chance that it has happened by…", zoomable=True)
    draw_curves(controls.some_of(lead), "curves")
    st.caption("Line: mean over the posterior. Band: 90% interval.")
    panels.table("The curves as a table", tables.curves_in_words(curves))
with right:
    panels.heading("Which futures")
    panels.chart(
        row_charts.scenarios(futures), words.scenarios_alt(futures.to_dict("records")), "scenarios"
    )
    st.caption(f"What has happened by {words.long_date(deadline)}, all outcomes taken together.")
    panels.table("The futures as a table", tables.scenarios_in_words(futures))

timing.section(forecast)
if_then.section(run, outcomes, deadline)

if len(others):
    st.subheader("The other outcomes", anchor=False)
    panels.outcome_cards(others.to_dict("records"), colours, yardstick, moved)
    draw_curves(others, "other_curves")

panels.table("The outcomes as a table", tables.outcomes_in_words(outcomes, yardstick))
panels.run_line(run)
