"""a campaign's own colour"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("accent", sa.String(length=7), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("campaign", "accent")
