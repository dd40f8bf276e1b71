"""What is found once per process."""

from itertools import count

import pytest

from pages.ui.memory.once import once


def by_first(first, *rest):
    return (first,)


def test_an_answer_is_found_once_for_its_key():
    numbers = count()
    number = once(by_first, entries=9)(lambda name, other: next(numbers))
    assert [number("a", 1), number("a", 2), number("b", 1)] == [0, 0, 1]


def test_two_functions_that_are_asked_the_same_have_answers_of_their_own():
    @once(by_first, entries=9)
    def half(number):
        return number / 2

    @once(by_first, entries=9)
    def double(number):
        return number * 2

    assert (half(3), double(3)) == (1.5, 6)


def test_what_is_raised_is_not_kept():
    answers = iter([ValueError("not yet"), 7])

    @once(by_first, entries=9)
    def tried(name):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="not yet"):
        tried("a")
    assert tried("a") == tried("a") == 7


def test_it_has_the_name_and_the_words_of_what_it_asks():
    @once(by_first, entries=9)
    def half(number):
        """Half a number."""
        return number / 2

    assert (half.__name__, half.__doc__) == ("half", "Half a number.")
