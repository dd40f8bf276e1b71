"""One outcome in depth on the Assumptions page, with the run of the real evidence."""

import pytest

from model.assumptions import Assumptions, DriverAssumption
from model.forecast import Forecast
from pages.ui.memory import own
from tests.pages.test_assumptions import button, opened, set_of
from tests.pages.test_pages import charts, text

WEST = Assumptions(drivers=(DriverAssumption(id="western_mediation", level=1.9),))


@pytest.fixture(autouse=True)
def home(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))


def test_nothing_is_computed_in_depth_until_a_view_is_chosen():
    app = opened(WEST)
    assert len(charts(app)) == 1
    app.segmented_control(key="depth").set_value("Over time").run()
    assert len(charts(app)) == 2


def test_the_session_holds_the_set_and_no_answer_to_it():
    held_now = opened(WEST).session_state._state.filtered_state.values()
    assert any(isinstance(value, own.Own) for value in held_now)
    assert not any(isinstance(value, Forecast | ValueError) for value in held_now)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("Over time", "Dotted: published. Solid, with its 90% interval: yours."),
        ("What matters most", "Peace treaty: Momentum in the talks matters most."),
        ("Flip point", "Peace treaty: the least surprising single change that takes it past 5%"),
    ],
)
def test_a_link_opens_each_view(view, words):
    app = opened(WEST, depth=view)
    assert not app.exception and words in text(app)


def test_a_link_opens_another_outcome_in_depth():
    app = opened(depth="What matters most", outcome="Russian withdrawal")
    assert "Russian withdrawal: Russia's commitment to Armenia matters most." in text(app)


def test_the_flip_point_can_be_tried_out():
    app = opened(depth="Flip point", outcome="Russian withdrawal")
    app.number_input[-1].set_value(5).run()
    button(app, "Try this change").click().run()
    (driver,) = set_of(app).drivers
    assert driver.id == "russian_commitment" and driver.level > 0


@pytest.mark.slow
def test_a_threshold_out_of_reach_is_said_to_be():
    app = opened(depth="Flip point", outcome="CSTO exit")
    app.number_input[-1].set_value(90).run()
    assert "CSTO exit: no single change takes it past 90%" in text(app)
