"""Tables on pages: no name is cut on a narrow screen, and what is longer than a name is broken."""

import json

from streamlit.testing.v1 import AppTest

PATIENCE = 20  # seconds


def page():
    import pandas as pd
    import streamlit as st

    from pages.ui.frame import panels

    names = ["Peace treaty"] * 12 + ["Turkish involvement"]  # the longest after those measured
    rows = pd.DataFrame({"Outcome": names, "Ahead": "3 months", "Forecasts": 62})
    panels.grid(rows)
    why = "Because it rained for forty days and as many nights, and then for another day or two."
    panels.grid(rows.assign(Why=why))
    panels.grid(rows, column_config={"Outcome": st.column_config.Column(width=80)})


def sides():
    import pandas as pd

    from pages.ui.frame import panels

    texts = {
        "Said": ["2.1", "<1%", "1,564"],
        "Range": ["0 to 11", "−0.86 to +0.15", "0.4–7%"],
        "Day": ["2026-05-05", "2026-05-06", "2026-05-07"],
        "Ahead": ["3 months", "6 months", "year end"],
    }
    panels.grid(pd.DataFrame(texts | {"Forecasts": [62, 1564, 0]}))


def test_figures_stand_to_the_right_as_numbers_do_and_words_and_days_to_the_left():
    (table,) = AppTest.from_function(sides, default_timeout=PATIENCE).run().dataframe
    told = json.loads(table.proto.columns)
    to_the_right = [name for name, column in told.items() if column.get("alignment") == "right"]
    assert to_the_right == ["Said", "Range"]
    # a browser sets thousands of whole numbers apart: 1,564
    assert told["Forecasts"]["type_config"] == {"type": "number", "format": "localized"}


def widths(table):
    """Column -> its width in pixels, of those that were given one."""
    told = json.loads(table.proto.columns)
    return {name: column["width"] for name, column in told.items() if "width" in column}


def test_a_column_is_as_wide_as_its_longest_name_and_a_sentence_has_two_lines():
    plain, told, narrowed = AppTest.from_function(page, default_timeout=PATIENCE).run().dataframe
    # 19 letters of 7 pixels and 24 beside them; columns that Streamlit measures well are its own
    assert widths(plain) == {"Outcome": 157}
    assert not plain.proto.row_height and told.proto.row_height == 62
    assert widths(told) == {"Outcome": 110}  # on two lines 0.65 of 19 letters, 86 pixels, and 24
    assert widths(narrowed) == {"Outcome": 80}
