"""statements of the bank: files, how they are read, their lines, and what people said about lines"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _imports()
    _lines()
    _steps()


def downgrade() -> None:
    for table in (
        "statement_step", "statement_line", "statement_layout", "statement_file", "statement_import"
    ):  # fmt: skip
        op.drop_table(table)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _imports() -> None:
    name = "statement_import"
    op.create_table(
        name,
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("bank_account_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("layout", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("read_rows", sa.Integer(), nullable=False),
        sa.Column("new_lines", sa.Integer(), nullable=False),
        sa.Column("known_lines", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", KEY, nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("ended_by_id", KEY, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        _key(name, "bank_account_id", "bank_account"),
        _key(name, "uploaded_by_id", "user"),
        _key(name, "ended_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_statement_import_public_id")),
    )
    op.create_index("ix_statement_import_file", name, ["bank_account_id", "sha256"])
    op.create_table(
        "statement_file",
        sa.Column("import_id", KEY, autoincrement=False, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        _key("statement_file", "import_id", name),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_statement_file")),
    )
    op.create_table(
        "statement_layout",
        sa.Column("bank_account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(length=6), nullable=False),
        sa.Column("told_by_id", KEY, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        _key("statement_layout", "bank_account_id", "bank_account"),
        _key("statement_layout", "told_by_id", "user"),
        sa.PrimaryKeyConstraint("bank_account_id", "fingerprint", name=op.f("pk_statement_layout")),
    )


def _lines() -> None:
    name = "statement_line"
    op.create_table(
        name,
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("import_id", KEY, nullable=False),
        sa.Column("bank_account_id", KEY, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.LargeBinary(length=32), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("shape", sa.String(length=80), nullable=False),
        sa.Column("booked_at", MOMENT, nullable=False),
        sa.Column("has_time", sa.Boolean(), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("balance_rials", sa.BigInteger(), nullable=True),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=False),
        sa.Column("last4", sa.String(length=4), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("claim_id", KEY, nullable=True),
        sa.Column("item_id", KEY, nullable=True),
        sa.Column("twin_id", KEY, nullable=True),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.CheckConstraint("rials <> 0", name=op.f("ck_statement_line_moves")),
        sa.CheckConstraint(
            "(outcome = 'valid') = (claim_id IS NOT NULL)", name=op.f("ck_statement_line_valid_with_a_claim")
        ),
        _key(name, "import_id", "statement_import"),
        _key(name, "bank_account_id", "bank_account"),
        _key(name, "claim_id", "transfer_claim"),
        _key(name, "item_id", "review_item"),
        _key(name, "twin_id", name),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_line")),
        sa.UniqueConstraint("public_id", name=op.f("uq_statement_line_public_id")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_statement_line_claim_id")),
        sa.UniqueConstraint("item_id", name=op.f("uq_statement_line_item_id")),
        sa.UniqueConstraint(
            "bank_account_id",
            "checksum",
            "occurrence",
            name=op.f("uq_statement_line_bank_account_id_checksum_occurrence"),
        ),
    )
    op.create_index("ix_statement_line_import", name, ["import_id"])
    op.create_index("ix_statement_line_open", name, ["outcome", "bank_account_id"])
    op.create_index("ix_statement_line_amount", name, ["bank_account_id", "rials", "booked_at"])


def _steps() -> None:
    name = "statement_step"
    op.create_table(
        name,
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("verb", sa.String(length=10), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("claim_id", KEY, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _key(name, "line_id", "statement_line"),
        _key(name, "claim_id", "transfer_claim"),
        _key(name, "actor_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_statement_step_public_id")),
    )
    op.create_index(op.f("ix_statement_step_line_id"), name, ["line_id"])
    for statement in statements(name, op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))
