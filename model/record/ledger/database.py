"""The database of the ledger: SQLite in the state folder, or the one ARAXES_DATABASE_URL names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from model.record.ledger.where import VARIABLE, LedgerError, file

LATEST = "0001"  # of the migrations; a test compares
LOCK = 4126  # any number: who appends to a PostgreSQL ledger holds the lock of this number
PATIENCE = 30  # seconds to wait for another writer, or for a server


def url() -> URL:
    """Where the ledger is; raises LedgerError for an address that is none of the two kinds."""
    asked = os.environ.get(VARIABLE)
    if not asked:
        return URL.create("sqlite", database=str(file()))
    try:
        address = make_url(asked)
    except ArgumentError:
        raise _misnamed("it is no address of a database") from None
    if address.get_backend_name() == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite" and address.database:
        return address
    raise _misnamed(f"{address.get_backend_name()} is not a database that a ledger can be in")


def _misnamed(why: str) -> LedgerError:
    form = "write it as postgresql://USER@HOST/NAME or sqlite:////PATH/TO/FILE.db, or leave it out"
    return LedgerError(f"{VARIABLE}: {why}; {form}")


def place() -> str:
    """The address as text, without a password."""
    return url().render_as_string(hide_password=True)


@contextmanager
def reading() -> Iterator[Connection | None]:
    """A connection that sees one state of the ledger; None where nothing was ever written.

    Raises LedgerError where there is a database that cannot be read.
    """
    address = url()
    if _file(address) is not None and not _file(address).exists():
        yield None
        return
    with _errors_in_a_line(address):
        _bring_up_to_date(address)
        with _engine(address, "BEGIN").begin() as connection:
            yield connection if inspect(connection).has_table("heads") else None


@contextmanager
def writing() -> Iterator[Connection]:
    """A connection of the only writer there is until it ends; the tables are there.

    What is written is kept whole, or nothing of it where an error ends it. Raises LedgerError.
    """
    address = url()
    with _errors_in_a_line(address):
        if _file(address) is not None:
            _file(address).parent.mkdir(parents=True, exist_ok=True)
        with _engine(address, "BEGIN IMMEDIATE").begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            _migrate(connection)
            yield connection


def _engine(address: URL, begin: str) -> Engine:
    """begin: how SQLite starts a transaction, since its own way locks only at the first write."""
    if address.get_backend_name() == "postgresql":
        waits = {"connect_timeout": PATIENCE}
        # a reader of several tables sees them as they were at one moment
        level = "REPEATABLE READ" if begin == "BEGIN" else "READ COMMITTED"
        return create_engine(address, poolclass=NullPool, connect_args=waits, isolation_level=level)
    engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def no_transactions_of_its_own(connection, _record) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _file(address: URL) -> Path | None:
    return Path(address.database) if address.get_backend_name() == "sqlite" else None


def _bring_up_to_date(address: URL) -> None:
    """Migrate a ledger that an earlier version wrote, before it is read."""
    with _engine(address, "BEGIN").begin() as connection:
        written = _version(connection)
    if written not in (None, LATEST):
        with writing():
            pass  # it was migrated on opening


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection) -> None:
    """Make the tables, or bring them to the latest form, in the transaction of the connection."""
    if _version(connection) == LATEST:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    try:
        command.upgrade(config, "head")
    except CommandError as problem:
        raise LedgerError(
            f"{place()}: a newer version of the program wrote this ledger ({problem}); use that one"
        ) from None


@contextmanager
def _errors_in_a_line(address: URL) -> Iterator[None]:
    try:
        yield
    except DBAPIError as problem:
        where, (why, *_) = address.render_as_string(hide_password=True), _lines(problem)
        raise LedgerError(f"the ledger at {where}: {why}") from None


def _lines(problem: DBAPIError) -> list[str]:
    return str(problem.orig).strip().splitlines() or [type(problem.orig).__name__]
