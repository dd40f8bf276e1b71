"""`check` finds what is wrong in scenario.toml, and lets it grow without a change of code."""

import re
import shutil
from pathlib import Path

import pytest

from model.check.check import problems
from model.scenario import load_scenario
from tests.model.check.broken_folder import (
    FOLDER,
    lines,
    only,
    place,
    replace,
    row_where,
    set_cell,
    set_interval,
    write,
)
from tests.slow_cases import sampled

SCENARIO = load_scenario(FOLDER)
OUTCOME, DRIVER = SCENARIO.outcome_ids[0], SCENARIO.driver_ids[0]
COERCION = "azerbaijani_coercion"
FAULTS = [
    ('from = "', 'from = "x', "[[effect]]", "from", "unknown driver"),
    ('from = "', 'from = "x', "[[link]]", "from", "unknown outcome"),
    ('hazard_of = "', 'hazard_of = "x', "[[link]]", "hazard_of", "unknown class"),
    ('classes = ["', 'classes = ["x', "[[outcome]]", "classes", "unknown class"),
    ('claims = ["', 'claims = ["x', "[[effect]]", "claims", "unknown claim"),
    ('outcome = "', 'outcome = "x', "[deaths]", "outcome", "unknown outcome"),
    ('table = "', 'table = "x', "[[outcome]]", "table", "unknown table"),
    ("hazard_ratio =", "hazard_ration =", "[[effect]]", "hazard_ration", "did you mean"),
    ("half_life_days = 1", 'half_life_days = "1', "[[driver]]", "half_life_days", "TOML"),
    ("lead = true", "lead = 1", "[[outcome]]", "lead", "expected true or false"),
    ("departure_sd = 0.5", "departure_sd = -1", "[[outcome]]", "departure_sd", "above 0"),
    ("date = 2020-11-10", "date = 2020-13-10", "[[outcome.clock]]", "date", "TOML"),
    ("date = 2020-11-10", 'date = "soon"', "[[outcome.clock]]", "date", "2023-09-21"),
    ("{ azerbaijani_coercion", "{ turkish_backing", "[[outcome]]", "typical", "with an effect"),
    ("coercion = [0.0, 1.0]", "coercion = [0.0, 2.5]", "[[outcome]]", COERCION, "up to 2"),
    ("coercion = [0.0, 1.0]", "coercion = [-3, 1.0]", "[[outcome]]", COERCION, "from -2 up"),
    ("coercion = [0.0, 1.0]", "coercion = [1.0, 0.0]", "[[outcome]]", COERCION, "low"),
    ('kind = "duration"', 'kind = "durations"', "[[class]]", "kind", "'duration'"),
    ("default_as_of = 2023", "default_as_of = 2030", "", "default_as_of", "outside"),
    ("A = 0.98", "A = 1.98", "[coding]", "A", "up to 1"),
]


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "scenario"))


def test_an_effect_on_an_unknown_outcome_is_answered_with_the_nearest(folder):
    effect = SCENARIO.effects[0]
    row = replace(folder, f'to = "{effect.to}"', f'to = "{effect.to[:-1]}"', after="[[effect]]")
    problem = only(folder)
    assert place(problem) == ("scenario.toml", row, "to")
    assert problem.message.endswith(f"did you mean '{effect.to}'?")


@pytest.mark.parametrize(
    ("old", "new", "after", "column", "hint"),
    sampled(FAULTS, 2),
)
def test_a_fault_of_the_scenario_is_named_in_its_line(folder, old, new, after, column, hint):
    row = replace(folder, old, new, after)
    faults = [problem for problem in problems(folder) if problem.row == row]
    assert column in {problem.column for problem in faults}
    assert any(hint in problem.message for problem in faults), faults


@pytest.mark.parametrize("value", ["3", '["a"]', "{ a = [] }"])
@pytest.mark.parametrize(
    ("kind", "key"), [("class", "id"), ("class", "traits"), ("link", "hazard_of")]
)
def test_a_value_of_another_type_is_a_line_and_no_traceback(folder, kind, key, value):
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    old = re.search(rf"^{key} = .*", text[text.index(f"[[{kind}]]") :], re.MULTILINE)[0]
    row = replace(folder, old, f"{key} = {value}", after=f"[[{kind}]]")
    assert any(
        "does not fit" in problem.message for problem in problems(folder) if problem.row == row
    )


