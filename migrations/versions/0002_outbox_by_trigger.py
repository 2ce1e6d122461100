"""A trigger fills the outbox of the book."""

from alembic import op

from campaigns.domain.ledger.outbox import statements

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    for statement in statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade():
    on = " ON ledger_txn" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER ledger_txn_waits{on}")
