"""What a terminal or pipe can show of what is printed."""

import sys
from io import TextIOWrapper


def print_anywhere() -> None:
    """Let a character that standard output or error lacks be shown by its number.

    Else a minus sign or an Armenian name would end a command where the code page is an old one.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
