"""What sets move: the rows are forecasts by their days, and a set that moves nothing says so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from model.assumptions import Assumptions, Belief, DriverAssumption, SwitchAssumption
from model.explain.built_in import built_in
from model.explain.sets import moved_by_sets, moves
from model.forecast import forecast
from model.forecast.basis import basis

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


def test_months_beyond_a_shorter_horizon_are_left_out(thin):
    for months, shown in ((12, [3, 12]), (2, [2])):
        scenario = thin.scenario.model_copy(update={"horizon_months": months})
        path = thin.paths | {"raw_path": thin.paths["raw_path"][:, : months + 1]}
        short = replace(thin, evidence=replace(thin.evidence, scenario=scenario), paths=path)
        assert list(moved_by_sets(short, {"Talks": SETS["Talks"]})["months"].unique()) == shown


# What the claims that a set names say of outcomes: -1 where they make one less likely.
SAID = {
    "Ankara all in": {"corridor_open": 1, "turkish_involvement": 1},  # C11, C19
    "Force brings the treaty": {"peace_treaty": 1, "turkish_involvement": 1},  # C16, C17
    "Moscow steps back": {"renewed_offensive": 1, "turkish_involvement": 1, "csto_exit": 1},
    "Tehran draws a line at the corridor": {"corridor_open": -1, "renewed_offensive": -1},
    "Moscow and Tehran hold the line": {"turkish_involvement": -1, "renewed_offensive": -1},
    "The West steps in": {"peace_treaty": 1},  # C15
    "A treaty on Baku's terms": {"peace_treaty": 1},  # C14, C17
    "The war spreads": {"turkish_involvement": 1},  # C19
    "Yerevan turns west": {"csto_exit": 1},  # C24
}


@pytest.mark.slow
def test_each_built_in_set_moves_what_its_claims_speak_of(fitted):
    table = moved_by_sets(fitted, built_in(fitted), months=(12,))
    assert set(table["set"]) == set(SAID) and (table["refused"] == "").all()
    change = table.set_index(["set", "outcome"])["change"]
    for name, outcomes in SAID.items():
        for outcome, sign in outcomes.items():
            assert sign * change[name, outcome] > 0.003, (name, outcome)


def test_what_a_built_in_set_believes_is_answered_at_once(fitted):
    for name, assumed in built_in(fitted).items():
        khat = basis(fitted, assumed).khat
        assert khat is None or khat < 0.5, name  # 0.7 is the limit
