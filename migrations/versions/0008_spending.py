"""what campaigns spend: proposed by one person, approved by another, from the bucket of one intent"""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PEOPLE = ("proposed_by_id", "decided_by_id", "closed_by_id")


def upgrade() -> None:
    op.create_table(
        "spending",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("intent", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.String(length=120), nullable=False),
        sa.Column("thing", sa.String(length=300), nullable=False),
        sa.Column("document", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("proposed_by_id", KEY, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("closed_by_id", KEY, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("bank_account", sa.String(length=26), nullable=False),
        sa.Column("bank_reference", sa.String(length=40), nullable=False),
        sa.CheckConstraint("rials > 0", name=op.f("ck_spending_positive")),
        sa.CheckConstraint("decided_by_id <> proposed_by_id", name=op.f("ck_spending_two_people")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_spending_campaign_id")),
        *(sa.ForeignKeyConstraint([name], ["user.id"], name=op.f(f"fk_spending_{name}")) for name in PEOPLE),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending")),
        sa.UniqueConstraint("public_id", name=op.f("uq_spending_public_id")),
    )
    _index("ix_spending_document", ["campaign_id", "intent", "document"], "proposed','approved','paid", True)
    _index("ix_spending_open", ["proposed_at"], "proposed','approved", False)


def downgrade() -> None:
    op.drop_table("spending")


def _index(name: str, columns: list[str], states: str, unique: bool) -> None:
    only = sa.text(f"state IN ('{states}')")
    op.create_index(name, "spending", columns, unique=unique, sqlite_where=only, postgresql_where=only)
