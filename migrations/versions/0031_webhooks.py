"""webhooks: addresses that are told when a campaign's public numbers change, and what each was told"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "webhook_endpoint",
        *_ids("webhook_endpoint"),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("url", sa.String(length=400), nullable=False),
        sa.Column("sealed_secret", sa.String(length=400), nullable=False),
        sa.Column("told_state", sa.String(length=12), nullable=False),
        sa.Column("told_received_rials", sa.BigInteger(), nullable=False),
        sa.Column("told_gifts", sa.Integer(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("added_by_id", KEY, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        _to("webhook_endpoint", "campaign_id", "campaign.id"),
        _to("webhook_endpoint", "added_by_id", "user.id"),
    )
    _index("ix_webhook_endpoint_campaign", "webhook_endpoint", ["campaign_id"], "removed_at IS NULL")
    op.create_table(
        "webhook_message",
        *_ids("webhook_message"),
        sa.Column("endpoint_id", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_problem", sa.String(length=60), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        _to("webhook_message", "endpoint_id", "webhook_endpoint.id"),
    )
    _index("ix_webhook_message_due", "webhook_message", ["due_at"], "state = 'waiting'")
    op.create_index("ix_webhook_message_endpoint", "webhook_message", ["endpoint_id", "id"])


def downgrade() -> None:
    op.drop_table("webhook_message")
    op.drop_table("webhook_endpoint")


def _index(name: str, table: str, columns: list[str], only: str) -> None:
    op.create_index(name, table, columns, postgresql_where=sa.text(only), sqlite_where=sa.text(only))


def _ids(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]


def _to(table: str, column: str, where: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [where], name=op.f(f"fk_{table}_{column}"))
