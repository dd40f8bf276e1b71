"""Assumption sets: what cannot be meant is refused with one plain line, and a set never changes."""

from datetime import date

import pytest
from pydantic import ValidationError

from model.assumptions import (
    NOTHING,
    Assumptions,
    Belief,
    Dated,
    DriverAssumption,
    LeftOut,
    OutcomeAssumption,
    SwitchAssumption,
    faults,
)
from model.scenario import SCENARIO_FOLDER, load_scenario

AS_OF, LAST = date(2023, 9, 21), date(2026, 9, 21)
DAY = date(2023, 11, 15)


@pytest.fixture(scope="module")
def scenario():
    return load_scenario(SCENARIO_FOLDER)


def driver(id="russian_commitment", **fields):
    fields = fields or {"level": -1.5}
    return Assumptions(drivers=(DriverAssumption(id=id, **fields),))


def switched(id="treaty_text_agreed", **fields):
    return Assumptions(switches=(SwitchAssumption(id=id, on=True, **fields),))


def outcomes(*rows, id="peace_treaty"):
    return Assumptions(outcomes=tuple(OutcomeAssumption(id=id, **fields) for fields in rows))


def believing(**fields):
    return Assumptions(beliefs=(Belief(**fields),))


def only_fault(assumptions, scenario):
    (line,) = faults(assumptions, scenario, AS_OF, LAST)
    assert "\n" not in line
    return line


@pytest.mark.parametrize(
    "assumptions, meant",
    [
        (driver("russian_comitment"), "'russian_commitment'"),
        (outcomes({"by": DAY}, id="peace_treatty"), "'peace_treaty'"),
        (switched("treaty_text_agred"), "'treaty_text_agreed'"),
        (
            believing(effect="iranian_deterrence -> peace_treat", hazard_ratio=(1, 2)),
            "'iranian_deterrence -> peace_treaty'",
        ),
        (
            believing(link="csto_exits -> renewed_offensive", hazard_ratio=(1, 2)),
            "'csto_exit -> renewed_offensive'",
        ),
        (believing(base_rate="alliance_exit", rate=(0.01, 0.1)), "'alliance_exits'"),
        (
            believing(influence="turkish_backing -> iranian_deterrance", adds=(0, 0.1)),
            "'turkish_backing -> iranian_deterrence'",
        ),
        (believing(outcome="csto_exist", factor=2), "'csto_exit'"),
        (Assumptions(left_out=(LeftOut(driver="turkish_baking"),)), "'turkish_backing'"),
    ],
)
def test_an_unknown_id_is_named_with_the_one_that_was_meant(assumptions, meant, scenario):
    line = only_fault(assumptions, scenario)
    assert line.startswith("unknown ") and line.endswith(f"did you mean {meant}?")


def test_an_id_like_no_other_gets_the_list_to_choose_from(scenario):
    line = only_fault(driver("zzz"), scenario)
    assert "choose one of:" in line and all(id in line for id in scenario.driver_ids)


@pytest.mark.parametrize(
    "assumptions",
    [
        driver(level=1.0, from_=date(2023, 9, 20)),
        driver(level=1.0, from_=date(2523, 9, 21)),
        driver(path=(Dated(from_=date(2023, 1, 1), level=0), Dated(from_=DAY, level=1))),
        driver(level=1.0, until=date(2023, 9, 20)),
        driver(level=1.0, until=date(2523, 9, 21)),
        switched(from_=date(2023, 9, 20)),
        switched(until=date(2523, 9, 21)),
        outcomes({"by": AS_OF}),  # what has happened by the as-of date is known, not supposed
        outcomes({"on": date(2023, 9, 1)}),
        outcomes({"by": date(2523, 9, 21)}),
        outcomes({"by": date(2523, 9, 21), "happens": False}),
    ],
)
def test_a_day_before_the_as_of_date_or_past_the_horizon_gets_one_line(assumptions, scenario):
    line = only_fault(assumptions, scenario)
    assert str(AS_OF) in line and str(LAST) in line


