"""What has come to stay in the server's memory is kept out of the collection of garbage.

A collection of garbage stops all visitors, for 0.1 to 0.3 s with all that is loaded: modules,
compiled kernels, runs, sessions. What is frozen is not looked at. Streamlit's own collection after
each piece of a page is switched off (`.streamlit/config.toml`); here is one a second.
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
