"""Which clock runs: the latest known one, or that of a switch while it is on, whoever turned it."""

from datetime import date

import pytest

from model.assumptions import SwitchAssumption
from model.fit.clocks import running, turning_days
from model.fit.structure import trait_names
from model.scenario import SCENARIO_FOLDER, load_scenario
from model.scenario.scenario import Clock
from model.scenario.switch import Turn

SCENARIO, AS_OF = load_scenario(SCENARIO_FOLDER), date(2023, 9, 21)
NOVEMBER, JANUARY = date(2023, 11, 1), date(2024, 1, 1)
TEXT, STAY, GONE = "text_to_signature", "peacekeepers_stay", "peacekeepers_without_object"


def turned(id, on, **days):
    return (SwitchAssumption(id=id, on=on, **days),)


def ran(outcome, day, as_of=AS_OF, of=(), scenario=SCENARIO):
    return running(scenario, scenario.outcome(outcome), day, as_of, of)


def with_turns(id, *turns):
    switches = tuple(
        s.model_copy(update={"turns": turns}) if s.id == id else s for s in SCENARIO.switches
    )
    return SCENARIO.model_copy(update={"switches": switches})


def turn(on, day, known=None):
    return Turn(on=on, date=day, known_on=known, why="made up", source_url="made up")


def test_the_latest_clock_known_by_the_as_of_date_runs():
    first, second = (
        Clock(date=day, known_on=known, classes=("joins_in_calm",), why="w", source_url="u")
        for day, known in (
            (date(2020, 11, 10), date(2020, 11, 10)),
            (date(2023, 9, 20), date(2023, 9, 25)),
        )
    )
    outcome = SCENARIO.outcome("turkish_involvement").model_copy(update={"clocks": (first, second)})
    others = tuple(o for o in SCENARIO.outcomes if o.id != outcome.id)
    scenario = SCENARIO.model_copy(update={"outcomes": (*others, outcome)})
    for day, as_of, clock in (
        (date(2023, 9, 22), date(2023, 9, 22), first),
        (date(2023, 9, 22), date(2023, 9, 25), second),
        (date(2023, 1, 1), date(2025, 1, 1), first),
    ):
        assert running(scenario, outcome, day, as_of).clock is clock


@pytest.mark.parametrize(
    ("outcome", "day", "classes", "began"),
    [
        ("russian_withdrawal", date(2023, 9, 19), (STAY,), date(2020, 11, 10)),
        ("russian_withdrawal", date(2023, 9, 20), (GONE,), date(2023, 9, 20)),
        ("peace_treaty", date(2025, 3, 12), ("war_end_to_agreement",), date(2023, 9, 20)),
        ("peace_treaty", date(2025, 3, 13), (TEXT,), date(2025, 3, 13)),
    ],
)
def test_a_clock_of_a_switch_runs_from_the_day_on_that_it_is_on(outcome, day, classes, began):
    now = ran(outcome, day, as_of=day)
    assert (now.clock.classes, now.began, now.traits) == (classes, began, ())


def test_a_switch_that_is_off_again_gives_the_clock_back_and_on_again_starts_it_anew():
    days = [date(2021, 1, 1), date(2021, 6, 1), date(2022, 1, 1)]
    turns = [turn(on, day) for on, day in zip((True, False, True), days, strict=True)]
    scenario = with_turns("peacekeepers_task_gone", *turns)
    began = [
        (r.clock.classes[0], r.began)
        for r in (ran("russian_withdrawal", day, AS_OF, scenario=scenario) for day in days)
    ]
    assert began == [(GONE, days[0]), (STAY, date(2020, 11, 10)), (GONE, days[2])]


def test_a_turn_that_is_not_known_yet_has_not_come():
    scenario = with_turns("peacekeepers_task_gone", turn(True, date(2023, 9, 1), AS_OF))
    for as_of, of in ((date(2023, 9, 20), STAY), (AS_OF, GONE)):
        now = ran("russian_withdrawal", date(2023, 9, 10), as_of, scenario=scenario)
        assert now.clock.classes == (of,)


def test_a_user_turns_a_switch_on_from_a_day_until_another():
    of = turned("treaty_text_agreed", True, from_=NOVEMBER, until=JANUARY)
    before, during, after = (
        ran("peace_treaty", day, of=of) for day in (date(2023, 10, 31), NOVEMBER, JANUARY)
    )
    assert before == after == ran("peace_treaty", AS_OF)
    assert (during.clock.classes, during.began) == ((TEXT,), NOVEMBER)
    assert turning_days(of, AS_OF) == [NOVEMBER, JANUARY]


def test_turned_on_what_is_on_already_changes_nothing():
    of = turned("peacekeepers_task_gone", True, from_=NOVEMBER)
    assert ran("russian_withdrawal", NOVEMBER, of=of) == ran("russian_withdrawal", AS_OF)


def test_turned_off_the_clock_before_it_runs_on_since_its_own_day():
    now = ran("russian_withdrawal", NOVEMBER, of=turned("peacekeepers_task_gone", False))
    assert (now.clock.classes, now.began) == ((STAY,), date(2020, 11, 10))


def test_a_trait_differs_from_the_regions_where_its_switch_is_at_another_value():
    # The class's trait is 1 for the region. Nobody had demanded a new constitution by 2023.
    text = turned("treaty_text_agreed", True)
    ((place, gap),) = ran("peace_treaty", AS_OF, of=text).traits
    assert trait_names(SCENARIO)[place][:2] == (TEXT, "precondition") and gap == -1.0
    demanded = (*text, *turned("constitution_demanded", True))
    assert ran("peace_treaty", AS_OF, of=demanded).traits == ()
    # It matters to a clock of its class alone.
    assert ran("peace_treaty", AS_OF, of=turned("constitution_demanded", True)).traits == ()


def test_works_begin_on_the_day_of_their_switch():
    assert ran("corridor_open", AS_OF).works is None
    of = turned("syunik_works_begun", True, from_=NOVEMBER)
    assert [ran("corridor_open", day, of=of).works for day in (AS_OF, NOVEMBER, JANUARY)] == [
        None,
        NOVEMBER,
        NOVEMBER,
    ]
    assert ran("peace_treaty", JANUARY, of=of).works is None
