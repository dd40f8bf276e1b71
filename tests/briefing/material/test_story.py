"""What a briefing says: every block from the run, tiers kept, likelihood apart from intervals."""

import re
from dataclasses import fields, replace
from datetime import date

import pytest

from briefing.material.material import Material
from briefing.material.provenance import Tier, from_json, hash_of
from briefing.material.story import Cited, story
from briefing.words.yardsticks import BANDS, PHIA
from model.assumptions import Assumptions, DriverAssumption, OutcomeAssumption, files

COLDER = Assumptions(
    name="Colder", drivers=(DriverAssumption(id="russian_commitment", level=-1.5, verb="make"),)
)
WARMER = Assumptions(drivers=(DriverAssumption(id="armenian_concession", level=2.0, verb="make"),))
WORDS = {word for bands in BANDS.values() for _, word, _ in bands}


@pytest.fixture(scope="module")
def plain(fitted):
    return story(Material(fitted), "brief")


@pytest.fixture(scope="module")
def colder(fitted):
    return story(Material(fitted, COLDER), "brief")


def sentences(briefing) -> list[str]:
    """Every sentence of a story but the cells of its tables."""
    texts = []
    for field in fields(briefing):
        value = getattr(briefing, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            text = part.sentence if isinstance(part, Cited) else part
            text = " ".join(text) if isinstance(text, tuple) else text
            texts += re.split(r"(?<=[.!?])\s", text) if isinstance(text, str) else []
    return texts


def test_the_bottom_line_states_each_leading_outcome_both_ways_with_its_range(plain):
    assert len(plain.bottom_line) == 3
    for sentence in plain.bottom_line:
        assert re.search(r"\(.*\d%\)", sentence) and " for, " in sentence and "against" in sentence


@pytest.mark.parametrize("yardstick", BANDS)
def test_likelihood_and_confidence_never_share_a_sentence(yardstick, fitted):
    briefing = story(Material(fitted, COLDER, yardstick=yardstick), "brief")
    likely = [
        sentence
        for sentence in sentences(briefing)
        if any(word in sentence.lower() for word in WORDS)
    ]
    assert len(likely) >= 3
    assert [text for text in likely if "interval" in text or "confiden" in text] == []


def test_a_word_of_the_brief_before_is_kept_at_the_edge_only(fitted):
    far = story(Material(fitted), "brief", before={"peace_treaty": "likely (55–80%)"})
    assert far.provenance.likelihoods["peace_treaty"] == "almost no chance (1–5%)"


def test_what_is_assumed_stands_in_words_beside_the_published_numbers(colder, plain):
    assert colder.assumed == (
        "Bring Russia's commitment to Armenia to −1.5 (down 0.6 from −0.9 now) from 21 Sep 2023",
    )
    assert list(colder.numbers)[:4] == ["Outcome", "By", "Published", "Probability"]
    assert colder.numbers["Published"].tolist() == plain.numbers["Probability"].tolist()
    assert plain.assumed == () and "Published" not in plain.numbers


def test_what_is_supposed_is_called_assumed_and_gets_no_likelihood(fitted):
    by = date(2023, 12, 31)
    supposed = Assumptions(outcomes=(OutcomeAssumption(id="peace_treaty", by=by),))
    told = story(Material(fitted, supposed), "paragraph")
    assert told.bottom_line[0] == (
        "Peace treaty: assumed to have happened by 31 December 2023, which is no forecast."
    )
    assert "Peace treaty" not in told.intervals and "Corridor open" in told.intervals
    row = told.numbers.set_index("Outcome").loc["Peace treaty"]
    assert row["Probability"] == "assumed" and row["Likelihood"] == "–"
    # as published it is a chance
    assert row["Published"].endswith("%")


def of_sets(run, **sets):
    return replace(run, evidence=replace(run.evidence, sets=sets))


def test_a_set_of_other_days_is_named_and_the_brief_goes_on(fitted):
    early = Assumptions(outcomes=(OutcomeAssumption(id="renewed_offensive", by=date(2023, 9, 1)),))
    briefing = story(Material(of_sets(fitted, Colder=COLDER, Early=early)), "brief")
    assert briefing.dissent.endswith("Not asked: Early, which does not fit 21 September 2023.")


def test_the_case_against_is_told_against_the_published_chance(fitted):
    # 2 % as published, under what is assumed almost sure: the other set is not asked on top of it
    likely = Assumptions(outcomes=(OutcomeAssumption(id="peace_treaty", by=date(2023, 12, 1)),))
    run = of_sets(fitted, Warmer=WARMER)
    dissent = {story(Material(run, own), "brief").dissent for own in (Assumptions(), likely)}
    assert len(dissent) == 1 and "as published, is then" in dissent.pop()


def test_a_built_in_set_that_was_changed_is_not_called_by_its_name_alone(fitted):
    run = of_sets(fitted, Colder=COLDER)
    milder = DriverAssumption(id="russian_commitment", level=-1.4)
    edited = Assumptions(name="Colder", drivers=(milder,))
    assert Material(run, edited).set_name == "Colder (edited)"
    assert Material(run, COLDER).set_name == "Colder"


def test_numbers_only_holds_no_assumption_and_no_source(fitted):
    briefing = story(Material(fitted, COLDER), "brief", Tier.numbers)
    assert briefing.assumed == () and briefing.evidence == () and briefing.dissent == ""
    assert briefing.provenance.assumptions is None
    assert briefing.provenance.assumptions_hash == hash_of(COLDER)


def test_unsourced_keeps_the_evidence_and_drops_who_said_it(plain, fitted):
    briefing = story(Material(fitted), "brief", Tier.unsourced)
    assert [cited.sentence for cited in briefing.evidence] == [
        cited.sentence for cited in plain.evidence
    ]
    assert {(one.source, one.url) for one in briefing.evidence} == {("", "")}
    assert all(one.url.startswith("http") for one in plain.evidence)


def test_the_provenance_reads_back_and_opens_the_same_set(colder):
    again = from_json(colder.provenance.to_json())
    assert again == colder.provenance
    assert files.from_link(again.assumptions) == COLDER


@pytest.mark.parametrize("text", [None, "", "{}", "{", '{"tool": "Other", "run": "x"}'])
def test_what_is_not_our_provenance_is_none(text):
    assert from_json(text) is None


def test_a_sets_name_does_not_change_its_hash_and_its_level_does():
    renamed = COLDER.model_copy(update={"name": "Frost"})
    other = Assumptions(drivers=(DriverAssumption(id="russian_commitment", level=-1.4),))
    assert hash_of(renamed) == hash_of(COLDER) != hash_of(other)


def test_the_yardstick_chosen_gives_the_words(fitted):
    briefing = story(Material(fitted, yardstick=PHIA), "brief")
    assert "remote chance (0–5%)" in briefing.bottom_line[0]
