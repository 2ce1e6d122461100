"""settlements of gateways and the days they pay for; sums of the book by day and pair of accounts"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STANDS = "state IN ('entered','confirmed')"
TEHRAN_DAY = {
    "sqlite": "date(occurred_at, '+210 minutes')",  # no summer time since before the first line of any book
    "postgresql": "(occurred_at AT TIME ZONE 'Asia/Tehran')::date",
}


def upgrade() -> None:
    _flows()
    _settlements()
    sum_the_book()
    dialect = op.get_bind().dialect.name
    for statement in statements("settlement_part", dialect):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    for table in ("settlement_part", "settlement", "ledger_flow"):
        op.drop_table(table)


def sum_the_book() -> None:
    """What is placed already."""
    dialect = op.get_bind().dialect.name
    op.execute(
        "INSERT INTO ledger_flow (day, debit_id, credit_id, kind, rials, moves, first_txn, last_txn) "
        f"SELECT {TEHRAN_DAY[dialect]}, debit_id, credit_id, kind, sum(rials), count(*), "
        "min(ledger_txn.id), max(ledger_txn.id) FROM ledger_transfer "
        "JOIN ledger_txn ON ledger_txn.id = ledger_transfer.txn_id "
        "JOIN ledger_place ON ledger_place.txn_id = ledger_txn.id GROUP BY 1, 2, 3, 4"
    )


def _flows() -> None:
    op.create_table(
        "ledger_flow",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("debit_id", KEY, nullable=False),
        sa.Column("credit_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("first_txn", sa.BigInteger(), nullable=False),
        sa.Column("last_txn", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["debit_id"], ["ledger_account.id"], name=op.f("fk_ledger_flow_debit_id")),
        sa.ForeignKeyConstraint(["credit_id"], ["ledger_account.id"], name=op.f("fk_ledger_flow_credit_id")),
        sa.PrimaryKeyConstraint("day", "debit_id", "credit_id", "kind", name=op.f("pk_ledger_flow")),
    )
    op.create_index("ix_ledger_flow_debit", "ledger_flow", ["debit_id", "day"])
    op.create_index("ix_ledger_flow_credit", "ledger_flow", ["credit_id", "day"])


def _settlements() -> None:
    op.create_table(
        "settlement",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("bank_account", sa.String(length=26), nullable=False),
        sa.Column("bank_reference", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("fee_rials", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("entered_by_id", KEY, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("rials > 0", name=op.f("ck_settlement_positive")),
        sa.CheckConstraint("fee_rials >= 0", name=op.f("ck_settlement_fee")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_settlement_days")),
        sa.CheckConstraint(
            "decided_by_id <> entered_by_id OR state = 'refused'", name=op.f("ck_settlement_two_people")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_settlement_entered_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_settlement_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_settlement_public_id")),
    )
    where = sa.text(STANDS)
    columns = ["bank_account", "bank_reference"]
    op.create_index(
        "ix_settlement_reference", "settlement", columns, unique=True, sqlite_where=where, postgresql_where=where
    )
    op.create_index("ix_settlement_terminal", "settlement", ["terminal", "id"])
    op.create_table(
        "settlement_part",
        sa.Column("settlement_id", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_settlement_part_settlement_id")
        ),
        sa.PrimaryKeyConstraint("settlement_id", "day", name=op.f("pk_settlement_part")),
    )
    op.create_index("ix_settlement_part_terminal", "settlement_part", ["terminal", "day"])
