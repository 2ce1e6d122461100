"""what is taken back as a whole: batches and statements; who was told that a gift went back"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("refund", sa.Column("told_at", MOMENT, nullable=True))
    op.execute(sa.text("UPDATE refund SET told_at = ended_at WHERE state = 'done'"))
    _partial("ix_refund_untold", "refund", ["id"], "state = 'done' AND told_at IS NULL", False)
    op.drop_index("ix_gift_batch_statement", "gift_batch")
    standing = "state <> 'refused' AND state <> 'taken_back'"
    _partial("ix_gift_batch_statement", "gift_batch", ["statement_hash"], standing, True)
    op.create_table(
        "gift_batch_return",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("reason_code", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_by_id", KEY, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name=op.f("ck_gift_batch_return_two_people")),
        _to("gift_batch_return", "batch_id", "gift_batch.id"),
        _to("gift_batch_return", "asked_by_id", "user.id"),
        _to("gift_batch_return", "decided_by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_batch_return")),
    )
    op.create_index(op.f("ix_gift_batch_return_batch_id"), "gift_batch_return", ["batch_id"])
    _partial("ix_gift_batch_return_standing", "gift_batch_return", ["batch_id"], "state <> 'refused'", True)
    op.create_table(
        "statement_return",
        sa.Column("import_id", KEY, autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _to("statement_return", "import_id", "statement_import.id"),
        _to("statement_return", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_statement_return")),
    )


def downgrade() -> None:
    op.drop_table("statement_return")
    op.drop_table("gift_batch_return")
    op.drop_index("ix_gift_batch_statement", "gift_batch")
    _partial("ix_gift_batch_statement", "gift_batch", ["statement_hash"], "state <> 'refused'", True)
    op.drop_index("ix_refund_untold", "refund")
    op.drop_column("refund", "told_at")


def _to(table: str, column: str, where: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [where], name=op.f(f"fk_{table}_{column}"))


def _partial(name: str, table: str, columns: list[str], condition: str, unique: bool) -> None:
    only = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)
