"""Text without the Markdown in it."""

import re


def plain(text: str) -> str:
    """Our own text without Markdown's emphasis."""
    return re.sub(r"\*(.+?)\*", r"\1", text)
