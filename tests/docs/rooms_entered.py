"""Which rooms a piece of work enters, in order: seen by the interpreter, in every thread.

`python -m tests.docs.rooms_entered verify FILE` runs that command of `python -m model`, prints the
rooms as JSON in its last line, and ends with the command's code.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType

from tests.test_architecture import ROOT, room

TOOL = sys.monitoring.PROFILER_ID
IMPORTING = "<frozen importlib._bootstrap>"
STARTED = sys.monitoring.events.PY_START


@contextmanager
def rooms_entered() -> Iterator[list[str]]:
    """The rooms of `ORDER` whose functions are called meanwhile, in the order of the first call.

    Importing a module enters nothing. Raises ValueError where another profiler is at work.
    """
    rooms: list[str] = []

    def started(code: CodeType, _offset: int):
        place = _room_of(code)
        if place and place not in rooms:
            if _is_importing():
                return None  # to be seen again, once it is called for itself
            rooms.append(place)
        return sys.monitoring.DISABLE  # each function need be seen once, and costs nothing after

    sys.monitoring.use_tool_id(TOOL, "rooms entered")
    sys.monitoring.register_callback(TOOL, STARTED, started)
    sys.monitoring.restart_events()
    sys.monitoring.set_events(TOOL, STARTED)
    try:
        yield rooms
    finally:
        sys.monitoring.set_events(TOOL, 0)
        sys.monitoring.free_tool_id(TOOL)


def _room_of(code: CodeType) -> str | None:
    path = Path(code.co_filename)
    if code.co_name == "<module>" or not path.is_relative_to(ROOT):
        return None
    return room(path.relative_to(ROOT).as_posix())


def _is_importing() -> bool:
    """Whether a module's own lines, such as a decorator's, are what calls."""
    frame = sys._getframe()
    while frame and frame.f_code.co_filename != IMPORTING:
        frame = frame.f_back
    return frame is not None


def main() -> None:
    from model.__main__ import app

    with rooms_entered() as rooms:
        code = app(sys.argv[1:], prog_name="python -m model", standalone_mode=False)
    print(json.dumps(rooms))
    raise SystemExit(code)


if __name__ == "__main__":
    main()
