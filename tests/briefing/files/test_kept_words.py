"""A likelihood word stays between two briefs at its band's edge, and fits the number shown."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from typer.testing import CliRunner

from briefing.exports.documents.paragraph import paragraph
from briefing.files import kept_words
from briefing.material.material import Material
from briefing.material.provenance import Tier, from_json
from briefing.material.story import margin_of, phrases
from briefing.reading import reader
from briefing.words import numbers
from briefing.words.yardsticks import BANDS, ICD_203, PHIA, kept, phrase
from model.__main__ import app

EDGES = [(yardstick, top) for yardstick in BANDS for top, _, _ in BANDS[yardstick][:-1]]
PHRASES = {
    yardstick: [f"{word} ({span})" for _, word, span in bands] for yardstick, bands in BANDS.items()
}
ERRORS = (0.0001, 0.002, 0.02)  # digits shown: tenths and whole points, whole points, fives


def test_a_move_over_the_edge_by_less_than_half_a_point_keeps_the_word():
    before = kept(0.196, ICD_203, None)
    assert before == "very unlikely (5–20%)"
    assert kept(0.203, ICD_203, before) == before
    assert kept(0.21, ICD_203, before) == "unlikely (20–45%)"
    assert kept(0.203, ICD_203, None) == "unlikely (20–45%)"  # without a brief before


@pytest.mark.parametrize(("yardstick", "edge"), EDGES)
def test_at_every_edge_the_word_is_kept_both_ways_and_given_up_past_half_a_digit(yardstick, edge):
    half = margin_of(edge, 0.0001)
    under, over = phrase(edge - 0.0001, yardstick), phrase(edge, yardstick)
    assert under != over
    assert kept(edge + 0.8 * half, yardstick, under, half) == under
    assert kept(edge + 1.2 * half, yardstick, under, half) == over
    assert kept(edge - 0.8 * half, yardstick, over, half) == over
    assert kept(edge - 1.2 * half, yardstick, over, half) == under


@given(some.floats(0, 1), some.sampled_from(PHRASES[ICD_203]), some.sampled_from(ERRORS))
@example(0.205, "very unlikely (5–20%)", 0.002)  # shown as 21 %
@example(0.053, "almost no chance (1–5%)", 0.0001)  # shown as 5.3 %
def test_the_number_shown_lies_in_the_range_of_the_word(probability, before, mcse):
    said = kept(probability, ICD_203, before, margin_of(probability, mcse))
    low, high = shown(probability, mcse)
    start, end = span(said)
    assert low <= end and high >= start


@given(some.floats(0, 1), some.sampled_from(PHRASES[PHIA]), some.sampled_from(ERRORS))
@example(0.0779, "remote chance (0–5%)", 0.0001)
def test_the_uks_word_is_that_of_the_number_or_of_a_gap_beside_it(probability, before, mcse):
    said = kept(probability, PHIA, before, margin_of(probability, mcse))
    low, high = shown(probability, mcse)
    start, end = span(said)
    fitting = [other for other in map(span, PHRASES[PHIA]) if low <= other[1] and high >= other[0]]
    assert not fitting or (start, end) in fitting


def shown(probability, mcse):
    """The percentages that the text allows: `13%`, `<1%`, `>99%`."""
    text = numbers.percent(probability, mcse)
    number = float(re.search(r"[\d.]+", text).group())
    return (0, number) if "<" in text else (number, 100) if ">" in text else (number, number)


def span(said):
    inside = re.search(r"\((.*)%\)", said).group(1)
    if inside.startswith("under"):
        return 0, float(inside.split()[1])
    if inside.startswith("over"):
        return float(inside.split()[1]), 100
    return tuple(map(float, inside.split("–")))


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    return tmp_path


def test_phrases_are_remembered_for_the_same_question_only(home, material, fitted):
    assert kept_words.before(material) == {}
    said = phrases(material, {})
    kept_words.remember(material, said)
    assert kept_words.before(material) == said
    assert kept_words.before(Material(fitted)) == {}  # other assumptions
    assert kept_words.before(Material(fitted, material.assumptions, yardstick=PHIA)) == {}
    assert [path.name for path in home.iterdir()] == ["words.json"]


def test_so_many_phrases_are_kept_those_said_last(home, material, fitted, monkeypatch):
    monkeypatch.setattr(kept_words, "MOST", 8)  # six of one set, two of the one before
    for one in (material, Material(fitted), material):
        kept_words.remember(one, phrases(one, {}))
    assert kept_words.before(material) == phrases(material, {})
    assert len(kept_words.before(Material(fitted))) == 2


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"a": 1}', '{"a": "surely (100%)"}'])
def test_a_damaged_memory_is_none(home, material, content):
    (home / "words.json").write_text(content)
    assert kept_words.before(material) == {}
    kept_words.remember(material, phrases(material, {}))
    assert json.loads((home / "words.json").read_text())
    assert kept_words.before(material) == phrases(material, {})


def test_where_nothing_can_be_written_no_brief_fails_for_its_words(material, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "file"))
    kept_words.remember(material, {"peace_treaty": "unlikely (20–45%)"})
    assert (tmp_path / "file").read_text() == "" and kept_words.before(material) == {}


def test_a_remembered_word_is_in_the_next_brief_at_the_edge_and_in_its_provenance(material):
    row = material.answer.outcomes.set_index("outcome").loc["corridor_open"]
    before = {"corridor_open": "very unlikely (5–20%)"}  # far from its 2 %: not kept
    assert phrases(material, before)["corridor_open"] == phrase(row["probability"])


def test_the_paragraph_states_both_sides_ranges_intervals_and_the_run(material):
    said = paragraph(material)
    assert "\n" not in said and "*" not in said
    bottom, rest = said.split("90% intervals: ")
    assert re.search(r"\(\d+–\d+%\).*: \d+ in 100 for, \d+ in 100 against\.", bottom)
    assert f"as of {numbers.long_date(material.as_of)}" in rest and material.run.id in rest
    assert "Bring Turkey's backing of Azerbaijan to +1.6" in rest


def test_the_paragraph_of_numbers_keeps_the_assumptions_back(material):
    said = paragraph(material, Tier.numbers)
    assert "Turkey's backing" not in said and material.assumptions.name not in said
    assert material.provenance("paragraph").assumptions_hash in said


@pytest.mark.parametrize("yardstick", list(BANDS))
def test_likelihood_and_interval_never_share_a_sentence(fitted, yardstick):
    terms = {word for _, word, _ in BANDS[yardstick]}
    said = paragraph(Material(fitted, yardstick=yardstick))
    for sentence in re.split(r"(?<=[.?!]) ", said):
        likelihood = any(word in sentence for word in terms)
        assert not (likelihood and re.search("confiden|interval", sentence))


@pytest.mark.slow
def test_words_can_be_taken_from_an_exported_brief(exported):
    provenance = from_json(reader.read_as("docx", exported.content("brief.docx")).provenance)
    assert provenance.likelihoods["peace_treaty"] == "almost no chance (1–5%)"
    run = CliRunner().invoke
    path = exported.path("brief.docx")
    result = run(app, ["paragraph", "--run", provenance.run, "--previous", str(path)])
    assert result.exit_code == 0 and "almost no chance (1–5%)" in result.output
    for name in ("outcomes.csv", "scenarios.png"):
        without = str(exported.path(name))
        result = run(app, ["paragraph", "--run", provenance.run, "--previous", without])
        assert result.exit_code == 1 and "no likelihood words" in result.output
