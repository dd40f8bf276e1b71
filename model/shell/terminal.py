"""What a command owes its surroundings: a terminal that shows all, a parent that it ends with."""

import os
import sys
import threading
import time
from io import TextIOWrapper


def print_anywhere() -> None:
    """Let a character that standard output or error lacks be shown by its number.

    Else a minus sign or an Armenian name would end a command where the code page is an old one.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def end_with_parent() -> None:
    """End this process when the one that ARAXES_ENDS_WITH names, its parent, has ended.

    A dashboard starts its fits so: whoever stops the server stops them too, even by a kill.
    """
    parent = os.environ.get("ARAXES_ENDS_WITH")
    if parent and parent == str(os.getppid()):
        threading.Thread(target=_end_without, args=(int(parent),), daemon=True).start()


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)
