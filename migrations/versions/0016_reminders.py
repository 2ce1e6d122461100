"""reminders of monthly gifts, and letters that can be stopped with one click"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("letter", sa.Column("unsubscribe_url", sa.String(length=500), nullable=True))
    op.create_table(
        "reminder",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("gift_id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("intent", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("covered", sa.Integer(), nullable=False),
        sa.Column("counted_from", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("welcomed_at", MOMENT, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("day BETWEEN 1 AND 31", name=op.f("ck_reminder_day")),
        sa.CheckConstraint("rials > 0", name=op.f("ck_reminder_positive")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_reminder_campaign_id")),
        sa.ForeignKeyConstraint(["gift_id"], ["contribution.id"], name=op.f("fk_reminder_gift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("gift_id", name=op.f("uq_reminder_gift_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reminder_public_id")),
    )
    op.create_index(op.f("ix_reminder_campaign_id"), "reminder", ["campaign_id"])
    active = sa.text("state = 'active'")
    op.create_index(
        "ix_reminder_due", "reminder", ["next_on"], sqlite_where=active, postgresql_where=active
    )
    fresh = sa.text("welcomed_at IS NULL AND state = 'active'")
    op.create_index(
        "ix_reminder_unwelcomed", "reminder", ["id"], sqlite_where=fresh, postgresql_where=fresh
    )
    op.create_table(
        "reminder_month",
        sa.Column("reminder_id", KEY, autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminder.id"], name=op.f("fk_reminder_month_reminder_id")),
        sa.PrimaryKeyConstraint("reminder_id", "month", name=op.f("pk_reminder_month")),
    )
    op.create_table(
        "reminder_answer",
        sa.Column("gift_id", KEY, autoincrement=False, nullable=False),
        sa.Column("reminder_id", KEY, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gift_id"], ["contribution.id"], name=op.f("fk_reminder_answer_gift_id")),
        sa.ForeignKeyConstraint(
            ["reminder_id", "month"],
            ["reminder_month.reminder_id", "reminder_month.month"],
            name=op.f("fk_reminder_answer_reminder_id_month"),
        ),
        sa.PrimaryKeyConstraint("gift_id", name=op.f("pk_reminder_answer")),
    )
    op.create_index("ix_reminder_answer_month", "reminder_answer", ["reminder_id", "month"])


def downgrade() -> None:
    op.drop_table("reminder_answer")
    op.drop_table("reminder_month")
    op.drop_table("reminder")
    op.drop_column("letter", "unsubscribe_url")