@pytest.mark.parametrize(
    "assumptions",
    [
        NOTHING,
        driver(level=2.0, from_=AS_OF),
        driver(level=-2.0, from_=LAST),
        driver(level=-2.0, from_=AS_OF, until=LAST),
        outcomes({"by": LAST}),
        outcomes({"by": DAY, "happens": False}, {"by": LAST}),  # not by November, but later
    ],
)
def test_the_edges_of_what_can_be_meant_are_allowed(assumptions, scenario):
    assert faults(assumptions, scenario, AS_OF, LAST) == []


@pytest.mark.parametrize(
    "rows",
    [
        [{"by": DAY}, {"by": DAY, "happens": False}],
        [{"on": DAY}, {"by": LAST, "happens": False}],
        [{"by": DAY, "verb": "make"}, {"by": LAST, "happens": False, "verb": "make"}],
    ],
)
def test_an_outcome_that_happens_and_does_not_is_a_contradiction(rows, scenario):
    line = only_fault(outcomes(*rows), scenario)
    assert "'peace_treaty' happens by 2023-11-15 and does not happen by" in line


@pytest.mark.parametrize(
    "assumptions, fault",
    [
        (outcomes({"by": DAY}, {"on": LAST}), "outcome 'peace_treaty' is supposed twice"),
        (
            Assumptions(switches=2 * switched().switches),
            "switch 'treaty_text_agreed' is turned twice",
        ),
        (
            Assumptions(drivers=driver(level=1).drivers + driver(level=-1).drivers),
            "driver 'russian_commitment' is set twice",
        ),
        (
            Assumptions(
                beliefs=tuple(Belief(base_rate="alliance_exits", rate=(0.01, h)) for h in (0.1, 1))
            ),
            "two beliefs about 'alliance_exits'",
        ),
    ],
)
def test_the_same_thing_said_twice_is_refused(assumptions, fault, scenario):
    assert only_fault(assumptions, scenario).startswith(fault)


def test_a_level_that_ends_on_the_as_of_day_never_held(scenario):
    fault = only_fault(driver(level=1.0, until=AS_OF), scenario)
    assert (
        fault == "driver 'russian_commitment' ends on 2023-09-21, the as-of day; let it end later"
    )


