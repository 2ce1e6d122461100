"""reports of gateways about their days, and what each of their lines was found to be"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "gateway_report",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("different", sa.Integer(), nullable=False),
        sa.Column("brought_by_id", KEY, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["brought_by_id"], ["user.id"], name=op.f("fk_gateway_report_brought_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_gateway_report_public_id")),
    )
    op.create_index("ix_gateway_report_day", "gateway_report", ["terminal", "day", "id"])
    op.create_table(
        "report_line",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("report_id", KEY, nullable=False),
        sa.Column("bucket", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("attempt_id", KEY, nullable=True),
        sa.Column("remote_rials", sa.BigInteger(), nullable=True),
        sa.Column("local_rials", sa.BigInteger(), nullable=True),
        sa.Column("booked_rials", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["gateway_report.id"], name=op.f("fk_report_line_report_id")),
        sa.ForeignKeyConstraint(["attempt_id"], ["payment_attempt.id"], name=op.f("fk_report_line_attempt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_line")),
    )
    op.create_index(op.f("ix_report_line_report_id"), "report_line", ["report_id"])
    for table in ("gateway_report", "report_line"):
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    op.drop_table("report_line")
    op.drop_table("gateway_report")
