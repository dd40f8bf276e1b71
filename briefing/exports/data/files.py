"""Numbers as CSV, Parquet and JSON, each with its units and where it comes from."""

import json
import re
from datetime import date, datetime
from io import BytesIO

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.parquet

from briefing.exports.data import units
from briefing.material import signature
from briefing.material.material import Material
from briefing.material.provenance import TOOL, Provenance, Tier
from model.scenario.plain_text import neutral

FORMS = ("csv", "parquet", "json")
WORDS_INSIDE = ("gap", "belief")  # charts whose very numbers say what is assumed
MARK = f"# {TOOL} "


def table(shown, material: Material, form: str = "csv", tier: Tier = Tier.full) -> bytes:
    """The numbers of an exhibit or table as a file; `form` is csv, parquet or json.

    Probabilities stay 0..1 and unrounded, days are YYYY-MM-DD. Columns that name sources are left
    out below the full tier, texts below the unsourced one. Raises ValueError for another form, and
    for the charts whose numbers are named by assumptions where only numbers may leave.
    """
    if form not in FORMS:
        raise ValueError(f"a table is written as {', '.join(FORMS)}; not as {form!r}")
    if tier is Tier.numbers and shown.name in WORDS_INSIDE:
        raise ValueError(f"{shown.name} names assumptions, so it has no version of numbers only")
    if tier is not Tier.full and "sources" in shown.choices:
        raise ValueError(f"{shown.name} is of chosen sources, so it has no version without them")
    provenance = material.provenance("table", tier, name=shown.name, choices=dict(shown.choices))
    rows = plain(units.allowed(shown.name, shown.numbers, tier))
    made = {"csv": _csv, "parquet": _parquet, "json": _json}[form](shown.name, rows, provenance)
    return signature.signed(made, form)


def plain(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with days as days and texts as texts, None where missing; index from 0 on."""
    return rows.reset_index(drop=True).apply(_plain_column)


def _plain_column(column: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(column):
        return pd.Series([_day(value) for value in column], dtype=object, name=column.name)
    if pd.api.types.is_numeric_dtype(column):
        return column
    cells = [_day(value) if isinstance(value, date) else _text(value) for value in column]
    return pd.Series(cells, dtype=object, name=column.name)


def _day(value) -> date | None:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, datetime) else value


def _text(value):
    return None if value is None or value is pd.NA or value != value else value  # NaN != NaN


def _csv(name: str, rows: pd.DataFrame, provenance: Provenance) -> bytes:
    """A CSV in UTF-8 with a byte order mark.

    Without it Excel reads UTF-8 as the country's old code page, and makes noise of −, – and every
    Armenian or Azerbaijani name; other programs skip it.
    """
    headed = rows.map(neutral).rename(columns=lambda column: units.heading(name, column))
    return f"{MARK}{as_cell(provenance)}\n{headed.to_csv(index=False)}".encode("utf-8-sig")


def as_cell(provenance: Provenance) -> str:
    """The provenance as one cell that no spreadsheet splits, runs or quotes: JSON without , and ".

    Strings stand in single quotes and semicolons between them; `from_cell` reads it back.
    """
    # Within a string each of these is written by its number, so those that stand are JSON's own.
    text = re.sub(r'"(?:[^"\\]|\\.)*"', _without_marks, provenance.to_json())
    return text.replace(",", ";").replace('"', "'")


def _without_marks(text: re.Match) -> str:
    quotes = re.sub(r"\\(.)", lambda pair: r"\u0022" if pair[1] == '"' else pair[0], text[0])
    return quotes.translate({ord(mark): f"\\u{ord(mark):04x}" for mark in ",;'"})


def from_cell(text: str) -> str:
    """The JSON that `as_cell` wrote, or the text itself where another version wrote plain JSON."""
    return text.replace(";", ",").replace("'", '"') if text.startswith("{'") else text


def _json(name: str, rows: pd.DataFrame, provenance: Provenance) -> bytes:
    content = {
        "provenance": json.loads(provenance.to_json()),
        "units": {column: units.unit(name, column).words for column in rows.columns},
        "rows": [
            {column: _json_value(value) for column, value in row.items()}
            for row in rows.to_dict("records")
        ],
    }
    return (json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _json_value(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _parquet(name: str, rows: pd.DataFrame, provenance: Provenance) -> bytes:
    arrow = pyarrow.Table.from_pandas(rows, preserve_index=False)
    fields = [_field(field, units.unit(name, field.name)) for field in arrow.schema]
    blank = {signature.MARK: signature.BLANK}  # its place, which `signed` fills
    schema = pyarrow.schema(fields, {TOOL: provenance.to_json()} | blank)
    stream = BytesIO()
    pyarrow.parquet.write_table(arrow.cast(schema), stream)
    return stream.getvalue()


def _field(field: pyarrow.Field, unit: units.Unit) -> pyarrow.Field:
    """With its unit; a column of days that are all missing is still one of days."""
    if pyarrow.types.is_null(field.type):
        field = field.with_type(pyarrow.date32() if unit is units.DATE else pyarrow.string())
    return field.with_metadata({"unit": unit.words})
