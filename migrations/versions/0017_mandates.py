"""mandates: contracts of direct debit, one charge a month, and their history"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _mandate()
    _charge()
    op.create_table(
        "mandate_step",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("mandate_id", KEY, nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_mandate_step_mandate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_step")),
    )
    op.create_index(op.f("ix_mandate_step_mandate_id"), "mandate_step", ["mandate_id"])
    for statement in statements("mandate_step", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    for table in ("mandate_step", "mandate_charge", "mandate"):
        op.drop_table(table)


def _mandate() -> None:
    op.create_table(
        "mandate",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("intent", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("donor_name", sa.String(length=80), nullable=False),
        sa.Column("hide_name", sa.Boolean(), nullable=False),
        sa.Column("hide_amount", sa.Boolean(), nullable=False),
        sa.Column("mobile", sa.String(length=16), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("gateway", sa.String(length=20), nullable=False),
        sa.Column("environment", sa.String(length=8), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("contract_ref", sa.String(length=80), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("max_rials", sa.BigInteger(), nullable=False),
        sa.Column("max_daily", sa.SmallInteger(), nullable=False),
        sa.Column("max_monthly", sa.SmallInteger(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("covered", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("check_at", MOMENT, nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("ended_at_gateway", MOMENT, nullable=True),
        sa.CheckConstraint("day BETWEEN 1 AND 31", name=op.f("ck_mandate_day")),
        sa.CheckConstraint(
            "rials > 0 AND rials <= max_rials", name=op.f("ck_mandate_within_contract")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["gateway_account.id"], name=op.f("fk_mandate_account_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_mandate_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("form_key", name=op.f("uq_mandate_form_key")),
        sa.UniqueConstraint(
            "gateway", "environment", "contract_ref", name=op.f("uq_mandate_gateway_environment_contract_ref")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_mandate_public_id")),
    )
    op.create_index(op.f("ix_mandate_campaign_id"), "mandate", ["campaign_id"])
    _partial("ix_mandate_due", "mandate", "next_on", "state = 'active'")
    _partial("ix_mandate_check", "mandate", "check_at", "check_at IS NOT NULL")


def _charge() -> None:
    op.create_table(
        "mandate_charge",
        sa.Column("mandate_id", KEY, autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("gift_id", KEY, nullable=False),
        sa.Column("attempt_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("sends", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("next_try_at", MOMENT, nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["payment_attempt.id"], name=op.f("fk_mandate_charge_attempt_id")
        ),
        sa.ForeignKeyConstraint(["gift_id"], ["contribution.id"], name=op.f("fk_mandate_charge_gift_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_mandate_charge_mandate_id")),
        sa.PrimaryKeyConstraint("mandate_id", "month", name=op.f("pk_mandate_charge")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_mandate_charge_attempt_id")),
        sa.UniqueConstraint("gift_id", name=op.f("uq_mandate_charge_gift_id")),
    )
    _partial("ix_mandate_charge_due", "mandate_charge", "next_try_at", "state = 'open'")


def _partial(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
