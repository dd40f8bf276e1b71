"""A run's id: a hash of everything it is made from.

The evidence as cut at its as-of date, the scenario, the code of the fit, the settings and the seed.
Same inputs, same id, same numbers.
"""

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version

import pandas as pd

from model.evidence import Evidence
from model.runs.settings import Settings
from model.scenario import ROOT

# Every file of ours that a number of a run passes through. A test holds this list against what
# `model.refit` imports, so a new file is either here or there with the reason why not.
FIT_CODE = (
    "engine/arguments.py",
    "engine/chain.py",
    "engine/conditions.py",
    "engine/engine.py",
    "engine/groups.py",
    "engine/kernels.py",
    "engine/rows.py",
    "evidence/collected.py",
    "evidence/evidence.py",
    "evidence/readings.py",
    "fit/clocks.py",
    "fit/diagnostics.py",
    "fit/drivers.py",
    "fit/flow.py",
    "fit/futures.py",
    "fit/influences.py",
    "fit/likelihood.py",
    "fit/observations.py",
    "fit/packing.py",
    "fit/posterior.py",
    "fit/priors.py",
    "fit/step.py",
    "fit/structure.py",
    "forecast/answer.py",
    "forecast/hazard.py",
    "forecast/levels.py",
    "forecast/monte_carlo.py",
    "forecast/solve.py",
    "forecast/summary.py",
    "forecast/switched.py",
    "refit.py",
    "runs/arrays.py",
    "runs/observed.py",
    "scenario/dates.py",
    "scenario/fields.py",
    "scenario/influence_order.py",
    "scenario/months.py",
    "scenario/scenario.py",
    "scenario/switch.py",
)
FIT_LIBRARIES = ("numpy", "nutpie", "pymc", "pytensor", "numba")
FIT_TABLES = (
    "events",
    "codings",
    "cases",
    "case_codings",
    "rates",
    "deaths",
    "clashes",
    "resolutions",
    "collected",
)
WORDS = (  # columns for readers, which no number depends on
    "actors kind what_happened reason note title comparable quality place rule source source_url"
).split()


def run_id(evidence: Evidence, settings: Settings) -> str:
    """Twelve hexadecimal digits that stand for everything a run is made from.

    Raises PackageNotFoundError where one of `FIT_LIBRARIES` is not installed.
    """
    parts = {
        "as_of": evidence.as_of.isoformat(),
        "scenario": evidence.scenario.model_dump(mode="json"),
        "settings": asdict(settings),
        "code": {name: digest((ROOT / "model" / name).read_bytes()) for name in FIT_CODE},
        "libraries": {name: version(name) for name in FIT_LIBRARIES},
        "tables": {name: _table_digest(getattr(evidence, name)) for name in FIT_TABLES},
    }
    return digest(json.dumps(parts, sort_keys=True).encode())[:12]


def _table_digest(table: pd.DataFrame) -> str:
    # as CSV with plain days: the same text whatever types a version of pandas holds in memory
    numbers = table.drop(columns=WORDS, errors="ignore")
    return digest(numbers.to_csv(index=False, date_format="%Y-%m-%d").encode())


def digest(content: bytes) -> str:
    """SHA-256 of some bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
