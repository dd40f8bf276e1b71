"""Rows in and out of the ledger, and the walk along its chains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, and_, insert, select, update

from model.record.ledger import chain
from model.record.ledger.chain import Break
from model.record.ledger.database import reading, writing
from model.record.ledger.tables import FORECASTS, HEADS, ONCE, OVERRIDES
from model.record.ledger.where import LedgerError

CHAINS = {"forecasts": FORECASTS, "overrides": OVERRIDES}


@dataclass(frozen=True)
class Walked:
    """A chain that was walked: how many rows were written, the last hash, where it broke."""

    chain: str
    written: int
    head: str
    broken: Break | None


def publish(forecasts: Sequence[Mapping]) -> list[dict]:
    """Append forecasts, column -> value without the chain's own; the rows as they now stand.

    One that was published before (`ONCE`) is left out. Raises LedgerError.
    """
    with writing() as connection:
        new = [row for row in forecasts if not _is_published(connection, row)]
        return _append(connection, FORECASTS, new)


def override(row: Mapping) -> dict:
    """Append an override; the row as it now stands. Raises LedgerError."""
    with writing() as connection:
        return _append(connection, OVERRIDES, [row])[0]


def _is_published(connection: Connection, row: Mapping) -> bool:
    same = and_(*(FORECASTS.c[name] == row[name] for name in ONCE))
    return connection.execute(select(FORECASTS.c.number).where(same)).first() is not None


def _append(connection: Connection, table: Table, rows: Sequence[Mapping]) -> list[dict]:
    of_chain = HEADS.c.chain == table.name
    head = connection.execute(select(HEADS).where(of_chain)).one()
    chained, previous = [], head.hash
    for number, row in enumerate(rows, start=head.written + 1):
        content = {name: row[name] for name in content_columns(table)}
        hash = chain.digest(number, previous, content)
        chained.append(content | {"number": number, "previous": previous, "hash": hash})
        previous = hash
    if chained:
        connection.execute(insert(table), chained)
        now = {"written": head.written + len(chained), "hash": previous}
        connection.execute(update(HEADS).where(of_chain).values(now))
    return chained


def content_columns(table: Table) -> list[str]:
    """The names of a table's columns without the chain's own."""
    return [column.name for column in table.columns if column.name not in chain.CHAINED]


def rows(name: str) -> list[dict]:
    """All rows of a chain (a key of `CHAINS`) by number; none where nothing was ever written.

    Raises LedgerError.
    """
    with reading() as connection:
        return [] if connection is None else _rows(connection, CHAINS[name])


def _rows(connection: Connection, table: Table) -> list[dict]:
    records = connection.execute(select(table).order_by(table.c.number)).mappings()
    return [dict(row) for row in records]


def heads() -> dict[str, tuple[int, str]]:
    """Chain -> how many rows it has and the last one's hash; empty where nothing was written.

    Raises LedgerError.
    """
    with reading() as connection:
        if connection is None:
            return {}
        return {row.chain: (row.written, row.hash) for row in connection.execute(select(HEADS))}


def walk() -> list[Walked]:
    """Every chain of the ledger, walked from its first row; empty where nothing was written.

    Raises LedgerError.
    """
    with reading() as connection:
        if connection is None:
            return []
        return [_walked(connection, name) for name in CHAINS]


def _walked(connection: Connection, name: str) -> Walked:
    head = connection.execute(select(HEADS).where(HEADS.c.chain == name)).first()
    if head is None:
        raise LedgerError(f"the ledger does not say how many {name} there are: it was changed")
    broken = chain.first_break(_rows(connection, CHAINS[name]), head.written, head.hash)
    return Walked(name, head.written, head.hash, broken)


def holds(hash: str) -> bool:
    """Whether a row of the ledger has this hash; who noted it finds a ledger that was rewritten.

    hash: 64 hexadecimal digits. Raises LedgerError.
    """
    with reading() as connection:
        return connection is not None and any(
            connection.execute(select(table.c.number).where(table.c.hash == hash)).first()
            for table in CHAINS.values()
        )
