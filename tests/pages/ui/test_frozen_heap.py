"""What stays is kept out of the collection of garbage, and what was dropped goes in the end."""

import gc
import weakref

import pytest

from pages.ui.server.frozen_heap import leave_out_of_collections


class Held:
    """Something in a cycle, which only a collection can free."""

    def __init__(self):
        self.itself = self


@pytest.fixture(autouse=True)
def thawed_after():
    yield
    gc.unfreeze()


def test_what_has_survived_is_no_longer_looked_at():
    held = Held()
    leave_out_of_collections(rounds=1, seconds=0)
    assert gc.is_tracked(held)
    assert not any(one is held for one in gc.get_objects())


def test_what_was_dropped_once_frozen_goes_at_the_next_call():
    held = Held()
    seen = weakref.ref(held)
    leave_out_of_collections(rounds=1, seconds=0)
    del held
    gc.collect()
    assert seen() is not None  # frozen, so a collection passes it by
    leave_out_of_collections(rounds=1, seconds=0)
    assert seen() is None
