"""Answers in words: how they were made, why they were refused, what they leave alone."""

from datetime import date
from types import SimpleNamespace

import pytest

from briefing.words.sets import answers
from model.assumptions import Assumptions, DriverAssumption, SwitchAssumption, faults
from model.forecast import Refused
from model.scenario import SCENARIO_FOLDER, load_scenario

SCENARIO = load_scenario(SCENARIO_FOLDER)
AS_OF = date(2023, 9, 21)


def test_a_refusal_names_what_moved_and_no_more():
    asked = Assumptions(
        drivers=tuple(
            DriverAssumption(id=id, level=2, verb="assume")
            for id in ("western_mediation", "russian_commitment")
        )
    )
    nearer = asked.drivers[1].model_copy(update={"level": 0.3})
    problem = Refused(
        "only 2 effective draws", "; …", Assumptions(drivers=(asked.drivers[0], nearer))
    )
    assert answers.refusal(problem, asked, SCENARIO, AS_OF) == (
        "Too far from what the model considers: only 2 effective draws. The nearest that works: "
        "learn that Russia's commitment to Armenia is +0.3 from 22 Mar 2024."
    )


def answer(method, khat=None, reliable=True):
    return SimpleNamespace(
        method=method, khat=khat, reliable=reliable, effective_draws=1234.5, run="abc"
    )


@pytest.mark.parametrize(
    ("answered", "sentence"),
    [
        (answer("exact"), "Rests on 1,234 of 4,000 simulated worlds."),
        (
            answer("refit"),
            "Refitted under these beliefs (run abc): rests on 1,234 of 4,000 simulated worlds.",
        ),
        (
            answer("reweighted", -0.2),
            "Reweighted at once: rests on 1,234 of 4,000 simulated worlds, k̂ under 0.1 "
            "(fine; the limit is 0.7).",
        ),
        (
            # in order for importance sampling, but past 0.5 no longer as good as its draws are many
            answer("reweighted", 0.64),
            "Reweighted at once: rests on 1,234 of 4,000 simulated worlds, k̂ 0.64 "
            "(usable, but few worlds carry it: a refit is surer; the limit is 0.7).",
        ),
        (
            answer("reweighted", 0.83, reliable=False),
            "Reweighted at once: rests on 1,234 of 4,000 simulated worlds, k̂ 0.83 "
            "(not reliable; the limit is 0.7).",
        ),
    ],
)
def test_how_an_answer_was_found_is_a_sentence(answered, sentence):
    assert answers.how_answered(answered, 4000) == sentence


def test_a_driver_set_after_the_deadline_is_said_to_change_nothing_by_then():
    late = DriverAssumption(id="russian_commitment", level=1.0, from_=date(2024, 2, 29))
    sentence = answers.after(Assumptions(drivers=(late,)), SCENARIO, date(2023, 12, 31))
    assert sentence == (
        "Russia's commitment to Armenia: starts after the deadline, and so changes nothing by 31 "
        "December 2023."
    )
    # what is learned later tells of the days before it too
    learned = late.model_copy(update={"verb": "assume"})
    for other in (learned, late.model_copy(update={"from_": None})):
        assert not answers.after(Assumptions(drivers=(other,)), SCENARIO, date(2023, 12, 31))


def test_two_drivers_set_after_the_deadline_change_nothing_by_then():
    late = [
        DriverAssumption(id=id, level=1.0, from_=date(2024, 2, 29))
        for id in ("russian_commitment", "western_mediation")
    ]
    assert answers.after(Assumptions(drivers=late), SCENARIO, date(2023, 12, 31)).endswith(
        ": start after the deadline, and so change nothing by 31 December 2023."
    )


def test_a_fault_has_titles_in_place_of_ids_of_switches_too():
    switch = SCENARIO.switches[0]
    set_ = Assumptions(switches=[SwitchAssumption(id=switch.id, on=True, from_=date(2020, 1, 1))])
    (line,) = faults(set_, SCENARIO, AS_OF, date(2026, 9, 21))
    assert answers.fault(line, SCENARIO) == (
        f"{switch.title}: 1 Jan 2020 is not between 21 Sep 2023 and 21 Sep 2026"
    )


def test_a_title_with_a_backslash_stands_in_a_fault_as_it_is():
    driver = SCENARIO.drivers[0].model_copy(update={"title": r"North\South \1"})
    scenario = SCENARIO.model_copy(update={"drivers": (driver,)})
    assert answers.fault(f"driver '{driver.id}' is set twice", scenario).startswith(driver.title)


@pytest.mark.parametrize(
    ("surprise", "said"),
    [
        ("1 in 22", "1 of 22"),
        ("at most 1 in 230,000", "at most 1 of 230,000"),
        ("under 1 in a billion", "fewer than 1 of a billion"),
    ],
)
def test_how_surprising_a_set_is_reads_as_a_count_of_cases(surprise, said):
    sentence = f"The model expects something this extreme in {said} cases."
    assert answers.extreme(surprise) == sentence
