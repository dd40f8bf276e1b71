"""What a file holds that the same file, made again, does not: scripts, annotations, text boxes …"""

from collections import Counter

from briefing.reading.content import Content

MOST = 30  # lines; a file that another program saved anew has hundreds


def elements(file: Content, made: Content) -> list[str]:
    """A line for each element of the file that its run would not have put there, in order."""
    left = Counter(made.elements)
    lines = []
    for element in file.elements:
        if left[element]:
            left[element] -= 1
        else:
            lines.append(f"foreign: {element}")
    more = len(lines) - MOST
    return [*lines[:MOST], *([f"… and {more} more elements"] if more > 0 else [])]
