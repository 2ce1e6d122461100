"""what reached people: kinds of grants, deliveries with their evidence, the reports with which campaigns end"""

import sqlalchemy as sa
from alembic import op

from campaigns.domain.deliveries.kinds import USUAL

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _kinds()
    _deliveries()
    _reports()


def downgrade() -> None:
    for table in ("final_report", "delivery", "grant_kind"):
        op.drop_table(table)


def _kinds() -> None:
    table = op.create_table(
        "grant_kind",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_fa", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_grant_kind")),
    )
    op.bulk_insert(
        table,
        [
            {"code": code, "name_fa": fa, "name_en": en, "position": place, "is_used": True}
            for place, (code, fa, en) in enumerate(USUAL)
        ],
    )


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("kind_code", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("county_id", KEY, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("spending_id", KEY, nullable=True),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("hidden_marks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("stored", sa.String(length=60), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("is_faceless", sa.Boolean(), nullable=False),
        sa.Column("has_consent", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", KEY, nullable=True),
        sa.Column("correction", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("recorded_by_id", KEY, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("shown_at", MOMENT, nullable=True),
        sa.CheckConstraint("quantity >= 0 AND rials >= 0", name=op.f("ck_delivery_not_negative")),
        sa.CheckConstraint("quantity > 0 OR corrects_id IS NOT NULL", name=op.f("ck_delivery_something")),
        sa.CheckConstraint("spending_id IS NOT NULL OR rials = 0", name=op.f("ck_delivery_paid_by_something")),
        sa.CheckConstraint("decided_by_id <> recorded_by_id", name=op.f("ck_delivery_two_people")),
        sa.CheckConstraint("stored = '' OR is_faceless", name=op.f("ck_delivery_nobody_seen")),
        *_keys(
            "delivery",
            campaign_id="campaign.id",
            office_id="office.id",
            kind_code="grant_kind.code",
            county_id="county.id",
            spending_id="spending.id",
            corrects_id="delivery.id",
            recorded_by_id="user.id",
            decided_by_id="user.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delivery_public_id")),
    )
    op.create_index("ix_delivery_state", "delivery", ["state", "campaign_id"])
    op.create_index("ix_delivery_county", "delivery", ["county_id", "state"])
    for column in ("campaign_id", "spending_id", "stored"):
        op.create_index(op.f(f"ix_delivery_{column}"), "delivery", [column])
    _unique("ix_delivery_corrects", "delivery", "corrects_id", "state IN ('recorded','agreed','shown')")


def _reports() -> None:
    op.create_table(
        "final_report",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("surplus", sa.String(length=500), nullable=False),
        sa.Column("hidden_marks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("shown_at", MOMENT, nullable=True),
        *_keys("final_report", campaign_id="campaign.id", author_id="user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_final_report_public_id")),
    )
    op.create_index(op.f("ix_final_report_campaign_id"), "final_report", ["campaign_id"])
    op.create_index("ix_final_report_state", "final_report", ["state"])
    present = "state IN ('waiting','shown','returned')"
    _unique("ix_final_report_present", "final_report", "campaign_id", present)


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{table}_{name}"))
        for name, target in columns.items()
    ]


def _unique(name: str, table: str, column: str, condition: str) -> None:
    only = sa.text(condition)
    op.create_index(name, table, [column], unique=True, sqlite_where=only, postgresql_where=only)
