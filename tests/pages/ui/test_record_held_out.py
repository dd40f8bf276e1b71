"""Parts of the Track record page that show what was held out, from the results that ship."""

import pytest

from briefing.words.held_out.classes import WAYS
from tests.pages.test_pages import charts, text
from tests.pages.ui.test_record import home, opened  # noqa: F401, a fixture


def test_reference_classes_say_first_where_the_model_is_not_better():
    app = opened(record="Reference classes")
    said = next(one.value for one in app.markdown if "Where the model is not better" in one.value)
    assert "comparisons" in said and "Brier" in said
    assert len(charts(app)) == 3
    assert app.dataframe[-1].value["Class"].iloc[0] == "All classes"


@pytest.mark.slow
@pytest.mark.parametrize("way", ["dyad", "period"])
def test_another_way_and_class_can_be_looked_at(way):
    title = "Ceasefire to renewed interstate fighting"
    link = {"way": WAYS[way], "held_out_class": title, "ahead": "24 months"}
    app = opened(record="Reference classes", **link)
    heads = [one.value for one in app.subheader]
    assert f"{title}: skill beside simple rules" in heads
    assert "Said and came, 24 months after entry" in heads and len(charts(app)) == 3


@pytest.mark.slow
def test_the_drivers_futures_are_shown_beside_simple_rules():
    app = opened(record="Drivers' futures")
    assert "Where the futures are not better" in text(app) and len(charts(app)) == 1
    assert app.dataframe[-1].value["Months ahead"].to_list() == [3, 6, 12, 18]


@pytest.mark.slow
def test_every_stored_self_check_has_a_line():
    app = opened(record="Self-checks")
    assert "self-checks passed" in text(app)
    assert "Simulated worlds" in text(app) and "Recovery" in text(app)
    assert len(charts(app)) == 1
