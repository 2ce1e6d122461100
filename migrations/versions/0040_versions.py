"""versions of what organizers write, and links that show a draft"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "campaign_version",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("author_id", KEY, nullable=True),
        sa.Column("edit_id", KEY, nullable=True),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_version_campaign_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_campaign_version_author_id")),
        sa.ForeignKeyConstraint(["edit_id"], ["campaign_edit.id"], name=op.f("fk_campaign_version_edit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_version")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaign_version_public_id")),
    )
    op.create_index("ix_campaign_version_part", "campaign_version", ["campaign_id", "part"])
    for statement in statements("campaign_version", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))
    op.create_table(
        "draft_link",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_draft_link_campaign_id")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_draft_link_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_draft_link_public_id")),
    )
    op.create_index(op.f("ix_draft_link_campaign_id"), "draft_link", ["campaign_id"])


def downgrade() -> None:
    op.drop_table("draft_link")
    op.drop_table("campaign_version")
