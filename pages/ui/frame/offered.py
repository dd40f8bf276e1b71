"""A file as its page has it once all that a visitor typed or chose has arrived.

Streamlit asks for a file as soon as its button is pressed, and makes it from what the page held
when the button was drawn. What was still being typed arrives a moment later, so that the file would
silently be that of before. So a press runs the page again, too, and the file waits for that run.
"""

import time
from collections import Counter
from collections.abc import Callable
from math import inf
from weakref import WeakValueDictionary

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

PATIENCE = 30.0  # seconds that a press waits for its page
APART = 1.0  # seconds by which the run of a press may begin before its file is asked for
LOOK = 0.02  # seconds between two looks
MOST_WAITING = 2  # of a session: each holds one of a few threads that make every visitor's files

_waiting: Counter[str] = Counter()


class Offered:
    """The file of one button: its name and how it is made, by the last run of its page."""

    def __init__(self, session: str) -> None:
        self.name = ""
        self._make: Callable[[], bytes] = bytes
        self._session = session
        self._heard = -inf

    def renew(self, name: str, make: Callable[[], bytes]) -> None:
        """Have the name and the maker of the run that is under way."""
        self.name, self._make = name, make

    def pressed(self) -> None:
        """To be called by the run of the page that a press starts."""
        self._heard = time.monotonic()

    def content(self) -> bytes:
        """The file's bytes, once the run that the press started is over.

        Streamlit calls it in a thread of its own, outside of any session. Raises TimeoutError where
        that run is not over in time, or others of the session wait already.
        """
        noted = self._noted()
        self._wait(time.monotonic())
        for file in noted:
            file["filename"] = self.name
        return self._make()

    def _wait(self, asked: float) -> None:
        if _waiting[self._session] >= MOST_WAITING:
            raise TimeoutError("other files of this page are still waited for")
        _waiting[self._session] += 1
        try:
            # two presses in a moment may start one run, which is that of both
            while self._heard < asked - APART or _is_being_drawn(self._session):
                if time.monotonic() > asked + PATIENCE:
                    raise TimeoutError("the page is still being drawn; press again once it stands")
                time.sleep(LOOK)
        finally:
            _waiting[self._session] -= 1
            if not _waiting[self._session]:
                del _waiting[self._session]

    def _noted(self) -> list:
        """What Streamlit noted of the file, whose name may hold a day or an outcome of before."""
        noted = [*runtime.get_instance().media_file_mgr._deferred_callables.values()]
        return [file for file in noted if file["callable"] == self.content]


_offered: WeakValueDictionary[tuple[str, str], Offered] = WeakValueDictionary()


def offered(key: str, name: str, make: Callable[[], bytes]) -> Offered:
    """What the button of this key offers: `content` is its data, `pressed` goes with a click.

    name: the file's, as this run has it. make: its bytes, without a session.
    """
    context = get_script_run_ctx()
    session = context.session_id if context else ""
    # Streamlit holds what the button was given, and with it this, until the button is gone.
    file = _offered.setdefault((session, key), Offered(session))
    file.renew(name, make)
    return file


def _is_being_drawn(session: str) -> bool:
    page = runtime.get_instance().get_app_session(session)
    return page is not None and page._scriptrunner is not None
