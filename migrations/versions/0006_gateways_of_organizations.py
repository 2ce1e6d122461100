"""gateways of organizations"""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "gateway_health",
        sa.Column("gateway", sa.String(length=20), nullable=False),
        sa.Column(
            "account_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("out_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("out_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column("error_kind", sa.String(length=20), nullable=False),
        sa.Column("error_code", sa.String(length=20), nullable=False),
        sa.Column("worked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("gateway", "account_id", name=op.f("pk_gateway_health")),
    )
    op.create_table(
        "gateway_account",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("gateway", sa.String(length=20), nullable=False),
        sa.Column("environment", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_gateway_account_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_gateway_account_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["retired_by_id"], ["user.id"], name=op.f("fk_gateway_account_retired_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_account")),
    )
    with op.batch_alter_table("gateway_account", schema=None) as batch_op:
        batch_op.create_index(
            "ix_gateway_account_house",
            ["gateway", "environment"],
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL AND organization_id IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL AND organization_id IS NULL"),
        )
        batch_op.create_index(
            "ix_gateway_account_present",
            ["organization_id", "gateway", "environment"],
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL AND organization_id IS NOT NULL"),
            postgresql_where=sa.text("retired_at IS NULL AND organization_id IS NOT NULL"),
        )

    op.create_table(
        "heard_receipt",
        sa.Column(
            "attempt_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("receipt_ref", sa.String(length=80), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["payment_attempt.id"], name=op.f("fk_heard_receipt_attempt_id")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "receipt_ref", name=op.f("pk_heard_receipt")),
    )
    op.add_column("payment_attempt", sa.Column("redirect_fields", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("payment_attempt", sa.Column("bank_ref", sa.String(length=40), nullable=True))
    kind = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(  # in place: made anew, SQLite would refuse to drop a table that others point to
        f"ALTER TABLE payment_attempt ADD COLUMN account_id {kind}"
        " CONSTRAINT fk_payment_attempt_account_id REFERENCES gateway_account (id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("payment_attempt", schema=None) as batch_op:
        batch_op.drop_column("bank_ref")
        batch_op.drop_column("redirect_fields")
        batch_op.drop_column("account_id")

    op.drop_table("heard_receipt")
    with op.batch_alter_table("gateway_account", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_gateway_account_present",
            sqlite_where=sa.text("retired_at IS NULL AND organization_id IS NOT NULL"),
            postgresql_where=sa.text("retired_at IS NULL AND organization_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_gateway_account_house",
            sqlite_where=sa.text("retired_at IS NULL AND organization_id IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL AND organization_id IS NULL"),
        )

    op.drop_table("gateway_account")
    op.drop_table("gateway_health")
