"""problems that people report about campaigns, and freezes of giving"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _problem()
    _step()
    _evidence()
    _freeze()
    for statement in statements("campaign_freeze", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    for table in ("campaign_freeze", "problem_evidence", "problem_step", "problem"):
        op.drop_table(table)


def _problem() -> None:
    op.create_table(
        "problem",
        *_ids("problem"),
        sa.Column("code", sa.String(length=11), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("hidden_marks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("assignee_id", KEY, nullable=True),
        sa.Column("closed_by_id", KEY, nullable=True),
        sa.Column("appealed_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("waits_since", MOMENT, nullable=False),
        sa.Column("form_key", sa.String(length=32), nullable=True),
        _to("problem", "campaign_id", "campaign.id"),
        _to("problem", "assignee_id", "user.id"),
        _to("problem", "closed_by_id", "user.id"),
        sa.UniqueConstraint("code", name=op.f("uq_problem_code")),
        sa.UniqueConstraint("form_key", name=op.f("uq_problem_form_key")),
    )
    op.create_index(op.f("ix_problem_campaign_id"), "problem", ["campaign_id"])
    op.create_index("ix_problem_waiting", "problem", ["state", "waits_since"])


def _step() -> None:
    op.create_table(
        "problem_step",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("problem_id", KEY, nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _to("problem_step", "problem_id", "problem.id"),
        _to("problem_step", "actor_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_step")),
    )
    op.create_index(op.f("ix_problem_step_problem_id"), "problem_step", ["problem_id"])


def _evidence() -> None:
    op.create_table(
        "problem_evidence",
        *_ids("problem_evidence"),
        sa.Column("problem_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("stored", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        _to("problem_evidence", "problem_id", "problem.id"),
        sa.UniqueConstraint("stored", name=op.f("uq_problem_evidence_stored")),
    )
    op.create_index(op.f("ix_problem_evidence_problem_id"), "problem_evidence", ["problem_id"])


def _freeze() -> None:
    op.create_table(
        "campaign_freeze",
        *_ids("campaign_freeze"),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("problem_id", KEY, nullable=True),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _to("campaign_freeze", "campaign_id", "campaign.id"),
        _to("campaign_freeze", "problem_id", "problem.id"),
        _to("campaign_freeze", "actor_id", "user.id"),
    )
    op.create_index(op.f("ix_campaign_freeze_campaign_id"), "campaign_freeze", ["campaign_id"])
    op.create_index(op.f("ix_campaign_freeze_made_at"), "campaign_freeze", ["made_at"])


def _ids(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    )


def _to(table: str, column: str, there: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [there], name=op.f(f"fk_{table}_{column}"))
