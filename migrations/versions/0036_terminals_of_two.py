"""a terminal is used once two people have typed the same"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "gateway_proposal",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("organization_id", KEY, nullable=True),
        sa.Column("gateway", sa.String(length=20), nullable=False),
        sa.Column("environment", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("proposed_by_id", KEY, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.CheckConstraint(
            "state <> 'used' OR decided_by_id <> proposed_by_id", name=op.f("ck_gateway_proposal_two_people")
        ),
        _to("organization_id", "organization.id"),
        _to("proposed_by_id", "user.id"),
        _to("decided_by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_proposal")),
    )
    of_one = ["organization_id", "gateway", "environment"]
    _one_waits("ix_gateway_proposal_waiting", of_one, "organization_id IS NOT NULL")
    _one_waits("ix_gateway_proposal_house", of_one[1:], "organization_id IS NULL")


def downgrade() -> None:
    op.drop_table("gateway_proposal")


def _to(column: str, where: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [where], name=op.f(f"fk_gateway_proposal_{column}"))


def _one_waits(name: str, columns: list[str], whose: str) -> None:
    only = sa.text(f"state = 'waiting' AND {whose}")
    op.create_index(name, "gateway_proposal", columns, unique=True, sqlite_where=only, postgresql_where=only)
