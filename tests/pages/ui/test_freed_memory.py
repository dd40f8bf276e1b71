"""What was freed goes back to the system, also from the middle of the heap."""

import psutil

from pages.ui.server.freed_memory import give_back

SIZE, MANY = 10_000, 10_000  # of what malloc takes from its heap: 100 MB in all


def resident() -> int:
    return psutil.Process().memory_info().rss


def test_what_was_freed_below_what_is_in_use_is_given_back():
    held = [bytes(SIZE) for _ in range(MANY)]
    last = held.pop()  # in use at the heap's end, so that free() alone returns nothing
    full = resident()
    held.clear()
    give_back()
    assert full - resident() > 0.8 * SIZE * MANY
    assert len(last) == SIZE
