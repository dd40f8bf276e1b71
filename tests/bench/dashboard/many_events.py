"""The dashboard as it would be with 5,000 reports: python -m tests.bench.dashboard.many_events

The start command, with each run that it opens given its events so many times over; the numbers of
the fit stay, since what is timed is the page that lists the events.
"""

import sys
from datetime import date
from math import ceil
from pathlib import Path

from model import forecast
from model.runs import Run
from pages.ui.server.serve import serve
from tests.bench.growth.larger import more_events

ROWS = 5_000  # codings, a row of the page's chart each
open_run = forecast.open_run


def open_large_run(folder: Path, as_of: date) -> Run | None:
    """The day's run with `ROWS` codings or more; None where none is fitted."""
    run = open_run(folder, as_of)
    return run and more_events(run, ceil(ROWS / len(run.evidence.codings)))


if __name__ == "__main__":
    forecast.open_run = open_large_run
    serve(options=sys.argv[1:])
