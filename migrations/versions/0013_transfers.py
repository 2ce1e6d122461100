"""transfers without a gateway: accounts that receive them, what donors declared, receipts, and who did what"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
HOLDS = "holds_amount AND state IN ('awaiting', 'submitted', 'receipt_ok')"


def upgrade() -> None:
    _bank_accounts()
    _claims()
    _receipts()
    _steps()


def downgrade() -> None:
    for table in ("claim_step", "claim_receipt", "transfer_claim", "bank_account"):
        op.drop_table(table)


def _bank_accounts() -> None:
    op.create_table(
        "bank_account",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", KEY, nullable=True),
        sa.Column("card_number", sa.String(length=16), nullable=True),
        sa.Column("sheba", sa.String(length=26), nullable=True),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("bank", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by_id", KEY, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("confirmed_by_id", KEY, nullable=True),
        sa.CheckConstraint(
            "card_number IS NOT NULL OR sheba IS NOT NULL", name=op.f("ck_bank_account_some_number")
        ),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> created_by_id",
            name=op.f("ck_bank_account_two_people"),
        ),
        *_keys(
            "bank_account",
            organization_id="organization.id",
            created_by_id="user.id",
            confirmed_by_id="user.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_account_public_id")),
    )
    for name, column in {"card": "card_number", "sheba": "sheba"}.items():
        _index(f"ix_bank_account_{name}", "bank_account", [column], "state <> 'refused'", unique=True)


def _claims() -> None:
    op.create_table(
        "transfer_claim",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("bank_account_id", KEY, nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("base_rials", sa.BigInteger(), nullable=False),
        sa.Column("suffix_rials", sa.Integer(), nullable=False),
        sa.Column("expected_rials", sa.BigInteger(), nullable=False),
        sa.Column("holds_amount", sa.Boolean(), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=True),
        sa.Column("payer_last4", sa.String(length=4), nullable=True),
        sa.Column("donor_paid_at", MOMENT, nullable=True),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.Column("deadline", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("received_rials", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", MOMENT, nullable=True),
        sa.Column("credited_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "expected_rials = base_rials + suffix_rials", name=op.f("ck_transfer_claim_expected")
        ),
        sa.CheckConstraint("suffix_rials BETWEEN 0 AND 9990", name=op.f("ck_transfer_claim_suffix")),
        sa.CheckConstraint(
            "(state = 'credited') = (line_id IS NOT NULL)", name=op.f("ck_transfer_claim_credited_by_a_line")
        ),
        *_keys("transfer_claim", bank_account_id="bank_account.id", contribution_id="contribution.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_claim")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transfer_claim_public_id")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_transfer_claim_contribution_id")),
        sa.UniqueConstraint("line_id", name=op.f("uq_transfer_claim_line_id")),
    )
    amount, tracking = ["bank_account_id", "expected_rials"], ["bank_account_id", "tracking"]
    _index("ix_transfer_claim_amount", "transfer_claim", amount, HOLDS, unique=True)
    told = "tracking IS NOT NULL AND state <> 'refused'"
    _index("ix_transfer_claim_tracking", "transfer_claim", tracking, told, unique=True)
    _index("ix_transfer_claim_due", "transfer_claim", ["deadline"], "state = 'awaiting'")
    op.create_index("ix_transfer_claim_account", "transfer_claim", ["bank_account_id", "state"])


def _receipts() -> None:
    bands = [f"band_{number}" for number in range(1, 5)]
    op.create_table(
        "claim_receipt",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("stored", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        *(sa.Column(band, sa.BigInteger(), nullable=True) for band in bands),
        sa.Column("sent_at", MOMENT, nullable=False),
        *_keys("claim_receipt", claim_id="transfer_claim.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_receipt")),
        sa.UniqueConstraint("public_id", name=op.f("uq_claim_receipt_public_id")),
        sa.UniqueConstraint("stored", name=op.f("uq_claim_receipt_stored")),
    )
    for column in ("claim_id", "sha256", *bands):
        op.create_index(op.f(f"ix_claim_receipt_{column}"), "claim_receipt", [column])


def _steps() -> None:
    op.create_table(
        "claim_step",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("after", sa.String(length=12), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        *_keys("claim_step", claim_id="transfer_claim.id", actor_id="user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_step")),
    )
    op.create_index(op.f("ix_claim_step_claim_id"), "claim_step", ["claim_id"])
    for statement in statements("claim_step", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))
        for column, to in columns.items()
    ]


def _index(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)
