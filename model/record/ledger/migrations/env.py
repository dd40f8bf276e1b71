"""What Alembic runs: the migrations, on the connection of whoever asked, in its transaction."""

from alembic import context

from model.record.ledger.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
