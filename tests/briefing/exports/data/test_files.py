"""Tables as CSV, Parquet and JSON: the screen's numbers, their units, nothing a sheet would run."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pandas as pd
import pyarrow.parquet
import pytest

from briefing.exhibits import tables
from briefing.exhibits.catalogue import CATALOGUE
from briefing.exhibits.tables import Table
from briefing.exports.data import files, units
from briefing.exports.data.files import table
from briefing.material import signature
from briefing.material.provenance import Tier, from_json
from model.scenario.plain_text import neutral
from tests.slow_cases import slow_but

NAMES = [*CATALOGUE, *(name for name in tables.TABLES if name != "moved")]
# seconds each, and other tests read their tables as well
DEAR = ("pull", "sensitivity", "driver_coverage", "flip_points")
SHOWN = slow_but(NAMES, [name for name in NAMES if name not in DEAR])


@pytest.fixture(scope="session")
def shown(material, exhibits):
    def shown(name):
        choices = {"flip_points": {"outcome": "corridor_open", "past": "2"}}.get(name)
        if name in CATALOGUE:
            return exhibits[name]
        return tables.make(name, exhibits.made_of(name), choices)

    return shown


@pytest.mark.parametrize("name", SHOWN)
def test_every_column_has_a_unit(shown, name):
    columns = shown(name).numbers.columns
    assert all(units.unit(name, column).words for column in columns)


@pytest.mark.parametrize("name", SHOWN)
def test_every_form_holds_the_same_numbers_as_the_screen(shown, material, name):
    exhibit = shown(name)
    wanted = files.plain(exhibit.numbers)
    in_csv = pd.read_csv(BytesIO(table(exhibit, material)), skiprows=1)
    in_json = json.loads(table(exhibit, material, "json"))["rows"]
    in_parquet = pyarrow.parquet.read_table(
        BytesIO(table(exhibit, material, "parquet"))
    ).to_pandas()
    assert list(in_csv) == [units.heading(name, column) for column in wanted]
    assert len(in_csv) == len(in_json) == len(in_parquet) == len(wanted) > 0
    for column in wanted.select_dtypes("number"):
        numbers = wanted[column].astype(float)
        for read in (
            in_csv[units.heading(name, column)],
            pd.Series([row[column] for row in in_json], dtype=float),
            in_parquet[column],
        ):
            pd.testing.assert_series_equal(
                read.astype(float), numbers, check_exact=True, check_names=False
            )


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-1", "-1"),  # a number is no formula
        ("a = b", "a = b"),
        (-0.5, -0.5),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_neutralised(cell, written):
    assert neutral(cell) == written


def test_a_formula_in_a_table_is_neutral_in_the_csv(material):
    rows = pd.DataFrame({"title": ['=HYPERLINK("x")'], "probability": [-0.25]})
    text = table(Table("outcomes", "", rows), material).decode("utf-8-sig")
    cells = list(csv.reader(StringIO(text)))[-1]
    assert cells == ['\'=HYPERLINK("x")', "-0.25"]


def test_the_csv_opens_in_excel_as_utf8_and_says_where_it_is_from(shown, material):
    content = table(shown("outcomes"), material)
    assert content.startswith(b"\xef\xbb\xbf# Araxes {")
    first = content.decode("utf-8-sig").splitlines()[0].removeprefix("# Araxes ")
    provenance = from_json(files.from_cell(signature.without_mark(first)))
    assert (provenance.kind, provenance.name, provenance.run) == (
        "table",
        "outcomes",
        material.run.id,
    )


def test_parquet_and_json_carry_units_and_provenance(shown, material):
    schema = pyarrow.parquet.read_schema(BytesIO(table(shown("outcomes"), material, "parquet")))
    assert schema.field("probability").metadata[b"unit"] == b"probability, 0 to 1"
    assert str(schema.field("settled_on").type) == "date32[day]"  # though none is settled
    assert from_json(schema.metadata[b"Araxes"].decode()).run == material.run.id
    content = json.loads(table(shown("outcomes"), material, "json"))
    assert content["units"]["deadline"] == "date, YYYY-MM-DD"
    assert from_json(json.dumps(content["provenance"])).run == material.run.id
    assert date.fromisoformat(content["rows"][0]["deadline"]) == material.deadline


@pytest.mark.parametrize("form", files.FORMS)
@pytest.mark.parametrize("name", ["events", "priors", "cases"])
def test_below_the_full_tier_no_source_is_named(shown, material, name, form):
    exhibit = shown(name)
    tiers = Tier.full, Tier.unsourced
    full, kept_back = (_text(table(exhibit, material, form, tier), form) for tier in tiers)
    for address in {*exhibit.numbers["source_url"].dropna()} - {""}:
        assert address in full and address not in kept_back


@pytest.mark.parametrize("form", files.FORMS)
def test_numbers_only_holds_no_word_of_what_is_reported_or_assumed(shown, material, form):
    text = _text(table(shown("events"), material, form, Tier.numbers), form)
    assert not any(said in text for said in shown("events").numbers["what_happened"])
    assert material.provenance("table").assumptions not in text
    assert material.provenance("table").assumptions_hash in text


@pytest.mark.parametrize("name", ["gap", "belief"])
def test_charts_named_by_assumptions_have_no_version_of_numbers_only(exhibits, name):
    with pytest.raises(ValueError, match="no version of numbers only"):
        table(exhibits[name], exhibits.made_of(name), "csv", Tier.numbers)


def _text(content, form):
    if form != "parquet":
        return content.decode()
    read = pyarrow.parquet.read_table(BytesIO(content))
    return read.to_pandas().to_csv() + str(read.schema.metadata)


def test_an_unknown_name_or_choice_is_one_plain_line(material):
    with pytest.raises(ValueError, match="no table is called 'outcome'.*outcomes"):
        tables.make("outcome", material)
    with pytest.raises(ValueError, match="one can choose driver; not colour"):
        tables.make("events", material, {"colour": "red"})
    with pytest.raises(ValueError, match="a table is written as csv"):
        table(tables.make("outcomes", material), material, "xlsx")
