"""What sets move: the rows are forecasts by their days, and a set that moves nothing says so."""

from datetime import timedelta

import pytest

from model.assumptions import Assumptions, Belief, DriverAssumption, SwitchAssumption
from model.explain.sets import moved_by_sets, moves
from model.forecast import forecast

SETS = {
    "Talks": Assumptions(drivers=(DriverAssumption(id="negotiation_momentum", level=1.8),)),
    "Text": Assumptions(switches=(SwitchAssumption(id="treaty_text_agreed", on=True),)),
    "Idle": Assumptions(switches=(SwitchAssumption(id="constitution_demanded", on=True),)),
    "Too far": Assumptions(
        drivers=(DriverAssumption(id="azerbaijani_coercion", level=-2, verb="assume"),)
    ),
    "Misfit": Assumptions(drivers=(DriverAssumption(id="nobody", level=1.0),)),
    "Firm": Assumptions(beliefs=(Belief(outcome="csto_exit", factor=3.0),)),
}


@pytest.fixture(scope="module")
def table(thin):
    return moved_by_sets(thin, SETS)


def test_each_row_is_a_forecast_by_its_day(thin, table):
    # A model month is 30.4375 days: 3 months are 91 days, 12 are 365, 24 are 730.5, the even 730.
    for months, days in ((3, 91), (12, 365), (24, 730)):
        deadline = thin.as_of + timedelta(days=days)
        for name in ("Talks", "Text", "Firm"):
            rows = table[(table["set"] == name) & (table["months"] == months)]
            asked = forecast(thin, SETS[name], deadline).outcomes["probability"]
            assert rows["probability"].to_numpy() == pytest.approx(asked.to_numpy(), abs=1e-7)
            assert set(rows["date"]) == {deadline}
    assert (table["change"] == table["probability"] - table["published"]).sum() == 4 * 6 * 3


def test_a_set_that_moves_nothing_has_no_moves(table):
    moved = moves(table)
    assert "Idle" not in set(moved["set"])
    firm = set(moved.loc[moved["set"] == "Firm", "outcome"])
    assert "csto_exit" in firm and "corridor_open" not in firm
    assert (table.loc[table["set"] == "Idle", "change"] == 0).all()


def test_a_set_without_an_answer_says_why(table):
    why = table.drop_duplicates("set").set_index("set")["refused"]
    assert "effective draws" in why["Too far"] and why["Misfit"].startswith("unknown driver")
    assert table[table["set"].isin(["Too far", "Misfit"])]["change"].isna().all()
