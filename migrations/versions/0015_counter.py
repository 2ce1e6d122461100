"""offices with their receipts, sheets and cash for the bank; batches of USSD and SMS; gifts of an entry"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("ledger_txn", sa.Column("gifts", sa.Integer(), server_default="1", nullable=False))
    _offices()
    _sheets()
    _receipts()
    _batches()


def downgrade() -> None:
    for table in (
        "gift_batch_statement",
        "gift_batch_line",
        "gift_batch",
        "cash_deposit",
        "receipt",
        "receipt_count",
        "office_sheet",
        "card_reader",
        "office_clerk",
        "office",
    ):
        op.drop_table(table)
    op.drop_column("ledger_txn", "gifts")


def _offices() -> None:
    op.create_table(
        "office",
        *_ids("office"),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name_fa", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("province_code", sa.String(length=5), nullable=False),
        sa.Column("paper", sa.String(length=6), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("created_by_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        _to("office", "created_by_id", "user.id"),
        _to("office", "province_code", "province.code"),
        sa.UniqueConstraint("code", name=op.f("uq_office_code")),
    )
    op.create_index(op.f("ix_office_province_code"), "office", ["province_code"])
    op.create_table(
        "office_clerk",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("given_by_id", KEY, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("taken_by_id", KEY, nullable=True),
        sa.Column("taken_at", MOMENT, nullable=True),
        _to("office_clerk", "office_id", "office.id"),
        *(_to("office_clerk", name, "user.id") for name in ("user_id", "given_by_id", "taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_clerk")),
    )
    op.create_index(op.f("ix_office_clerk_user_id"), "office_clerk", ["user_id"])
    _partial("ix_office_clerk_present", "office_clerk", ["office_id", "user_id"], "taken_at IS NULL", True)
    op.create_table(
        "card_reader",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("added_by_id", KEY, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        _to("card_reader", "office_id", "office.id"),
        _to("card_reader", "added_by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_reader")),
        sa.UniqueConstraint("number", name=op.f("uq_card_reader_number")),
    )
    op.create_index(op.f("ix_card_reader_office_id"), "card_reader", ["office_id"])


def _sheets() -> None:
    op.create_table(
        "office_sheet",
        *_ids("office_sheet"),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("upto_txn_id", KEY, nullable=False),
        *(
            sa.Column(f"{name}_rials", sa.BigInteger(), nullable=False)
            for name in ("opening", "expected", "counted")
        ),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        *_decided("office_sheet", "counted"),
        sa.Column("note", sa.String(length=300), nullable=False),
        _to("office_sheet", "office_id", "office.id"),
        sa.UniqueConstraint("office_id", "last_day", name=op.f("uq_office_sheet_office_id_last_day")),
    )
    op.create_index(op.f("ix_office_sheet_office_id"), "office_sheet", ["office_id"])
    _partial("ix_office_sheet_open", "office_sheet", ["counted_at"], "state <> 'confirmed'", False)
    op.create_table(
        "cash_deposit",
        *_ids("cash_deposit"),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("bank_account", sa.String(length=26), nullable=False),
        sa.Column("slip", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        *_decided("cash_deposit", "sent"),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("rials > 0", name=op.f("ck_cash_deposit_positive")),
        _to("cash_deposit", "office_id", "office.id"),
    )
    op.create_index(op.f("ix_cash_deposit_office_id"), "cash_deposit", ["office_id"])
    _partial("ix_cash_deposit_slip", "cash_deposit", ["bank_account", "slip"], "state <> 'returned'", True)
    _partial("ix_cash_deposit_open", "cash_deposit", ["sent_at"], "state = 'sent'", False)


def _receipts() -> None:
    op.create_table(
        "receipt",
        *_ids("receipt"),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("reader_id", KEY, nullable=True),
        sa.Column("trace", sa.String(length=12), nullable=True),
        sa.Column("card_last4", sa.String(length=4), nullable=False),
        sa.Column("payer", sa.String(length=80), nullable=False),
        sa.Column("sheet_id", KEY, nullable=True),
        sa.Column("made_by_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("voided_by_id", KEY, nullable=True),
        sa.Column("voided_at", MOMENT, nullable=True),
        sa.Column("void_reason", sa.String(length=12), nullable=False),
        sa.Column("void_note", sa.String(length=300), nullable=False),
        sa.CheckConstraint("voided_by_id <> made_by_id", name=op.f("ck_receipt_two_people")),
        sa.CheckConstraint(
            "(reader_id IS NULL) = (trace IS NULL)", name=op.f("ck_receipt_trace_of_reader")
        ),
        _to("receipt", "office_id", "office.id"),
        _to("receipt", "contribution_id", "contribution.id"),
        _to("receipt", "reader_id", "card_reader.id"),
        _to("receipt", "sheet_id", "office_sheet.id"),
        *(_to("receipt", name, "user.id") for name in ("made_by_id", "voided_by_id")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_receipt_contribution_id")),
        sa.UniqueConstraint("office_id", "year", "number", name=op.f("uq_receipt_office_id_year_number")),
    )
    op.create_index("ix_receipt_sheet", "receipt", ["office_id", "sheet_id"])
    used = "reader_id IS NOT NULL AND voided_at IS NULL"
    _partial("ix_receipt_trace", "receipt", ["reader_id", "trace"], used, True)
    op.create_table(
        "receipt_count",
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        _to("receipt_count", "office_id", "office.id"),
        sa.PrimaryKeyConstraint("office_id", "year", name=op.f("pk_receipt_count")),
    )


def _batches() -> None:
    op.create_table(
        "gift_batch",
        *_ids("gift_batch"),
        sa.Column("channel", sa.String(length=4), nullable=False),
        sa.Column("operator", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("statement_name", sa.String(length=120), nullable=False),
        sa.Column("statement_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        *_decided("gift_batch", "proposed"),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_gift_batch_period")),
    )
    _partial("ix_gift_batch_statement", "gift_batch", ["statement_hash"], "state <> 'refused'", True)
    op.create_index("ix_gift_batch_operator", "gift_batch", ["operator", "first_day"])
    op.create_table(
        "gift_batch_line",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("intent", sa.String(length=20), nullable=False),
        sa.Column("gifts", sa.Integer(), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("fee_rials", sa.BigInteger(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=120), nullable=True),
        sa.CheckConstraint("gifts > 0 AND rials > 0", name=op.f("ck_gift_batch_line_positive")),
        sa.CheckConstraint("fee_rials >= 0 AND fee_rials < rials", name=op.f("ck_gift_batch_line_fee")),
        _to("gift_batch_line", "batch_id", "gift_batch.id"),
        _to("gift_batch_line", "campaign_id", "campaign.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_batch_line")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_gift_batch_line_dedupe_key")),
    )
    op.create_index(op.f("ix_gift_batch_line_batch_id"), "gift_batch_line", ["batch_id"])
    op.create_table(
        "gift_batch_statement",
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _to("gift_batch_statement", "batch_id", "gift_batch.id"),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_gift_batch_statement")),
    )


def _ids(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]


def _to(table: str, column: str, where: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [where], name=op.f(f"fk_{table}_{column}"))


def _decided(table: str, first: str) -> list[sa.schema.SchemaItem]:
    """Who did it and who decided: never the same person."""
    return [
        sa.Column(f"{first}_by_id", KEY, nullable=False),
        sa.Column(f"{first}_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint(f"decided_by_id <> {first}_by_id", name=op.f(f"ck_{table}_two_people")),
        _to(table, f"{first}_by_id", "user.id"),
        _to(table, "decided_by_id", "user.id"),
    ]


def _partial(name: str, table: str, columns: list[str], condition: str, unique: bool) -> None:
    only = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)
