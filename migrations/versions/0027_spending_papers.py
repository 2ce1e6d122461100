"""the papers of spendings: originals for who handles money, one redacted copy for everybody"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "spending_paper",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("spending_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("stored", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("added_by_id", KEY, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("NOT is_public OR kind = 'image'", name=op.f("ck_spending_paper_painted")),
        sa.ForeignKeyConstraint(["spending_id"], ["spending.id"], name=op.f("fk_spending_paper_spending_id")),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_spending_paper_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_paper")),
        sa.UniqueConstraint("public_id", name=op.f("uq_spending_paper_public_id")),
    )
    for column in ("spending_id", "stored"):
        op.create_index(op.f(f"ix_spending_paper_{column}"), "spending_paper", [column])
    only = sa.text("is_public")
    op.create_index(
        "ix_spending_paper_public",
        "spending_paper",
        ["spending_id"],
        unique=True,
        sqlite_where=only,
        postgresql_where=only,
    )


def downgrade() -> None:
    op.drop_table("spending_paper")
