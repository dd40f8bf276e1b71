"""Lines fit their room and lose nothing, whatever the text: one ruler for pictures and slides."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.exports.shared import text_width
from briefing.exports.shared.text_width import lines, width

SIZES = st.floats(6, 40)
ROOMS = st.floats(20, 800)
# Narrow letters before wide ones: a share of the letters is then far more than that of the width.
NARROW_THEN_WIDE = "i" * 30 + "W" * 30


@given(st.text(), SIZES, ROOMS, st.booleans())
@example(NARROW_THEN_WIDE[::-1], 12, 80, False)
@example("W" * 200, 12, 80, True)
@example("", 12, 80, False)
@example("国" * 40 + " AV To", 12, 80, False)
def test_no_line_is_wider_than_its_room_but_a_single_letter(text, size, room, bold):
    for line in lines(text, size, room, bold):
        assert len(line) <= 1 or width(line, size, bold) <= room


@given(st.text(), SIZES, ROOMS, st.booleans())
@example(NARROW_THEN_WIDE, 12, 80, False)
def test_no_letter_is_lost_or_moved(text, size, room, bold):
    broken = lines(text, size, room, bold)
    assert "".join(broken).replace(" ", "") == "".join(text.split())


@given(st.lists(st.text("abcdeMW", min_size=1, max_size=6), min_size=1), st.floats(120, 800))
def test_words_that_fit_a_line_are_kept_whole_and_in_order(words, room):
    assert " ".join(lines(" ".join(words), 12, room)).split() == words


def test_a_word_goes_on_the_line_while_it_fits():
    room = width("some words in", 12)
    assert lines("some words in a row", 12, room) == ["some words in", "a row"]


def test_no_text_is_one_empty_line():
    assert lines("", 12, 80) == lines(" \n", 12, 80) == [""]


@pytest.mark.parametrize("letter", ["国", "한", "あ", "Ａ"])
def test_a_letter_that_the_ruler_lacks_is_as_wide_as_it_is_high(letter):
    assert width(letter * 3, 10) == pytest.approx(30 * text_width.SAFE)
