"""pools of sponsors that double gifts, and how far the worker has looked for gifts to double"""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KEYS = {"campaign_id": "campaign.id", "proposed_by_id": "user.id", "decided_by_id": "user.id"}


def upgrade() -> None:
    within = "matched_rials >= 0 AND matched_rials <= cap_rials"
    op.create_table(
        "match_pool",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("sponsor", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", KEY, nullable=True),
        sa.Column("cap_rials", sa.BigInteger(), nullable=False),
        sa.Column("matched_rials", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("proposed_by_id", KEY, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("bank_account", sa.String(length=26), nullable=False),
        sa.Column("bank_reference", sa.String(length=40), nullable=False),
        sa.CheckConstraint(within, name=op.f("ck_match_pool_within_cap")),
        sa.CheckConstraint("decided_by_id <> proposed_by_id", name=op.f("ck_match_pool_two_people")),
        *(sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_match_pool_{name}")) for name, to in KEYS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_pool")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_pool_public_id")),
    )
    op.create_index(op.f("ix_match_pool_campaign_id"), "match_pool", ["campaign_id"])
    op.create_index(op.f("ix_match_pool_state"), "match_pool", ["state"])
    op.create_table(
        "match_cursor",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("upto_seq", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_cursor")),
    )


def downgrade() -> None:
    op.drop_table("match_cursor")
    op.drop_table("match_pool")
