"""The tables of the ledger as SQLAlchemy knows them; the migrations make them."""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Double,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()


def _chained(name: str, *content) -> Table:
    """A table whose rows are a chain; see `chain`."""
    return Table(
        name,
        METADATA,
        Column("number", Integer, primary_key=True, autoincrement=False),
        *content,
        Column("previous", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
    )


def _column(name: str, kind) -> Column:
    return Column(name, kind, nullable=False)


# rule: twelve digits that stand for the outcome's question and rule. term: what the deadline is
# called. low, high: 90 % interval. mcse: Monte Carlo standard error. published: UTC, to the second.
# assumptions: the set as a link, "" where nothing is assumed.
FORECASTS = _chained(
    "forecasts",
    _column("run", String(40)),
    _column("scenario", String(100)),
    _column("as_of", Date),
    _column("outcome", String(100)),
    _column("rule", String(12)),
    _column("term", String(20)),
    _column("deadline", Date),
    _column("probability", Double),
    _column("low", Double),
    _column("high", Double),
    _column("mcse", Double),
    _column("published", DateTime),
    _column("author", String(100)),
    _column("version", String(20)),
    _column("assumptions", Text),
)
ONCE = ("run", "outcome", "term", "assumptions")  # a forecast is published once

# forecast: number of the published row. expires: the last day on which it stands. made: UTC.
OVERRIDES = _chained(
    "overrides",
    _column("forecast", Integer),
    _column("scenario", String(100)),
    _column("outcome", String(100)),
    _column("deadline", Date),
    _column("before", Double),
    _column("after", Double),
    _column("reason", Text),
    _column("author", String(100)),
    _column("made", DateTime),
    _column("expires", Date),
    _column("version", String(20)),
)
# How many rows each chain has, and the last one's hash: else nobody would miss the last row.
HEADS = Table(
    "heads",
    METADATA,
    Column("chain", String(20), primary_key=True),
    Column("written", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
