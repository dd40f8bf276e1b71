"""Reports that may be one are told by page, day and words."""

import pytest

from model.intake.matching import matches, page_of

OLD = {
    "event": "E1",
    "date": "2026-01-14",
    "what_happened": "Azerbaijan frees four Armenian prisoners from jail in Baku",
    "source_url": "https://www.example.org/news/four-freed/",
    "origin": "fact-1",
}


def of(**other):
    """The one match of OLD with an event that differs from it so, or None."""
    found = matches([OLD | {"event": "E2"} | other], [OLD])
    return found[0] if found else None


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/news/four-freed",
        "https://EXAMPLE.org:443/news/four-freed/amp/",
        "https://amp.example.org/news/four-freed/",
    ],
)
def test_copies_of_a_link_are_one_page(address):
    assert page_of(address) == page_of(OLD["source_url"])


def test_one_page_one_day_and_the_same_words_are_one_report():
    match = of(what_happened="Four Armenian prisoners freed: Azerbaijan opens Baku jail")
    assert match.is_same_report


def test_a_page_that_two_events_share_is_named_and_both_are_kept():
    match = of(date="2025-09-01", what_happened="Turkish envoy crosses the land border")
    assert not match.is_same_report and "share a page, and no more" in str(match)


def test_other_pages_of_the_same_days_with_the_same_words_may_report_one_fact():
    other = {"source_url": "https://another.example/a", "date": "2026-01-15"}
    match = of(**other)
    assert not match.is_same_report and "may report the same fact" in str(match)
    assert of(**(other | {"date": "2026-01-18"})) is None  # 4 days on
    assert of(source_url="https://another.example/a", what_happened="Rain in Yerevan") is None


def test_two_new_rows_are_compared_with_each_other_too():
    (match,) = matches([OLD, OLD | {"event": "E2"}], [])
    assert (match.new, match.old) == ("E2", "E1")
