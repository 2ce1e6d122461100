"""clones: the provinces of a national campaign, what they inherited, how they answered to its changes"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "clone",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("parent_id", KEY, nullable=False),
        sa.Column("province_code", sa.String(length=5), nullable=False),
        sa.Column("made_by_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _to("clone", "campaign_id", "campaign.id"),
        _to("clone", "parent_id", "campaign.id"),
        _to("clone", "province_code", "province.code"),
        _to("clone", "made_by_id", "user.id"),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_clone")),
        sa.UniqueConstraint("parent_id", "province_code", name=op.f("uq_clone_parent_id_province_code")),
    )
    op.create_table(
        "inherited_part",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        _to("inherited_part", "campaign_id", "campaign.id"),
        sa.PrimaryKeyConstraint("campaign_id", "part", name=op.f("pk_inherited_part")),
    )
    op.create_table(
        "proposal_answer",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        _to("proposal_answer", "campaign_id", "campaign.id"),
        _to("proposal_answer", "actor_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_answer")),
    )
    op.create_index(op.f("ix_proposal_answer_campaign_id"), "proposal_answer", ["campaign_id"])
    for statement in statements("proposal_answer", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    for table in ("proposal_answer", "inherited_part", "clone"):
        op.drop_table(table)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