def test_lists_in_lists_without_end_are_one_line(folder):
    with (folder / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write("x = " + "[" * 5000 + "]" * 5000 + "\n")
    (problem,) = problems(folder)
    assert "too deep in each other" in problem.message and problem.file == "scenario.toml"


@pytest.mark.parametrize(
    ("interval", "hint"),
    [
        ([1.7, 0.85], "upside down"),
        ([0.85], "two"),
        ([0.85, 1, 1.7], "at most 2"),
        ([0, 1.7], "above 0"),
        # 1.3 / 0.9 = 1.44, x/÷1.20: narrower than x/÷1.4, whose ends are 1.96 apart.
        ([0.9, 1.3], "x/÷1.20; expected x/÷1.4 or wider"),
    ],
)
def test_an_interval_out_of_order_is_named(folder, interval, hint):
    row = set_interval(folder, interval, "[[effect]]")
    problem = only(folder)
    assert place(problem) == ("scenario.toml", row, "hazard_ratio")
    assert hint in problem.message


def test_the_narrowest_interval_is_allowed(folder):
    set_interval(folder, [0.714, 1.4], "[[effect]]")
    assert problems(folder) == []


def test_a_claim_alone_moves_no_centre_further_than_1_7(folder):
    # sqrt(1.5 * 3.5) = 2.29
    effect = next(e for e in SCENARIO.effects if e.basis == "claim" and e.hazard_ratio[0] < 1)
    row = set_interval(folder, [1.5, 3.5], f'from = "{effect.from_}"\nto = "{effect.to}"')
    faults = [p for p in problems(folder) if "on a claim alone" in p.message]
    assert [place(problem) for problem in faults] == [("scenario.toml", row, "hazard_ratio")]
    assert faults[0].message.startswith("the centre is x2.29")


def test_a_contested_claim_keeps_its_interval_around_one(folder):
    effect = next(effect for effect in SCENARIO.effects if effect.claims)
    claim = row_where(folder, "claims", claim=effect.claims[0])
    set_cell(folder, "claims", claim, "contested", "yes")
    row = set_interval(folder, [1.1, 2.6], f'from = "{effect.from_}"\nto = "{effect.to}"')
    assert ("scenario.toml", row, "hazard_ratio") in map(place, problems(folder))
    assert any("is contested; expected" in problem.message for problem in problems(folder))
    set_cell(folder, "claims", claim, "contested", "no")
    assert problems(folder) == []


def test_a_claim_that_became_nothing_is_named(folder):
    header, *rows = lines(folder, "claims")
    new = dict(zip(header, rows[0], strict=True)) | {"claim": "C99", "kind": "effect"}
    new |= {"from": DRIVER, "to": OUTCOME}
    write(folder, "claims", [header, *rows, [new[column] for column in header]])
    problem = only(folder)
    assert place(problem) == ("claims.csv", len(rows) + 2, "claim")
    assert "'C99' is in no effect, link or left_out" in problem.message


def test_a_repeated_arrow_is_named(folder):
    path = folder / "scenario.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("[[effect]]")
    block = text[start : text.index("[[effect]]", start + 1)]
    path.write_text(f"{text.rstrip()}\n\n{block.strip()}\n", encoding="utf-8")
    problem = only(folder)
    assert problem.column == "from"
    assert f"stands in line {text[:start].count(chr(10)) + 2} too" in problem.message


def test_an_outcome_needs_a_clock_from_the_start(folder):
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    clock = text.index("[[outcome.clock]]", text.index(f'id = "{SCENARIO.outcome_ids[-1]}"'))
    later = text[:clock] + re.sub(r"= 2020-11-10", "= 2022-11-10", text[clock:])
    (folder / "scenario.toml").write_text(later, encoding="utf-8")
    problem = only(folder)
    assert problem.column == "clock"
    assert "2021-01-01" in problem.message


def test_a_new_driver_and_effect_need_no_change_of_code(folder):
    with open(folder / "scenario.toml", "a", encoding="utf-8") as file:
        file.write(
            '\n[[driver]]\nid = "winter"\ntitle = "Winter"\nabout = "How hard it snows."\n'
            "half_life_days = 90\nscale = 3.0\n"
            'levels = ["thaw", "mild", "usual", "hard", "passes shut"]\n'
            f'\n[[effect]]\nfrom = "winter"\nto = "{OUTCOME}"\nhazard_ratio = [0.7, 1.5]\n'
            'basis = "judgement"\nclaims = []\nsource = "ours"\nsource_url = ""\nreason = "cold"\n'
        )
    header, *rows = lines(folder, "codings")
    write(folder, "codings", [header, *rows, [rows[0][0], "winter", "1", "1", "snow fell", ""]])
    assert problems(folder) == []


def test_a_new_outcome_needs_no_change_of_code(folder):
    with open(folder / "scenario.toml", "a", encoding="utf-8") as file:
        file.write(
            '\n[[outcome]]\nid = "border_open"\ntitle = "t"\nverb = "v"\nquestion = "q"\n'
            'rule = "r"\nlead = false\nhappens_again = false\ndeparture_sd = 0.5\n'
            "[[outcome.clock]]\ndate = 2020-11-10\n"
            f'classes = ["{SCENARIO.class_ids[0]}"]\nwhy = "w"\nsource_url = "u"\n'
        )
    problem = only(folder)
    assert place(problem) == ("resolutions.csv", 1, "outcome")
    header, *rows = lines(folder, "resolutions")
    row = ["border_open", "open", "2025-12-31", "2025-12-31", "It opens", "", ""]
    write(folder, "resolutions", [header, *rows, row])
    assert problems(folder) == []
