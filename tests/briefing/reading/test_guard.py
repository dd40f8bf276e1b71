"""A stranger's file is refused in one line, within two seconds of the processor and 200 MB."""

import os
import resource
import threading
import time

import pytest

from briefing.reading import guard
from briefing.reading.content import NUMBER, Unreadable, is_number
from tests.briefing.reading.hostile import AT_ONCE, IN_TIME, operations

ONE = "operations of pdf"  # of those that take until the limit


@pytest.mark.parametrize("what", AT_ONCE)
def test_what_is_too_large_by_its_own_word_is_refused_at_once(what):
    form, make, said = AT_ONCE[what]
    content, began = make(), time.process_time()
    with pytest.raises(Unreadable, match=said) as refused:
        guard.read_as(form, content)
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 200
    assert time.process_time() - began < 1  # of this process; the child's are its own


def test_no_text_of_digits_is_tried_over_and_over():
    began = time.process_time()
    assert NUMBER.fullmatch("1" * 100_000 + "x") is None  # a pattern that goes back takes minutes
    assert not is_number("1" * 41) and is_number("-1.5e-3") and is_number(".5")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "what", [ONE, *(pytest.param(what, marks=pytest.mark.slow) for what in IN_TIME if what != ONE)]
)
def test_what_takes_too_long_or_too_much_is_ended(what):
    form, make = IN_TIME[what]
    content, before = make(), _children()
    with pytest.raises(Unreadable, match=r"more than (2 s|200 MB)|far more than") as refused:
        guard.read_as(form, content)
    assert "\n" not in str(refused.value)
    after = _children()
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 4


def _children():
    return resource.getrusage(resource.RUSAGE_CHILDREN)


def test_memory_is_bounded_on_top_of_what_the_process_has():
    with pytest.raises(Unreadable, match="more than 200 MB of memory"):
        guard.limited(lambda: bytes(guard.ROOM + guard.ROOM // 4)[:1])
    assert guard.limited(lambda: bytes(guard.ROOM // 2)[:1]) == b"\0"


def test_a_reader_that_crashes_is_no_more_than_a_file_that_cannot_be_read():
    with pytest.raises(Unreadable):
        guard.limited(os.abort)


def test_what_a_file_says_comes_back_as_it_is_read_here(exported):
    for name in ("outcomes.csv", "outcomes.parquet", "scenarios.svg", "brief.docx"):
        content, form = exported.content(name), name.split(".")[1]
        assert guard.read_as(form, content) == _listed(guard.reader.read_as(form, content))


def _listed(content):
    """As JSON has it: lists in place of tuples."""
    fields = ("items", "pictures", "shown", "changed", "elements")
    return type(content)(
        **(vars(content) | {name: list(getattr(content, name)) for name in fields})
    )


def test_a_process_of_many_threads_asks_the_helper_and_does_not_wait_for_ever(exported):
    done, told = threading.Event(), []
    waiting = threading.Thread(target=done.wait)
    waiting.start()
    try:
        assert guard.read_as("csv", exported.content("outcomes.csv")).provenance
        with pytest.raises(Unreadable, match="not a CSV"):
            guard.read_as("csv", b"# Araxes \xff")
        told.append(guard.HELPER._process.pid)
        guard._kill(guard.HELPER._process)  # one that died is made anew
        assert guard.read_as("csv", exported.content("outcomes.csv")).provenance
        assert guard.HELPER._process.pid != told[0]
    finally:
        done.set()
        waiting.join()
        guard._kill(guard.HELPER._process)


def test_a_pdf_of_some_length_is_read_all_the_same():
    assert guard.read_as("pdf", operations(500)).items
