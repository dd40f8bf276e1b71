"""Charts first: while many visitors move something, what stands beside a chart waits for charts.

A server draws the pages of all visitors in one process, in turns. Without an order the chart that a
visitor looks at waits for sentences and settings of the others.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

MOST = 0.3  # seconds that a piece waits: a long computation holds up nobody


class Order:
    """How many charts are being drawn."""

    def __init__(self) -> None:
        self.drawn = 0
        self.changed = Condition()

    @contextmanager
    def chart(self) -> Iterator[None]:
        """While a chart is computed and drawn."""
        with self.changed:
            self.drawn += 1
        try:
            yield
        finally:
            with self.changed:
                self.drawn -= 1
                self.changed.notify_all()

    def wait(self, most: float = MOST) -> None:
        """Until no chart is being drawn, or `most` seconds are over."""
        end = time.monotonic() + most
        with self.changed:
            while self.drawn and (left := end - time.monotonic()) > 0:
                self.changed.wait(left)


of_the_process = Order()
