"""The exit codes of `refit`, `diff` and `watch`, for those who write scripts."""

DONE = 0  # fitted and served; with --publish published; nothing moved
ERROR = 1  # the state folder, a file, an option's value
BAD_DATA = 2  # the tables have a fault, or the day lies outside them
FAILED_GATE = 3  # fitted, and not served
HELD = 4  # a headline moved further than may go out without a reason
MOVED = 5  # of `watch`: a headline moved by more than the threshold
