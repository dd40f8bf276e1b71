"""Room for one more fit that a visitor asked for: the oldest runs that nobody relies on go."""

from contextlib import suppress

from model.changes import room
from pages.ui.memory import forecasts


def make() -> None:
    """Remove what is beyond the limit; where that cannot be, the fit itself says what is wrong."""
    if room.taken() <= room.MOST:
        return
    from model.record.ledger import store as ledger

    days = forecasts.scenario().default_as_of, forecasts.as_of_range()[1]
    with suppress(OSError, ValueError):  # a ledger that cannot be read: whatever it names stays
        room.make({row["run"] for row in ledger.rows("forecasts")}, days)
