"""The ledger in both databases: one chain, append-only, and every change in it named."""

import os
import subprocess
import sys
from datetime import datetime
from subprocess import PIPE

import pytest
from sqlalchemy import create_engine, text

from model.record.ledger import chain, database, store
from model.record.ledger.where import LedgerError
from model.scenario import ROOT
from tests.model.record.ledger.made_up import forecast, override
from tests.model.record.ledger.postgres import server

APPENDING = [sys.executable, "-m", "tests.model.record.ledger.made_up"]


@pytest.fixture(scope="module")
def postgres():
    with server() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def ledger(request, tmp_path, monkeypatch):
    """An empty ledger; what runs a statement in its database, past the program."""
    if request.param == "sqlite":
        monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "home"))
        yield lambda *statements: _run(f"sqlite:///{tmp_path}/home/ledger.db", statements)
        return
    address = request.getfixturevalue("postgres")
    monkeypatch.setenv("ARAXES_DATABASE_URL", address)
    yield lambda *statements: _run(address.replace("://", "+psycopg://"), statements)
    _run(
        address.replace("://", "+psycopg://"),
        ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"],
    )


def _run(address, statements):
    with create_engine(address).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    return connection.dialect.name


def tampered(ledger, *statements):
    """Run statements as somebody would who first takes the database's own guard away."""
    if os.environ.get("ARAXES_DATABASE_URL"):
        guards = [f"DROP TRIGGER {name}_no_change ON {name}" for name in store.CHAINS]
    else:
        changes = [(name, change) for name in store.CHAINS for change in ("update", "delete")]
        guards = [f"DROP TRIGGER {name}_no_{change}" for name, change in changes]
    ledger(*guards, *statements)


def publish(count):
    return store.publish([forecast(f"run{place:09}") for place in range(count)])


def broken():
    """The number of the first broken row of each chain, None where it is whole."""
    return {one.chain: one.broken and one.broken.number for one in store.walk()}


def test_nothing_written_is_no_ledger(ledger):
    assert (store.rows("forecasts"), store.heads(), store.walk()) == ([], {}, [])
    assert not store.holds(chain.START)


def test_what_is_published_is_read_as_it_was_written(ledger):
    (written,) = store.publish([forecast()])
    assert store.rows("forecasts") == [written]
    assert written["number"] == 1 and written["previous"] == chain.START
    assert {name: written[name] for name in forecast()} == forecast()
    assert store.heads()["forecasts"] == (1, written["hash"])


def test_a_row_of_the_same_content_has_the_same_hash_in_every_database(ledger):
    # by sha256sum of coreutils, of `[1, "000…", {"as_of": "2023-09-21", …}]`, its keys in order
    (written,) = store.publish([forecast()])
    assert written["hash"] == "7f8ee5e21b2ab40ccdc8b59a690e39b6e54426d35f52865a29e8e5bf7fdbabd6"


def test_a_forecast_is_published_once(ledger):
    assert len(publish(2)) == 2
    assert [row["number"] for row in publish(3)] == [3]
    under = forecast("run000000000", assumptions="1abc")  # another set is another forecast
    assert [row["number"] for row in store.publish([under])] == [4]
    assert broken() == {"forecasts": None, "overrides": None}


def test_rows_that_cannot_be_kept_leave_the_ledger_as_it_was(ledger):
    publish(1)
    with pytest.raises(LedgerError):
        store.publish([forecast("second"), forecast("third", probability=None)])
    assert len(store.rows("forecasts")) == 1
    assert [row["number"] for row in store.publish([forecast("second")])] == [2]


def test_an_override_is_a_chain_of_its_own(ledger):
    publish(2)
    written = store.override(override(forecast=2))
    assert (written["number"], written["previous"]) == (1, chain.START)
    assert store.rows("overrides") == [written]
    assert store.holds(written["hash"]) and not store.holds("f" * 64)
    assert broken() == {"forecasts": None, "overrides": None}


@pytest.mark.parametrize("change", ["UPDATE forecasts SET low = 0", "DELETE FROM forecasts"])
def test_the_database_refuses_a_change(ledger, change):
    publish(2)
    with pytest.raises(Exception, match="append-only"):
        ledger(change)
    assert broken()["forecasts"] is None


