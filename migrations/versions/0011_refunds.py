"""refunds, their history, and gifts that went back to their donors"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CORRECTING_BEFORE = "kind IN ('correction', 'reversal')"
CORRECTING = "kind IN ('correction', 'reversal', 'refund', 'whole_refund', 'gift_back')"


def upgrade() -> None:
    _index_corrections(CORRECTING)
    op.add_column("contribution", sa.Column("refunded_at", MOMENT, nullable=True))
    op.create_table(
        "refund",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("attempt_id", KEY, nullable=False),
        sa.Column("gateway", sa.String(length=20), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", KEY, nullable=True),
        sa.Column("reason_code", sa.String(length=20), nullable=False),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("requested_by_id", KEY, nullable=False),
        sa.Column("approved_by_id", KEY, nullable=True),
        sa.Column("provider_ref", sa.String(length=80), nullable=True),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("rials > 0", name=op.f("ck_refund_positive")),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> requested_by_id", name=op.f("ck_refund_two_people")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_refund_approved_by_id")),
        sa.ForeignKeyConstraint(["attempt_id"], ["payment_attempt.id"], name=op.f("fk_refund_attempt_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_refund_campaign_id")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["user.id"], name=op.f("fk_refund_requested_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("gateway", "provider_ref", name=op.f("uq_refund_gateway_provider_ref")),
        sa.UniqueConstraint("public_id", name=op.f("uq_refund_public_id")),
    )
    for column in ("attempt_id", "campaign_id", "state"):
        op.create_index(op.f(f"ix_refund_{column}"), "refund", [column])
    op.create_table(
        "refund_step",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("refund_id", KEY, nullable=False),
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("after", sa.String(length=12), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_refund_step_actor_id")),
        sa.ForeignKeyConstraint(["refund_id"], ["refund.id"], name=op.f("fk_refund_step_refund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_step")),
    )
    op.create_index(op.f("ix_refund_step_refund_id"), "refund_step", ["refund_id"])
    for statement in statements("refund_step", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    _index_corrections(CORRECTING_BEFORE)
    op.drop_table("refund_step")
    op.drop_table("refund")
    op.drop_column("contribution", "refunded_at")


def _index_corrections(condition: str) -> None:
    op.drop_index("ix_ledger_txn_correcting", "ledger_txn")
    where = sa.text(condition)
    op.create_index("ix_ledger_txn_correcting", "ledger_txn", ["id"], sqlite_where=where, postgresql_where=where)
