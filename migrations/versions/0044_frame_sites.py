"""sites that may show the frames of a campaign"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "frame_site",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_frame_site_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "host", name=op.f("pk_frame_site")),
    )


def downgrade() -> None:
    op.drop_table("frame_site")
