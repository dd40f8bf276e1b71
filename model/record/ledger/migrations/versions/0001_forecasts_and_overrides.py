"""The chains of forecasts and of overrides, both append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CHAINS = ("forecasts", "overrides")
START = "0" * 64
REFUSAL = "the ledger is append-only"


def upgrade() -> None:
    """Make the tables, and have the database refuse to change or delete a row."""
    _forecasts()
    _overrides()
    heads = op.create_table(
        "heads",
        sa.Column("chain", sa.String(20), primary_key=True),
        sa.Column("written", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(heads, [{"chain": name, "written": 0, "hash": START} for name in CHAINS])
    guard = _guard_postgresql if op.get_bind().dialect.name == "postgresql" else _guard_sqlite
    guard()


def _chained(name: str, *content) -> None:
    op.create_table(
        name,
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *content,
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def _forecasts() -> None:
    _chained(
        "forecasts",
        sa.Column("run", sa.String(40), nullable=False),
        sa.Column("scenario", sa.String(100), nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("outcome", sa.String(100), nullable=False),
        sa.Column("rule", sa.String(12), nullable=False),
        sa.Column("term", sa.String(20), nullable=False),
        sa.Column("deadline", sa.Date, nullable=False),
        sa.Column("probability", sa.Double, nullable=False),
        sa.Column("low", sa.Double, nullable=False),
        sa.Column("high", sa.Double, nullable=False),
        sa.Column("mcse", sa.Double, nullable=False),
        sa.Column("published", sa.DateTime, nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("assumptions", sa.Text, nullable=False),
    )


def _overrides() -> None:
    _chained(
        "overrides",
        sa.Column("forecast", sa.Integer, nullable=False),
        sa.Column("scenario", sa.String(100), nullable=False),
        sa.Column("outcome", sa.String(100), nullable=False),
        sa.Column("deadline", sa.Date, nullable=False),
        sa.Column("before", sa.Double, nullable=False),
        sa.Column("after", sa.Double, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("expires", sa.Date, nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
    )


def _guard_sqlite() -> None:
    for name in CHAINS:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{change.lower()} BEFORE {change} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for name in CHAINS:
        op.execute(
            f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
