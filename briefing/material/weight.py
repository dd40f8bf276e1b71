"""The events that weigh most on where the drivers stand now."""

from datetime import date

import numpy as np
import pandas as pd

from briefing.material.material import Material
from briefing.words import evidence

MOST_EVENTS = 6


def weightiest_events(material: Material, after: date = date.min) -> pd.DataFrame:
    """The `MOST_EVENTS` events that weigh most on the drivers' levels now, newest first.

    after: of those alone that became known after this day. Columns of the coded events, and
    speaks_to: the coding in words. The weight of a coding: its strength over the driver's scale,
    halved with each half-life of its age.
    """
    events = material.events
    events = events[events["known_on"].dt.date > after]
    drivers = {driver.id: driver for driver in material.scenario.drivers}
    age = (pd.Timestamp(material.as_of) - events["date"]).dt.days
    # as numbers also where no event is left: what is mapped of nothing would stay a text
    half_life, scale = (
        events["driver"].map({id: getattr(of, name) for id, of in drivers.items()}).astype(float)
        for name in ("half_life_days", "scale")
    )
    weight = events["strength"].abs() / scale * np.exp2(-age / half_life)
    order = weight.sort_values(ascending=False, kind="stable").index
    # An event coded to several drivers stands once, with its heaviest coding.
    heaviest = events.loc[order].drop_duplicates("event").head(MOST_EVENTS)
    codings = [
        f"{row.driver_title} {evidence.strength(row.strength)}" for row in heaviest.itertuples()
    ]
    return heaviest.assign(speaks_to=codings).sort_values("date", ascending=False, kind="stable")
