"""whose receipt goes to their mobile"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "receipt_text",
        sa.Column("gift_id", KEY, autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["gift_id"], ["contribution.id"], name=op.f("fk_receipt_text_gift_id")),
        sa.PrimaryKeyConstraint("gift_id", name=op.f("pk_receipt_text")),
    )
    untold = sa.text("told_at IS NULL")
    op.create_index(
        "ix_receipt_text_untold", "receipt_text", ["gift_id"], sqlite_where=untold, postgresql_where=untold
    )


def downgrade() -> None:
    op.drop_table("receipt_text")
