"""The events behind a run, as a reader wants them: one row an event, and one a coding."""

import pandas as pd

from model.evidence.evidence import Evidence, countries


def coded_events(evidence: Evidence) -> pd.DataFrame:
    """One row an event and driver: event, date, known_on, what_happened, driver, driver_title,
    strength (mean of the two coders, -3..3), reason, reliability, origin, source, country (whose
    media the source is, see `model.evidence.countries`), source_url."""
    titles = {driver.id: driver.title for driver in evidence.scenario.drivers}
    events = evidence.events.assign(country=countries(evidence))
    both = evidence.codings.merge(events, on="event", validate="many_to_one")
    strength = (both["first_coder"] + both["second_coder"]) / 2
    return both.assign(strength=strength, driver_title=both["driver"].map(titles))[
        "event date known_on what_happened driver driver_title strength reason reliability origin "
        "source country source_url".split()
    ]


def chosen(
    events: pd.DataFrame,
    driver: str | None = None,
    sources: list[str] = (),
    media: list[str] = (),
    text: str = "",
) -> pd.DataFrame:
    """The rows of `coded_events` of this driver, sources, countries and with all words of `text`.

    None, an empty list and an empty text choose everything; case does not matter.
    """
    kept = pd.Series(True, index=events.index)
    if driver:
        kept &= events["driver"] == driver
    if sources:
        kept &= events["source"].isin(sources)
    if media:
        kept &= events["country"].isin(media)
    said = (events["what_happened"] + " " + events["reason"] + " " + events["event"]).str.lower()
    for word in text.lower().split():
        kept &= said.str.contains(word, regex=False)
    return events[kept]
