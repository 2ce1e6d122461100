"""consent to a picture that was withdrawn: what is shown no more"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "picture_withdrawal",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_picture_withdrawal_campaign_id")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_picture_withdrawal_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_withdrawal")),
        sa.UniqueConstraint("key", name=op.f("uq_picture_withdrawal_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_picture_withdrawal_public_id")),
    )
    op.create_index(op.f("ix_picture_withdrawal_campaign_id"), "picture_withdrawal", ["campaign_id"])
    for statement in statements("picture_withdrawal", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    op.drop_table("picture_withdrawal")
