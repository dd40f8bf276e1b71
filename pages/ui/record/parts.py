"""The parts of the Track record page; only the one that is open is drawn."""

from pages.ui.record import history, overrides, published, walk_forward

# title -> what draws the part, from `briefing.material.material.Material`
PARTS = {
    "Published": published.section,
    "Overrides": overrides.section,
    "History": history.section,
    "Past days": walk_forward.section,
}
