"""The evidence of a run on disk: one Parquet file per table, the scenario's own sets as JSON."""

import json
from datetime import date
from pathlib import Path

import pandas as pd

from model.assumptions import files
from model.evidence import Evidence
from model.evidence.evidence import TABLES
from model.scenario import Scenario

PLACE = "evidence"
SETS = f"{PLACE}/sets.json"
FILES = (*(f"{PLACE}/{name}.parquet" for name in TABLES), SETS)


def write(evidence: Evidence, folder: Path) -> None:
    """Write the tables and the sets below a run's folder; the scenario has a file of its own.

    Raises FileExistsError where the folder holds evidence already.
    """
    (folder / PLACE).mkdir()
    for name in TABLES:
        content = getattr(evidence, name).to_parquet(index=False)
        (folder / PLACE / f"{name}.parquet").write_bytes(content)
    # through the form that users share, which is checked when it is read, unlike a dump of a type
    sets = {name: json.loads(files.to_json(content)) for name, content in evidence.sets.items()}
    (folder / SETS).write_text(json.dumps(sets, ensure_ascii=False), encoding="utf-8")


def read(folder: Path, as_of: date, scenario: Scenario) -> Evidence:
    """The evidence as `write` was given it: the same values of the same types.

    Raises FileNotFoundError where one of FILES is missing.
    """
    tables = {name: pd.read_parquet(folder / PLACE / f"{name}.parquet") for name in TABLES}
    stored = json.loads((folder / SETS).read_text(encoding="utf-8"))
    sets = {name: files.from_json(json.dumps(content)) for name, content in stored.items()}
    return Evidence(as_of=as_of, scenario=scenario, sets=sets, set_files=(), **tables)
