"""The events behind a run, as a reader wants them: one row per event and driver it speaks to."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from model.evidence.evidence import Evidence, countries
from model.evidence.readings import strength


def coded_events(evidence: Evidence) -> pd.DataFrame:
    """One row per event and driver, that is per coding, in the order of the codings.

    Columns: event, date and known_on (datetime64), what_happened, driver, driver_title, strength
    (mean of its coders, -3..3), reason, reliability (A to D), origin, source, country (whose
    media the source is, see `model.evidence.countries`), source_url.
    """
    titles = {driver.id: driver.title for driver in evidence.scenario.drivers}
    events = evidence.events.assign(country=countries(evidence))
    coded = evidence.codings.merge(events, on="event", validate="many_to_one")
    return coded.assign(strength=strength(coded), driver_title=coded["driver"].map(titles))[
        "event date known_on what_happened driver driver_title strength reason reliability origin "
        "source country source_url".split()
    ]


def by_month(events: pd.DataFrame) -> pd.DataFrame:
    """Codings counted: one row per driver, month and direction, in the order in which they come.

    events: rows of `coded_events`. Columns: driver_title, date (the 15th of the month), direction
    (1 where they raised the driver, -1 where they lowered it, else 0), codings (how many), strength
    (their mean, -3..3).
    """
    months = events["date"].dt.to_period("M").dt.start_time + pd.Timedelta(days=14)
    directions = np.sign(events["strength"]).astype(int)
    counted = events.assign(date=months, direction=directions).groupby(
        ["driver_title", "date", "direction"], sort=False
    )
    return counted.agg(codings=("strength", "size"), strength=("strength", "mean")).reset_index()


def chosen(
    events: pd.DataFrame,
    driver: str | None = None,
    sources: Sequence[str] = (),
    media: Sequence[str] = (),
    text: str = "",
) -> pd.DataFrame:
    """The rows of `coded_events` of this driver, sources, countries and with all words of `text`.

    None, an empty list and an empty text choose everything; case does not matter.
    """
    fits = pd.Series(True, index=events.index)
    if driver:
        fits &= events["driver"] == driver
    if sources:
        fits &= events["source"].isin(sources)
    if media:
        fits &= events["country"].isin(media)
    words = (events["what_happened"] + " " + events["reason"] + " " + events["event"]).str.lower()
    for word in text.lower().split():
        fits &= words.str.contains(word, regex=False)  # a reader's "(" is a bracket
    return events[fits]
