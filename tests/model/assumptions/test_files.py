"""Assumption sets read back as they were written: as TOML, as JSON and as a link."""

import base64
import json
import zlib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.assumptions import (
    NOTHING,
    Assumptions,
    Belief,
    Dated,
    DriverAssumption,
    LeftOut,
    OutcomeAssumption,
    SwitchAssumption,
    from_link,
    to_link,
)
from model.assumptions.files import (
    LINK_VERSION,
    AssumptionsError,
    from_json,
    from_toml,
    read,
    to_json,
    to_toml,
)
from model.scenario import SCENARIO_FOLDER

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
LEVELS = st.floats(-2, 2)
VERBS = st.sampled_from(["assume", "make"])
ADDS = st.tuples(st.floats(-2, 0, exclude_max=True), st.floats(0, 2))
INTERVALS = st.tuples(st.floats(1e-9, 1.0), st.floats(1.0, 1e9, exclude_min=True))
PATHS = st.lists(DAYS, min_size=1, max_size=3, unique=True).flatmap(
    lambda days: st.tuples(
        *(st.builds(Dated, from_=st.just(d), level=LEVELS) for d in sorted(days))
    )
)
DRIVERS = st.one_of(
    st.builds(DriverAssumption, id=WORDS, level=LEVELS, from_=st.none() | DAYS, verb=VERBS),
    st.builds(DriverAssumption, id=WORDS, path=PATHS, verb=VERBS),
    st.builds(DriverAssumption, id=WORDS, level=LEVELS, until=DAYS, verb=VERBS),
)
OUTCOMES = st.one_of(
    st.builds(OutcomeAssumption, id=WORDS, by=DAYS, happens=st.booleans(), verb=VERBS),
    st.builds(OutcomeAssumption, id=WORDS, on=DAYS, verb=VERBS),
)
BELIEFS = st.one_of(
    st.builds(Belief, effect=NAMES, hazard_ratio=INTERVALS),
    st.builds(Belief, link=NAMES, hazard_ratio=INTERVALS),
    st.builds(Belief, influence=NAMES, adds=ADDS),
    st.builds(Belief, base_rate=NAMES, rate=INTERVALS),
    st.builds(Belief, outcome=NAMES, factor=st.floats(1e-9, 1000)),
)
SWITCHES = st.one_of(
    st.builds(SwitchAssumption, id=WORDS, on=st.booleans(), from_=st.none() | DAYS),
    st.builds(SwitchAssumption, id=WORDS, on=st.booleans(), until=DAYS),
)
LEFT_OUT = st.sampled_from(["source", "event", "driver", "case"]).flatmap(
    lambda kind: st.builds(LeftOut, **{kind: NAMES})
)


def few(parts):
    return st.lists(parts, max_size=3).map(tuple)


SETS = st.builds(
    Assumptions,
    name=WORDS,
    about=WORDS,
    claims=few(WORDS),
    drivers=few(DRIVERS),
    outcomes=few(OUTCOMES),
    switches=few(SWITCHES),
    beliefs=few(BELIEFS),
    left_out=few(LEFT_OUT),
)
MANY = settings(max_examples=60, deadline=None)
EXAMPLE = Assumptions(
    name='Ankara "all in"',
    drivers=(DriverAssumption(id="turkish_backing", level=1.4),),
    outcomes=(OutcomeAssumption(id="peace_treaty", by=date(2023, 11, 15)),),
)


@MANY
@given(SETS)
def test_any_set_reads_back_from_toml(assumptions):
    assert from_toml(to_toml(assumptions)) == assumptions


@MANY
@given(SETS)
def test_any_set_reads_back_from_json_and_from_a_link(assumptions):
    assert from_json(to_json(assumptions)) == assumptions
    assert from_link(to_link(assumptions)) == assumptions


@MANY
@given(SETS)
def test_a_link_needs_no_escaping_in_an_address(assumptions):
    assert set(to_link(assumptions)) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


@pytest.mark.parametrize("suffix, write", [(".toml", to_toml), (".json", to_json)])
def test_any_character_survives_a_file(tmp_path, suffix, write):
    odd = Assumptions(name="\x7f\x00\t\n\r\\\"'#=[]\u2028\x85 Ղարաբաղ 🕊", about="\ufeff")
    path = tmp_path / f"odd{suffix}"
    path.write_text(write(odd), encoding="utf-8", newline="")
    assert read(path) == odd


RELATIVE = """
name = "Counted"

[[driver]]
id = "turkish_backing"
path = [{ from = "+0 days", level = 1.0 }, { from = "+1 day", level = 1.4 }]
until = "+101 days"

[[outcome]]
id = "peace_treaty"
by = "+55 days"

[[event]]
what = "A base closes"
date = "-20 days"
driver = "russian_commitment"
strength = -2
"""


