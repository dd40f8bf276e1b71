"""A run's id: a hash of everything it is made from.

The evidence and the scenario as known on its as-of date, the code of the fit, the settings and the
seed. Same inputs, same id, same numbers. What readers alone are for, a sentence of the scenario or
a comment in the code, is in no id.
"""

import hashlib
import io
import json
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

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
    "engine/following.py",
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
    "fit/longer.py",
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
    "runs/gate.py",
    "runs/observed.py",
    "scenario/dates.py",
    "scenario/fields.py",
    "scenario/influence_order.py",
    "scenario/known.py",
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
SENTENCES = frozenset(  # of a scenario, and its own day, which stands in the id by itself
    "title about verb question rule lead note why says levels basis claims source source_url "
    "reason left_out default_as_of".split()
)
NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
}


def run_id(evidence: Evidence, settings: Settings) -> str:
    """Twelve hexadecimal digits that stand for everything a run is made from.

    Raises PackageNotFoundError where one of `FIT_LIBRARIES` is not installed.
    """
    parts = {"made_from": made_from(evidence), "settings": asdict(settings)}
    return digest(json.dumps(parts, sort_keys=True).encode())[:12]


def made_from(evidence: Evidence) -> str:
    """As many digits for all of it but the settings: runs that share them answer one question.

    evidence: cut at its day. Raises what `run_id` raises.
    """
    parts = {
        "as_of": evidence.as_of.isoformat(),
        "scenario": fitted_numbers(evidence.scenario.model_dump(mode="json")),
        "code": code_version(),
        "libraries": libraries(),
        "tables": {name: _table_digest(getattr(evidence, name)) for name in FIT_TABLES},
    }
    return digest(json.dumps(parts, sort_keys=True).encode())[:12]


def fitted_numbers(node: object) -> object:
    """What a scenario dumped as JSON says without its sentences, which no number depends on."""
    if isinstance(node, Mapping):
        return {name: fitted_numbers(v) for name, v in node.items() if name not in SENTENCES}
    return [fitted_numbers(value) for value in node] if isinstance(node, list | tuple) else node


@cache
def code_version() -> str:
    """Twelve digits for the code of the fit as it runs; comments and docstrings are not in it."""
    code = {name: code_digest(ROOT / "model" / name) for name in FIT_CODE}
    return digest(json.dumps(code, sort_keys=True).encode())[:12]


def libraries() -> dict[str, str]:
    """Name -> version of each library that a number of a run depends on."""
    return {name: version(name) for name in FIT_LIBRARIES}


def code_digest(file: Path) -> str:
    """SHA-256 of a Python file's tokens but comments, docstrings and line breaks in brackets."""
    return digest("\n".join(_statements(file.read_text(encoding="utf-8"))).encode())


def _statements(source: str) -> Iterator[str]:
    """A line a statement: its depth and its tokens; one that is a text alone is a docstring."""
    depth, words = 0, []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        if token.type not in NO_CODE:
            words.append(token)
        elif token.type == tokenize.NEWLINE:
            if [word.type for word in words] != [tokenize.STRING]:
                yield " ".join([str(depth), *(word.string for word in words)])
            words = []


def _table_digest(table: pd.DataFrame) -> str:
    # as CSV with plain days: the same text whatever types a version of pandas holds in memory
    numbers = table.drop(columns=WORDS, errors="ignore")
    return digest(numbers.to_csv(index=False, date_format="%Y-%m-%d").encode())


def digest(content: bytes) -> str:
    """SHA-256 of some bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
