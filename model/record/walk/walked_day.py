"""One day of the walk-forward: a fit of what was known, and all that it would have said."""

import hashlib
import json
import time
from typing import Any

import pandas as pd

from model.evidence import Evidence
from model.record.walk import forecasters
from model.refit import fitted
from model.runs import Settings, identity
from model.scenario import ROOT

TABLES = {
    "forecasts": forecasters.forecasts,
    "sets": forecasters.under_sets,
    "conditionals": forecasters.conditionals,
}
# what sets and rules pass through, beside the code that a run's id stands for
SAID_BY = ("assumptions", "beliefs", "forecast")
SAID_BY_FILES = (
    "record/walk/forecasters.py",
    "record/walk/walked_day.py",
    "fit/clocks.py",
    "explain/built_in.py",
)
DIGITS = 6  # of a stored number; the Monte Carlo error leaves three


def day_id(evidence: Evidence, settings: Settings) -> str:
    """Twelve hexadecimal digits: whatever a walked day's numbers depend on makes another.

    The run's id, the built-in sets, and the code of who forecasts.
    """
    folders = (path for name in SAID_BY for path in (ROOT / "model" / name).glob("*.py"))
    files = sorted({*folders, *(ROOT / "model" / name for name in SAID_BY_FILES)})
    sets = {name: of.model_dump(mode="json") for name, of in evidence.sets.items()}
    parts = [
        identity.run_id(evidence, settings),
        [identity.code_digest(path) for path in files],
        sets,
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def walked_day(evidence: Evidence, settings: Settings) -> dict[str, Any]:
    """Fit the evidence of a day and tell what its run, the simple rules and the sets say.

    evidence: cut at its day. One core; the result depends on the arguments alone. Returns plain
    values: as_of, run, seconds, cpu_seconds, diagnostics (see `model.fit.diagnostics`; a run that
    fails the gate is told of like the others, with its failures), and by column the tables of
    `forecasters`: forecasts, sets, conditionals.
    """
    began, cpu = time.monotonic(), time.process_time()
    run = fitted(evidence, settings, cores=1)
    tables = {name: _plain(table(run)) for name, table in TABLES.items()}
    return {
        "as_of": run.as_of.isoformat(),
        "run": run.id,
        "seconds": round(time.monotonic() - began, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "diagnostics": run.manifest["diagnostics"],
    } | tables


def _plain(table: pd.DataFrame) -> dict[str, list]:
    """Column -> its values for JSON: days as ISO texts, NaN as None."""
    dated = {name: table[name].astype(str) for name in ("as_of", "deadline") if name in table}
    rounded = table.assign(**dated).round(DIGITS).astype(object)
    return rounded.where(rounded.notna(), None).to_dict("list")
