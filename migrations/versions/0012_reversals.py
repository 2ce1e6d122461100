"""payments that are taken back, unknown money that is returned, and pools that are closed"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CORRECTING_BEFORE = "kind IN ('correction', 'reversal', 'refund', 'whole_refund', 'gift_back')"
CORRECTING = "kind IN ('correction', 'reversal', 'gift_reversed', 'refund', 'whole_refund', 'gift_back', 'unmatch')"
CLOSING_KEYS = {
    "pool_id": "match_pool.id",
    "campaign_id": "campaign.id",
    "proposed_by_id": "user.id",
    "decided_by_id": "user.id",
    "paid_by_id": "user.id",
}


def upgrade() -> None:
    _index_corrections(CORRECTING)
    _refunds_without_attempt()
    op.add_column("refund", sa.Column("reverse_until", MOMENT, nullable=True))
    key = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    refers = "CONSTRAINT fk_refund_item_id REFERENCES review_item (id)"
    op.execute(f"ALTER TABLE refund ADD COLUMN item_id {key} {refers}")
    op.add_column("match_pool", sa.Column("out_rials", sa.BigInteger(), server_default="0", nullable=False))
    op.create_table(
        "pool_closing",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("pool_id", KEY, nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("campaign_id", KEY, nullable=True),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by_id", KEY, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("paid_by_id", KEY, nullable=True),
        sa.Column("paid_at", MOMENT, nullable=True),
        sa.Column("bank_account", sa.String(length=26), nullable=False),
        sa.Column("bank_reference", sa.String(length=40), nullable=False),
        sa.CheckConstraint("decided_by_id <> proposed_by_id", name=op.f("ck_pool_closing_two_people")),
        *(
            sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_pool_closing_{name}"))
            for name, to in CLOSING_KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_closing")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pool_closing_public_id")),
    )
    stands = sa.text("state = 'proposed'")
    op.create_index(
        "ix_pool_closing_proposed",
        "pool_closing",
        ["pool_id"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )


def downgrade() -> None:
    """`refund.attempt_id` stays as it is: refunds of unknown money have none, and nothing of the past is deleted."""
    op.drop_table("pool_closing")
    for table, column in (("match_pool", "out_rials"), ("refund", "item_id"), ("refund", "reverse_until")):
        op.drop_column(table, column)
    _index_corrections(CORRECTING_BEFORE)


def _refunds_without_attempt() -> None:
    """SQLite cannot take NOT NULL from a column: the table is written anew, and with it the one that refers to it."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("refund", "attempt_id", existing_type=KEY, nullable=True)
        return
    refund, step = _made("refund"), _made("refund_step")
    for name in ("refund", "refund_step"):
        op.execute(f"ALTER TABLE {name} RENAME TO {name}_before")
    for name, made in (("refund", refund), ("refund_step", step)):
        for kind, own, sql in made:
            if kind != "table" and sql:
                op.execute(f"DROP {kind} {own}")
        (table,) = [sql for kind, _own, sql in made if kind == "table"]
        op.execute(table.replace("attempt_id INTEGER NOT NULL", "attempt_id INTEGER"))
        op.execute(f"INSERT INTO {name} SELECT * FROM {name}_before")
    for name in ("refund_step", "refund"):
        op.execute(f"DROP TABLE {name}_before")
    for kind, _own, sql in (*refund, *step):
        if kind != "table" and sql:
            op.execute(sa.text(sql.replace(":", "\\:")))


def _made(table: str) -> list[tuple[str, str, str]]:
    """(kind, name, DDL) of a table and of all that belongs to it."""
    query = sa.text("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = :table")
    return [tuple(row) for row in op.get_bind().execute(query, {"table": table})]


def _index_corrections(condition: str) -> None:
    op.drop_index("ix_ledger_txn_correcting", "ledger_txn")
    where = sa.text(condition)
    op.create_index("ix_ledger_txn_correcting", "ledger_txn", ["id"], sqlite_where=where, postgresql_where=where)
