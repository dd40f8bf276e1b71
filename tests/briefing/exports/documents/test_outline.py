"""What a brief says: the same blocks in every form, likelihood apart from confidence, tiers."""

import re

import pytest

from briefing.exports.documents import outline
from briefing.exports.documents.outline import Chart, Numbers
from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.words.yardsticks import BANDS
from model.assumptions import Assumptions, LeftOut
from tests.briefing.exports.documents.briefs import HOSTILE, cited_in, parts_of, sentences_of
from tests.slow_cases import sampled

WORDS = sorted({word for bands in BANDS.values() for _, word, _ in bands}, key=len, reverse=True)
LIKELIHOOD = re.compile(rf"\b({'|'.join(WORDS)})\b( \([^)]*%\))?")
DOUBT = re.compile(r"confiden|interval", re.IGNORECASE)
STATES = ("Moscow steps back", "published", "Ankara all in", "The West steps in")


@pytest.fixture(scope="module", params=sampled(STATES, 9))
def sentences(fitted, sets, request):
    """Every sentence of a brief in one of several states, with either yardstick."""
    sentences = set()
    for yardstick in BANDS:
        assumptions = sets.get(request.param, Assumptions())
        brief = outline.outline(Material(fitted, assumptions, yardstick=yardstick))
        for paragraph in sentences_of(brief):
            sentences.update(re.split(r"(?<=[.!?]) ", paragraph))
    return sentences


def test_no_sentence_holds_both_a_likelihood_word_and_an_interval(sentences):
    likelihoods = {text for text in sentences if LIKELIHOOD.search(text)}
    doubts = {text for text in sentences if DOUBT.search(text)}
    assert likelihoods and doubts
    assert likelihoods & doubts == set()


def test_every_likelihood_word_carries_its_range(sentences):
    words = [word for sentence in sentences for word in LIKELIHOOD.finditer(sentence)]
    assert [word[0] for word in words if not word[2]] == []


def test_what_is_empty_is_left_out_and_the_rest_keeps_its_order(briefs):
    ids = {
        state: [one.id for one in briefs.outline(state).blocks] for state in ("published", "moved")
    }
    assert (
        ids["published"]
        == (
            "bottom-line numbers what-counts curves scenarios change-our-mind evidence method "
            "limits"
        ).split()
    )
    assert (
        ids["moved"]
        == (
            "bottom-line assumed numbers moved curves change-our-mind comparison evidence method "
            "limits"
        ).split()
    )


def test_on_paper_text_that_goes_on_overleaf_stands_before_the_second_chart(briefs):
    # under assumptions the second chart no longer fits the first page, and would leave it blank
    paper, screen = (briefs.outline("assumed", form=form).blocks for form in ("docx", "html"))
    ids, on_screen = [one.id for one in paper], [one.id for one in screen]
    assert ids.index("curves") < ids.index("change-our-mind") < ids.index("comparison")
    assert on_screen.index("comparison") < on_screen.index("change-our-mind")


def test_a_brief_under_assumptions_says_so_before_anything_else(briefs):
    assert "not the published forecast" in briefs.outline("assumed").about[1]
    assert HOSTILE in briefs.outline("assumed").about[1]
    assert len(briefs.outline("published").about) == 1


def test_what_is_assumed_is_not_called_the_readers_own(briefs):
    shown = briefs.outline("assumed")
    assert "published → as assumed" in " ".join(block.heading for block in shown.blocks)
    (chart,) = (c.exhibit for c in parts_of(shown, Chart) if c.exhibit.name == "comparison")
    assert "published and as assumed: " in chart.alt and "As assumed" in chart.in_words
    assert not re.search(r"\b[Yy]ours?\b", " ".join([chart.alt, chart.caption, *chart.in_words]))


def test_a_tables_columns_share_the_whole_width_and_none_cuts_a_word(briefs):
    for part in parts_of(briefs.outline("moved"), Numbers):
        shares = outline.shares(part.frame)
        assert sum(shares) == pytest.approx(1)
        # 172 mm; a bold letter of 8 points takes 0.55 em, 1.55 mm; 3.8 mm are margins.
        needed = [max(map(len, name.split())) * 1.55 + 3.8 for name in part.frame]
        assert all(172 * share > room for share, room in zip(shares, needed, strict=True))


def test_without_sources_nothing_is_cited_and_numbers_only_says_no_assumption(briefs):
    assert len(cited_in(briefs.outline("assumed"))) == 6
    assert cited_in(briefs.outline("assumed", Tier.unsourced)) == []
    bare = " ".join(sentences_of(briefs.outline("assumed", Tier.numbers)))
    assert HOSTILE not in bare and "Make" not in bare and "kept back (fingerprint" in bare


@pytest.mark.slow
def test_without_sources_a_source_left_out_is_not_named_either(fitted):
    assumptions = Assumptions(left_out=(LeftOut(source="Eurasia Review"),))
    brief = outline.outline(Material(fitted, assumptions), Tier.unsourced)
    assert "Leave out a source." in sentences_of(brief)
    assert "Eurasia Review" not in " ".join(sentences_of(brief))
    assert brief.provenance.assumptions is None


def test_the_rules_of_the_leading_outcomes_stand_in_print_and_all_of_them_on_the_page(fitted):
    def rules(**how):
        blocks = outline.outline(Material(fitted), **how).blocks
        return [part.text for block in blocks if block.id == "what-counts" for part in block.parts]

    (printed,) = rules()
    assert printed.count("Happens on") == 3 and "do not count" not in printed
    whole = rules(whole_rules=True)
    assert len(whole) == 6 and all("not count" in rule for rule in whole)
