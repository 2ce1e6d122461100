"""hidden marks"""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_marks", sa.JSON(), nullable=True))

    with op.batch_alter_table("campaign_edit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_marks", sa.JSON(), nullable=True))

    with op.batch_alter_table("campaign_update", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_marks", sa.JSON(), nullable=True))

    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_marks", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_column("hidden_marks")

    with op.batch_alter_table("campaign_update", schema=None) as batch_op:
        batch_op.drop_column("hidden_marks")

    with op.batch_alter_table("campaign_edit", schema=None) as batch_op:
        batch_op.drop_column("hidden_marks")

    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_column("hidden_marks")
