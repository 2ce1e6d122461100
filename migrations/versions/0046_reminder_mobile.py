"""the mobile number of a reminder that is sent as a text message"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reminder", sa.Column("mobile", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("reminder", "mobile")