SWAP = (  # rows 2 and 3 change places, hashes and all
    "UPDATE forecasts SET number = 99 WHERE number = 2",
    "UPDATE forecasts SET number = 2 WHERE number = 3",
    "UPDATE forecasts SET number = 3 WHERE number = 99",
)
TAMPERED = {
    "one digit": (["UPDATE forecasts SET probability = 0.1234567890123457 WHERE number = 2"], 2),
    "one letter": (["UPDATE forecasts SET author = 'Ani Oun' WHERE number = 3"], 3),
    "one day": (["UPDATE forecasts SET deadline = '2024-09-22' WHERE number = 1"], 1),
    "one second": (
        ["UPDATE forecasts SET published = '2026-11-26 21:05:04.000000' WHERE number = 4"],
        4,
    ),
    "a row removed": (["DELETE FROM forecasts WHERE number = 2"], 2),
    "the first row removed": (["DELETE FROM forecasts WHERE number = 1"], 1),
    "the last row removed": (["DELETE FROM forecasts WHERE number = 4"], 4),
    "all rows removed": (["DELETE FROM forecasts"], 1),
    "two rows swapped": (SWAP, 2),
    "two hashes forged": (["UPDATE forecasts SET hash = previous WHERE number > 2"], 3),
}


@pytest.mark.parametrize("statements, named", TAMPERED.values(), ids=TAMPERED)
def test_the_first_row_that_was_changed_removed_or_moved_is_named(ledger, statements, named):
    publish(4)
    tampered(ledger, *statements)
    assert broken() == {"forecasts": named, "overrides": None}


def test_a_changed_reason_of_an_override_is_named(ledger):
    publish(1)
    store.override(override())
    tampered(ledger, "UPDATE overrides SET reason = 'None'")
    assert broken() == {"forecasts": None, "overrides": 1}


def test_rows_appended_after_a_change_do_not_hide_it(ledger):
    publish(3)
    tampered(ledger, "UPDATE forecasts SET low = 0.02 WHERE number = 3")
    store.publish([forecast("later")])
    assert broken()["forecasts"] == 3


def test_a_ledger_rewritten_from_the_start_is_found_by_a_hash_noted_before(ledger):
    noted = publish(2)[-1]["hash"]
    (row,) = store.rows("forecasts")[:1]
    content = chain.content_of(row) | {"low": 0.02}
    hash = chain.digest(1, chain.START, content)
    tampered(
        ledger,
        "DELETE FROM forecasts",
        "UPDATE heads SET written = 0, hash = (SELECT hash FROM heads WHERE chain = 'overrides') "
        "WHERE chain = 'forecasts'",
    )
    (forged,) = store.publish([content])
    assert forged["hash"] == hash and broken()["forecasts"] is None
    assert not store.holds(noted)


def test_processes_that_append_at_once_keep_one_chain(ledger):
    started = [
        subprocess.Popen([*APPENDING, name, "15"], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True)
        for name in "ab"
    ]
    assert [process.stdout.readline() for process in started] == ["ready\n"] * 2
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.wait(60) for process in started] == [0, 0]
    rows = store.rows("forecasts")
    assert [row["number"] for row in rows] == list(range(1, 31))
    assert {row["run"] for row in rows} == {f"{n}{place:04}" for n in "ab" for place in range(15)}
    assert broken()["forecasts"] is None


def test_the_migrations_make_the_tables_that_the_program_knows(ledger):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from model.record.ledger.tables import METADATA

    publish(1)
    with database.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == database.LATEST


def test_a_ledger_of_a_newer_version_is_told_in_a_line(ledger):
    publish(1)
    ledger("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match="a newer version of the program") as told:
        store.rows("forecasts")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "address, told",
    [
        ("nonsense", "it is no address of a database; write it as postgresql://"),
        ("mysql://a@b/c", "mysql is not a database that a ledger can be in"),
        ("postgresql://me:secret@localhost:1/x", "connection"),
    ],
)
def test_an_address_of_no_use_is_told_in_a_line_without_its_password(address, told, monkeypatch):
    monkeypatch.setenv("ARAXES_DATABASE_URL", address)
    with pytest.raises(LedgerError, match=told) as raised:
        store.rows("forecasts")
    assert "\n" not in str(raised.value) and "secret" not in str(raised.value)


def test_a_file_that_is_no_database_is_told_in_a_line(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    (tmp_path / "ledger.db").write_text("not a database, by far " * 50)
    with pytest.raises(LedgerError, match=r"ledger\.db: file is not a database"):
        store.rows("forecasts")


def test_no_column_holds_what_has_no_text_of_its_own():
    with pytest.raises(TypeError, match="no column of a ledger holds complex"):
        chain.digest(1, chain.START, {"a": 1j})
    day, second_after = map(datetime.fromisoformat, ("2026-01-01", "2026-01-01T00:00:01"))
    assert len({chain.digest(1, chain.START, {"a": one}) for one in (day, second_after)}) == 2
