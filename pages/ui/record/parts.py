"""The parts of the Track record page; only the one that is open is drawn."""

from pages.ui.record import (
    driver_futures,
    held_out_classes,
    history,
    overrides,
    published,
    self_checks,
    walk_forward,
)

# title -> what draws the part, from `briefing.material.material.Material`
PARTS = {
    "Past days": walk_forward.section,
    "Published": published.section,
    "Overrides": overrides.section,
    "History": history.section,
    "Reference classes": held_out_classes.section,
    "Drivers' futures": driver_futures.section,
    "Self-checks": self_checks.section,
}
