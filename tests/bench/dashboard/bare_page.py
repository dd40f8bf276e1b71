"""A bare Streamlit page with as many elements of each kind as its address asks for.

`?slider=1&plotly_chart=290` is one slider and one chart 290 pixels high that shows its value. With
`heading=3` it also has three headings, and so on by `KINDS`.
"""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

ROWS = pd.DataFrame({"Name": ["One", "Two"], "Chance": [0.25, 0.75]})
OPTIONS = ["One", "Two", "Three"]


def chart(height: int, value: float, place: int) -> None:
    """Six points that move with the value."""
    figure = go.Figure(go.Scatter(x=[value + step for step in range(6)], y=list(range(6))))
    figure.update_layout(height=height, xaxis_range=[-3, 8])
    st.plotly_chart(figure, key=f"chart {place}", config={"displayModeBar": False})


KINDS = {
    "heading": lambda place: st.subheader(f"Heading {place}", anchor=False),
    "markdown": lambda place: st.markdown(f"A sentence, number {place}, of **ten words** or so."),
    "metric": lambda place: st.metric(f"Number {place}", "25%"),
    "button": lambda place: st.button(f"Button {place}"),
    "checkbox": lambda place: st.checkbox(f"Box {place}"),
    "selectbox": lambda place: st.selectbox(f"Choice {place}", OPTIONS),
    "multiselect": lambda place: st.multiselect(f"Choices {place}", OPTIONS),
    "button_group": lambda place: st.pills(f"Pills {place}", OPTIONS),
    "date_input": lambda place: st.date_input(f"Day {place}"),
    "text_input": lambda place: st.text_input(f"Text {place}"),
    "dataframe": lambda place: st.dataframe(ROWS, hide_index=True),
}


def slider(place: int) -> float:
    """A slider like those of the drivers."""
    return st.slider(f"Slider {place}", -2.0, 2.0, 0.0, 0.1, format="%+.1f")


def page() -> None:
    """Everything asked for, the sliders first."""
    st.set_page_config(layout="wide")
    asked = st.query_params.to_dict()
    values = [slider(place) for place in range(int(asked.pop("slider", 0)))]
    heights = [int(height) for height in asked.pop("plotly_chart", "").split(",") if height]
    for kind, count in asked.items():
        for place in range(int(count)):
            KINDS[kind](place)
    for place, height in enumerate(heights):
        chart(height, sum(values), place)


if __name__ == "__main__":
    page()
