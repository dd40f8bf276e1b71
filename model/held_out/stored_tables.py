"""Results as tables in a small file beside the evidence: made once, read by pages."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from model.runs import whole_file
from model.scenario import Scenario
from model.scoring import stored

DIGITS = 6  # significant: far more than Monte Carlo error allows, and the file stays small


@dataclass(frozen=True, eq=False)
class Result:
    """Tables by name. made: when. version: of the model, as `stored.version` has it. as_of: the
    evidence's day. about: further facts by name, such as how many draws were used."""

    made: date
    version: str
    as_of: date
    about: dict
    tables: dict[str, pd.DataFrame]


def path_of(scenario: Scenario, what: str) -> Path:
    """Where a scenario's result of this kind (`held_out`) is kept, if there is one."""
    return stored.FOLDER / f"{scenario.id}.{what}.json"


def result(scenario: Scenario, as_of: date, about: dict, tables: dict[str, pd.DataFrame]) -> Result:
    """A result of today's model, made today."""
    today = datetime.now(UTC).date()
    return Result(today, stored.version(scenario), as_of, about, tables)


def write(made: Result, path: Path) -> None:
    """Write as JSON, whole or not at all; raises OSError where that cannot be done."""
    head = {
        "made": made.made.isoformat(),
        "version": made.version,
        "as_of": made.as_of.isoformat(),
        "about": made.about,
    }
    # a line a row: the file is read by people too, and its changes are
    parts = [f"  {json.dumps(name)}: {_as_json(table)}" for name, table in made.tables.items()]
    start = json.dumps(head, indent=1).removesuffix("\n}")
    text = f'{start},\n "tables": {{\n' + ",\n".join(parts) + "\n }\n}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    whole_file.write(path, text.encode())


def _as_json(table: pd.DataFrame) -> str:
    columns = json.dumps([*table.columns])
    rows = [json.dumps([_plain(value) for value in row]) for row in table.itertuples(index=False)]
    return f'{{"columns": {columns}, "rows": [\n   ' + ",\n   ".join(rows) + "\n  ]}"


def _plain(value: object) -> object:
    """A cell as JSON has it: nothing for what is not a number, days as text."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return None if value != value else float(f"{value:.{DIGITS}g}")
    return value


def read(path: Path) -> Result:
    """A stored result. Raises FileNotFoundError, or ValueError where it is not of this form."""
    content = json.loads(path.read_text(encoding="utf-8"))
    try:
        tables = {name: _table(**table) for name, table in content["tables"].items()}
        day, as_of = date.fromisoformat(content["made"]), date.fromisoformat(content["as_of"])
        return Result(day, content["version"], as_of, content["about"], tables)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise ValueError(
            f"{path} holds no result of this form ({problem!r}); run `python -m model held-out`"
        ) from None


def _table(columns: list[str], rows: list[list]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns)
