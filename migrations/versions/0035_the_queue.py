"""the queue of moderators: what is due when and who holds it; private notes, texts of reasons, appeals"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
GROWS_ONLY = ("private_note", "reason_text")


def upgrade() -> None:
    op.add_column("decision", sa.Column("service", sa.String(length=8), server_default="", nullable=False))
    op.add_column("decision", sa.Column("waited_since", MOMENT, nullable=True))
    _make_queue()
    _make_notes()
    _make_appeals()
    for table in GROWS_ONLY:
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(sa.text(statement))


def downgrade() -> None:
    for table in ("appeal", "review_habit", "reason_text", "private_note", "queue_entry"):
        op.drop_table(table)
    for column in ("waited_since", "service"):
        op.drop_column("decision", column)


def _make_queue() -> None:
    op.create_table(
        "queue_entry",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=True),
        sa.Column("author_id", KEY, nullable=True),
        sa.Column("places", sa.String(length=200), nullable=False),
        sa.Column("service", sa.String(length=8), nullable=False),
        sa.Column("waiting_since", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("title_fa", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("claimed_by_id", KEY, nullable=True),
        sa.Column("claimed_until", MOMENT, nullable=True),
        _to("queue_entry", "campaign_id", "campaign.id"),
        _to("queue_entry", "author_id", "user.id"),
        _to("queue_entry", "claimed_by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_entry")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_queue_entry_subject")),
    )
    op.create_index("ix_queue_entry_due", "queue_entry", ["due_at", "id"])
    op.create_index("ix_queue_entry_kind", "queue_entry", ["kind", "due_at"])
    for column in ("campaign_id", "claimed_by_id"):
        op.create_index(op.f(f"ix_queue_entry_{column}"), "queue_entry", [column])


def _make_notes() -> None:
    op.create_table(
        "private_note",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("subject_kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        _to("private_note", "author_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_note")),
    )
    op.create_index("ix_private_note_subject", "private_note", ["subject_kind", "subject_id"])
    op.create_table(
        "reason_text",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("body", sa.String(length=500), nullable=False),
        sa.Column("written_by_id", KEY, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        _to("reason_text", "written_by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_text")),
    )
    op.create_index("ix_reason_text_code", "reason_text", ["code", "language"])
    op.create_table(
        "review_habit",
        sa.Column("user_id", KEY, autoincrement=False, nullable=False),
        sa.Column("keys", sa.Boolean(), nullable=False),
        _to("review_habit", "user_id", "user.id"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_review_habit")),
    )


def _make_appeals() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", KEY, nullable=False),
        sa.Column("decider_id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=True),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hidden_marks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("answered_by_id", KEY, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "answered_by_id IS NULL OR answered_by_id <> decider_id", name=op.f("ck_appeal_two_people")
        ),
        _to("appeal", "decision_id", "decision.id"),
        _to("appeal", "decider_id", "user.id"),
        _to("appeal", "campaign_id", "campaign.id"),
        _to("appeal", "author_id", "user.id"),
        _to("appeal", "answered_by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_appeal_public_id")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeal_decision_id")),
    )
    for column in ("campaign_id", "state"):
        op.create_index(op.f(f"ix_appeal_{column}"), "appeal", [column])


def _to(table: str, column: str, where: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [where], name=op.f(f"fk_{table}_{column}"))
