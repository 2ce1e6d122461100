"""what two people decide about money that does not fit is kept"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("review_item", sa.Column("state", sa.String(12), server_default="open", nullable=False))
    op.create_table(
        "review_step",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("campaign_id", KEY, nullable=True),
        sa.Column("intent", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_review_step_actor_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_review_step_campaign_id")),
        sa.ForeignKeyConstraint(["item_id"], ["review_item.id"], name=op.f("fk_review_step_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_review_step_public_id")),
    )
    op.create_index(op.f("ix_review_step_item_id"), "review_step", ["item_id"])
    for statement in statements("review_step", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    op.drop_table("review_step")
    op.drop_column("review_item", "state")
