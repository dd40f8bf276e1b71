"""The menu. Every page draws what it needs itself and opens from a cold link."""

import streamlit as st

st.set_page_config(page_title="Araxes", layout="wide")
st.navigation(
    [
        st.Page("pages/forecast.py", title="Forecast", default=True),
        st.Page("pages/assumptions.py", title="Assumptions"),
    ]
).run()