def test_days_of_a_file_count_from_the_as_of_day():
    as_of = date(2023, 9, 21)
    assumed = from_toml(RELATIVE, as_of)
    (driver,), (outcome,), (event,) = assumed.drivers, assumed.outcomes, assumed.events
    assert driver.days(as_of) == [as_of, date(2023, 9, 22), date(2023, 12, 31)]
    assert (outcome.by, event.date) == (date(2023, 11, 15), date(2023, 9, 1))
    # What was read holds plain days: it is the same file and link for everybody from then on.
    assert from_toml(to_toml(assumed)) == from_link(to_link(assumed)) == assumed


def test_links_and_files_of_before_still_open():
    # As they were written before a level could end and switches could be turned.
    old = {"name": "Old", "driver": [{"id": "a", "level": 1.0, "from": "2023-11-15"}]}
    packed = base64.urlsafe_b64encode(zlib.compress(json.dumps(old).encode())).decode().rstrip("=")
    expected = Assumptions(
        name="Old", drivers=(DriverAssumption(id="a", level=1.0, from_=date(2023, 11, 15)),)
    )
    assert from_link(LINK_VERSION + packed) == from_json(json.dumps(old)) == expected


def test_a_day_that_counts_from_an_unknown_day_is_refused_in_one_line():
    with pytest.raises(AssumptionsError, match=r"^'\+101 days' counts from the as-of day, which"):
        from_toml(RELATIVE)


def test_a_day_beyond_the_calendar_is_refused_in_plain_words():
    # 31 December 9999 is the last day that there is
    with pytest.raises(AssumptionsError, match=r"^'\+1 days' from 9999-12-31 lies beyond"):
        from_toml('[[driver]]\nid = "a"\nlevel = 1\nfrom = "+1 days"\n', date.max)


def test_what_is_no_count_of_days_is_no_day():
    text = RELATIVE.replace("+101 days", "in 3 months")
    with pytest.raises(AssumptionsError, match=r"^driver.1.until: .*date"):
        from_toml(text, date(2023, 9, 21))


def test_toml_is_written_as_the_built_in_sets_are():
    assert to_toml(EXAMPLE).splitlines() == [
        'name = "Ankara \\"all in\\""',
        "",
        "[[driver]]",
        'id = "turkish_backing"',
        "level = 1.4",
        "",
        "[[outcome]]",
        'id = "peace_treaty"',
        "by = 2023-11-15",
    ]


@pytest.mark.parametrize("path", sorted((SCENARIO_FOLDER / "assumptions").glob("*.toml")))
def test_every_built_in_set_survives_each_form(path):
    built_in = read(path, date(2023, 9, 21))
    assert not built_in.is_empty
    for write, back in ((to_toml, from_toml), (to_json, from_json), (to_link, from_link)):
        assert back(write(built_in)) == built_in


def test_the_empty_set_is_the_empty_link():
    assert to_link(NOTHING) == "" and from_link("") == NOTHING
    assert from_toml("") == NOTHING and from_json("{}") == NOTHING


def test_a_link_says_which_form_it_is_of():
    assert to_link(EXAMPLE)[0] == LINK_VERSION == "1"
    # the first form, kept here as it was given out: version, base64 of deflated JSON
    content = b'{"driver":[{"id":"turkish_backing","level":1.4}]}'
    given_out = "1" + base64.urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")
    assert from_link(given_out).drivers == EXAMPLE.drivers


def test_a_link_of_a_later_form_says_why_it_does_not_open():
    with pytest.raises(AssumptionsError, match="is of form '2', and only form '1' is known"):
        from_link("2" + to_link(EXAMPLE)[1:])


