"""requests of people to be forgotten"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "erasure_request",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("gift_id", KEY, nullable=True),
        sa.Column("pledge_id", KEY, nullable=True),
        sa.Column("user_id", KEY, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in ("gift_id", "pledge_id", "user_id"))
            + " = 1",
            name=op.f("ck_erasure_request_one_person"),
        ),
        sa.ForeignKeyConstraint(["gift_id"], ["contribution.id"], name=op.f("fk_erasure_request_gift_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["goods_pledge.id"], name=op.f("fk_erasure_request_pledge_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_erasure_request_user_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_erasure_request_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_erasure_request_public_id")),
        sa.UniqueConstraint("gift_id", name=op.f("uq_erasure_request_gift_id")),
        sa.UniqueConstraint("pledge_id", name=op.f("uq_erasure_request_pledge_id")),
        sa.UniqueConstraint("user_id", name=op.f("uq_erasure_request_user_id")),
    )
    op.create_index(op.f("ix_erasure_request_state"), "erasure_request", ["state"])


def downgrade() -> None:
    op.drop_table("erasure_request")
