"""When: fifty equally likely dates of an outcome."""

import streamlit as st

from briefing import theme, timing_charts
from model.timing import quantile_dates
from pages.ui import panels


def section(forecast) -> None:
    """The dots of one outcome, chosen by the reader."""
    outcomes = forecast.outcomes
    open_ones = outcomes[outcomes["settled_on"].isna()]
    if open_ones.empty:
        return
    titles = dict(zip(open_ones["outcome"], open_ones["title"], strict=True))
    st.subheader("When, if at all?", anchor=False)
    outcome = st.segmented_control(
        "Outcome",
        titles,
        default=next(iter(titles)),
        required=True,
        format_func=titles.get,
        key="when",
        bind="query-params",
        label_visibility="collapsed",
    )
    curve = forecast.curves[forecast.curves["outcome"] == outcome]
    table = quantile_dates(curve)
    said = timing_charts.when_in_words(table, titles[outcome], forecast.deadline)
    colour = theme.outcome_colours(forecast.scenario.outcome_ids)[outcome]
    st.markdown(said)
    figure = timing_charts.when(table, forecast.as_of, curve["date"].iloc[-1], colour)
    panels.chart(figure, f"Fifty dots, each one chance in fifty, by quarter. {said}", "when_dots")
    panels.table("The dates as a table", timing_charts.dates_in_words(table))
