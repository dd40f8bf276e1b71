"""Signposts: what to watch for within 30, 60 and 90 days, found when a reader opens it."""

from briefing.material.material import Material
from briefing.words.inspect import moves
from pages.ui.frame import panels
from pages.ui.memory import explanations

TITLE = "What to watch for in the next 30, 60 and 90 days"
CAPTION = (
    "What should move a headline most once it is known, and by how many percentage points. Low and "
    "high are the lowest and the highest fifth of a driver's futures on the day."
)


def section(material: Material) -> None:
    """The table, folded; empty where every headline has come about or the deadline is near."""
    folded = panels.table(TITLE, lambda: _in_words(material), key="signposts")
    if folded.open:
        folded.caption(CAPTION)


def _in_words(material: Material):
    found = explanations.signposts(material.run, material.deadline)
    return moves.signposts_in_words(found, material.scenario)
