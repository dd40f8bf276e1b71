"""What `make soak` sends: visitors without a browser, whose errors would be told."""

from random import Random

from tests.faults.soak.visitors import Met, visit


def test_a_visitor_goes_from_page_to_page_and_meets_no_error(address):
    met = Met()
    visit(address, Random(1), met, 3)
    assert (met.visits, len(met.seconds), met.errors) == (1, 3, [])


def test_a_server_that_is_not_there_is_an_error_that_a_visitor_met():
    met = Met()
    visit("http://localhost:9", Random(1), met)
    assert met.visits == 0 and "ConnectionRefusedError" in met.errors[0]
