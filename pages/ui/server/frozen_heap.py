"""What has come to stay in the server's memory is kept out of the collection of garbage.

Streamlit collects garbage after each run of a piece of a page, which takes 0.1 s for all that is
loaded: modules, compiled kernels, runs, sessions. What is frozen is not looked at.
"""

import gc
import time

FROZEN_EVERY = 1.0  # seconds
ROUNDS = 15  # of freezing, until all is thawed and looked at; what is dropped stays as long


def leave_out_of_collections(rounds: int = ROUNDS, seconds: float = FROZEN_EVERY) -> None:
    """Look at everything once, then freeze what has survived: `rounds` times, `seconds` apart.

    To be called again and again: what was frozen and then dropped goes at the next call, if it is
    part of a cycle, and else at once.
    """
    # A frozen object is never looked at again, so a dropped cycle of them would stay for good.
    gc.unfreeze()
    for _ in range(rounds):
        gc.collect()
        gc.freeze()
        time.sleep(seconds)
