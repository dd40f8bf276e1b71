"""What stays is kept out of the collection of garbage, and what was dropped goes in the end."""

import gc
import weakref

import pytest

from pages.ui.server.frozen_heap import leave_out_of_collections


class Cycle:
    """Something in a cycle, which only a collection can free."""

    def __init__(self):
        self.itself = self


@pytest.fixture(autouse=True)
def thawed_after():
    yield
    gc.unfreeze()


def test_what_has_survived_is_no_longer_looked_at():
    cycle = Cycle()
    leave_out_of_collections(rounds=1, seconds=0)
    assert gc.is_tracked(cycle)
    assert not any(tracked is cycle for tracked in gc.get_objects())


def test_what_was_dropped_once_frozen_goes_at_the_next_call():
    cycle = Cycle()
    seen = weakref.ref(cycle)
    leave_out_of_collections(rounds=1, seconds=0)
    del cycle
    gc.collect()
    assert seen() is not None  # frozen, so a collection passes it by
    leave_out_of_collections(rounds=1, seconds=0)
    assert seen() is None