def test_every_fault_gets_its_own_line(scenario):
    wrong = Assumptions(
        drivers=(DriverAssumption(id="nobody", level=0, from_=date(1990, 1, 1)),),
        outcomes=outcomes({"by": DAY}, {"by": DAY, "happens": False}).outcomes,
    )
    assert len(faults(wrong, scenario, AS_OF, LAST)) == 3  # unknown, misdated, contradicted


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: Belief(effect="a -> b", hazard_ratio=(2, 1)), "upside down, 2 is not below 1"),
        (lambda: Belief(base_rate="a", rate=(0.5, 0.5)), "upside down"),
        (lambda: Belief(base_rate="a", rate=(0, 0.5)), "greater than 0"),
        (lambda: Belief(base_rate="a", rate=(0.1, float("inf"))), "finite"),
        (lambda: Belief(base_rate="a", rate=(float("nan"), 1)), "finite|greater than 0"),
        (lambda: Belief(base_rate="a", hazard_ratio=(1, 2)), "needs rate"),
        (lambda: Belief(influence="a -> b", hazard_ratio=(1, 2)), "needs adds"),
        (lambda: Belief(influence="a -> b", adds=(0.1, -0.1)), "upside down"),
        (lambda: Belief(influence="a -> b", adds=(-0.1, 3)), "adds -0.1 to 3 a month; expected"),
        (lambda: Belief(outcome="a", factor=2, rate=(1, 2)), "needs factor"),
        (lambda: Belief(effect="a -> b", link="a -> b", hazard_ratio=(1, 2)), "names one"),
        (lambda: Belief(hazard_ratio=(1, 2)), "names one"),
        (lambda: Belief(outcome="a", factor=0), "greater than 0"),
        (lambda: DriverAssumption(id="a", level=2.01), "less than or equal to 2"),
        (lambda: DriverAssumption(id="a", level=float("nan")), "finite|greater than"),
        (lambda: DriverAssumption(id="a"), "a level or a path"),
        (
            lambda: DriverAssumption(id="a", level=1, path=(Dated(from_=DAY, level=1),)),
            "a level or a path",
        ),
        (
            lambda: DriverAssumption(id="a", path=[{"from": d, "level": 1} for d in (LAST, DAY)]),
            "forward in time",
        ),
        (
            lambda: DriverAssumption(id="a", path=[{"from": DAY, "level": x} for x in (1, 2)]),
            "a day once",
        ),
        (
            lambda: DriverAssumption(id="a", from_=AS_OF, path=[{"from": DAY, "level": 1}]),
            "each level of its path",
        ),
        (lambda: DriverAssumption(id="a", level=1, verb="believe"), "'assume' or 'make'"),
        (lambda: DriverAssumption(id="a", level=1, from_=DAY, until=DAY), "not after 2023-11-15"),
        (
            lambda: DriverAssumption(id="a", path=[{"from": LAST, "level": 1}], until=DAY),
            "ends on 2023-11-15, not after",
        ),
        (lambda: SwitchAssumption(id="a", on=True, from_=DAY, until=DAY), "not after 2023-11-15"),
        (lambda: SwitchAssumption(id="a", on=True, verb="assume"), "'make'"),
        (lambda: OutcomeAssumption(id="a"), "needs a day"),
        (lambda: OutcomeAssumption(id="a", by=DAY, on=DAY), "needs a day"),
        (lambda: OutcomeAssumption(id="a", on=DAY, happens=False), "not on one"),
        (LeftOut, "one source, one country"),
        (lambda: LeftOut(source="a", event="b"), "one source, one country"),
        (lambda: Assumptions(outcom=()), "not permitted"),
    ],
)
def test_what_no_scenario_could_mean_is_refused_with_one_error(make, message):
    with pytest.raises(ValidationError, match=message) as problem:
        make()
    assert problem.value.error_count() == 1


def test_a_set_cannot_be_changed():
    assumptions = driver(level=1.0)
    with pytest.raises(ValidationError):
        assumptions.name = "other"
    with pytest.raises(ValidationError):
        assumptions.drivers[0].level = 2.0
    with pytest.raises(TypeError):
        assumptions.drivers[0] = DriverAssumption(id="a", level=0)
    assert assumptions == driver(level=1.0) and hash(assumptions) == hash(driver(level=1.0))


def test_a_name_supposes_nothing_and_a_factor_needs_no_refit():
    assert Assumptions(name="mine", about="nothing at all", claims=("C01",)).is_empty
    factor = believing(outcome="csto_exit", factor=2)
    assert not factor.is_empty and not factor.changes_the_fit
    rate = believing(base_rate="alliance_exits", rate=(0.01, 0.1))
    assert rate.changes_the_fit and rate.without_beliefs().is_empty
    assert Assumptions(left_out=(LeftOut(source="a"),)).changes_the_fit


def test_a_level_counts_from_the_as_of_date_unless_told():
    assert driver(level=1).drivers[0].levels(AS_OF) == [(AS_OF, 1.0)]
    assert driver(level=1, from_=DAY).drivers[0].levels(AS_OF) == [(DAY, 1.0)]


def test_a_learned_level_cannot_end_before_it_is_learned(scenario):
    """Half a year after 21 September 2023 is 22 March 2024."""
    until = date(2024, 3, 22)
    told = DriverAssumption(id="russian_commitment", level=-1.0, verb="assume", until=until)
    (fault,) = faults(Assumptions(drivers=(told,)), scenario, AS_OF, LAST)
    assert fault == "driver 'russian_commitment' ends on 2024-03-22, not after 2024-03-22"
    later = told.model_copy(update={"until": date(2024, 3, 23)})
    assert faults(Assumptions(drivers=(later,)), scenario, AS_OF, LAST) == []