def damaged():
    link = to_link(EXAMPLE)
    flipped = "A" if link[20] != "A" else "B"
    return {
        "cut to the version": link[:1],
        "cut in half": link[: len(link) // 2],
        "last eight cut": link[:-8],
        "one character changed": link[:20] + flipped + link[21:],
        "not base64": "1Ղարաբաղ",
        "spaces": "1 " + "+" * 10,
        "other bytes": "1" + base64.urlsafe_b64encode(b"hello there").decode(),
        "not text": "1" + base64.urlsafe_b64encode(zlib.compress(b"\xff\xfe")).decode(),
        "a bomb": "1" + base64.urlsafe_b64encode(zlib.compress(b" " * 10**8)).decode(),
    }


@pytest.mark.parametrize("how", damaged())
def test_a_damaged_link_says_so_in_one_line(how):
    with pytest.raises(AssumptionsError, match="^this link is damaged.*$") as problem:
        from_link(damaged()[how])
    assert "\n" not in str(problem.value)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_in_place_of_a_link_does_worse_than_a_clear_error(text):
    try:
        assumptions = from_link("1" + text)
    except AssumptionsError as problem:
        assert str(problem)
    else:
        assert isinstance(assumptions, Assumptions)


@pytest.mark.parametrize(
    "text, lines",
    [
        ("name = ", ["not TOML: Invalid value"]),
        ("nam = 'x'", ["nam: this key is not known"]),
        (
            "[[driver]]\nid = 'a'\nlevel = 3\n[[belief]]\neffect = 'a -> b'\nhazard_ratio = [2, 1]",
            [
                "driver.1.level: 3 where a number up to 2 was expected",
                "belief.1.hazard_ratio: the interval is upside",
            ],
        ),
        (
            "[[outcome]]\nid = 'a'\n[[driver]]\nid = 'a'\n[[driver]]\nid = 'b'\nlvl = 1\nlevel = 1",
            [
                "driver.1: driver 'a' needs a level",
                "driver.2.lvl: this key",
                "outcome.1: outcome 'a'",
            ],
        ),
        (
            "[[outcome]]\nid = 'a'\nby = 'soon'",
            ["outcome.1.by: 'soon' where a date as 2023-09-21 was expected"],
        ),
        ("driver = 3", ["driver: 3 where a list was expected; write [[driver]], with two"]),
        ("[driver]\nid = 'a'\nlevel = 1", ["driver: a table where a list was expected; write [["]),
        ("[[driver]]\nid = 'a'\nlevel = true", ["driver.1.level: True where a number was"]),
        ("[[driver]]\nid = 'a'\nlevel = '1'", ["driver.1.level: '1' where a number was"]),
        ("[[driver]]\nid = 'a'\nlevel = inf", ["driver.1.level: inf where a finite number was"]),
        (
            "[[driver]]\nid = 'a'\nlevel = 1\nfrom = 1701388800",
            ["driver.1.from: 1701388800 where a date as 2023-09-21 was expected"],
        ),
        (
            "[[driver]]\nid = 'a'\nlevel = 1\nfrom = 2023-12-01T10:00:00",
            ["driver.1.from: '2023-12-01T10:00:00' where a date as 2023-09-21 was expected"],
        ),
        (
            "[[outcome]]\nid = 'a'\nby = 2024-01-01\nhappens = 'no'",
            ["outcome.1.happens: 'no' where true or false was expected"],
        ),
        ("[[driver]]\nlevel = 1", ["driver.1.id: this key is missing; add it"]),
    ],
)
def test_a_broken_file_gets_one_line_per_fault(text, lines, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssumptionsError) as problem:
        read(path)
    faults = str(problem.value).removeprefix(f"{path}: ").splitlines()
    assert len(faults) == len(lines)
    assert all(line.startswith(start) for line, start in zip(faults, lines, strict=True)), faults


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", "null", "[" * 100_000, "1" * 5000, '{"name": NaN}', '{"name": "\\ud83d"}'],
)
def test_broken_json_gets_one_line(text):
    with pytest.raises(AssumptionsError) as problem:
        from_json(text)
    assert len(str(problem.value).splitlines()) == 1


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "1" * 5000])
def test_toml_that_no_parser_should_follow_gets_one_line(text):
    with pytest.raises(AssumptionsError) as problem:
        from_toml(text)
    assert len(str(problem.value).splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    [
        '{"driver": [{"id": "a", "level": -1.5, "level": 1.5}]}',
        '{"driver": [{"id": "a", "level": 1}], "driver": [{"id": "b", "level": 1}]}',
        '{"name": "a", "name": "a"}',
    ],
)
def test_a_key_that_stands_twice_is_refused_as_json_and_as_a_link(text):
    link = "1" + base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")
    for read_set in (lambda: from_json(text), lambda: from_link(link)):
        with pytest.raises(AssumptionsError, match=r"stands twice in one object; keep one$"):
            read_set()


def test_a_name_is_one_line_and_shows_all_that_it_holds():
    hostile = "Peace\n\n# treaty\u202e\u0000 95\u200b % a" + "\u0301" * 500
    opened = from_json(json.dumps({"name": hostile, "about": hostile}))
    assert opened.name == "Peace # treaty 95 % a" + "\u0301" * 3 == opened.about


@pytest.mark.parametrize(
    "content",
    [
        {"name": "x" * 301},
        {"claims": ["C"] * 301},
        {"driver": [{"id": "x" * 5000, "level": 1}]},
        {"leave_out": [{"source": "x" * 5000}]},
    ],
)
def test_a_name_or_list_far_too_long_is_refused_in_one_short_line(content):
    with pytest.raises(AssumptionsError, match="at most") as problem:
        from_json(json.dumps(content))
    assert len(str(problem.value)) < 120


def test_faults_without_end_are_told_in_few_short_lines():
    with pytest.raises(AssumptionsError) as problem:
        from_json(json.dumps({"x" * 5000: 1} | {f"key_{place}": 1 for place in range(99)}))
    lines = str(problem.value).splitlines()
    assert len(lines) == 41 and lines[-1] == "and 60 more faults"
    assert max(map(len, lines)) <= 301


def test_a_link_stays_short_enough_to_send():
    year = [date(2023, 10, 1) + timedelta(days=30 * m) for m in range(12)]
    path = tuple(Dated(from_=day, level=0.1 * m) for m, day in enumerate(year))
    full = Assumptions(
        drivers=tuple(DriverAssumption(id=f"driver_number_{i}", path=path) for i in range(10))
    )
    assert len(to_link(full)) < 2000 and json.loads(to_json(full))
