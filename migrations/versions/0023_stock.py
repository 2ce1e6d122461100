"""warehouses, what lies there, in-kind receipts, boxes, and every movement of goods"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _warehouses()
    _stock()
    _intakes()
    _boxes()
    _movements()
    _partial("ix_goods_pledge_mobile", "goods_pledge", ["mobile"], "mobile IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_goods_pledge_mobile", "goods_pledge")
    for table in ("stock_movement", "goods_box", "intake_count", "intake", "stock", "warehouse"):
        op.drop_table(table)


def _warehouses() -> None:
    op.create_table(
        "warehouse",
        *_ids("warehouse"),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name_fa", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("province_code", sa.String(length=5), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("opened_by_id", KEY, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        _to("warehouse", "province_code", "province.code"),
        _to("warehouse", "opened_by_id", "user.id"),
        sa.UniqueConstraint("code", name=op.f("uq_warehouse_code")),
    )
    op.create_index(op.f("ix_warehouse_province_code"), "warehouse", ["province_code"])


def _stock() -> None:
    op.create_table(
        "stock",
        *_ids("stock"),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("warehouse_id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=True),
        sa.Column("need_id", KEY, nullable=True),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("unit_rials", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_stock_never_negative")),
        sa.CheckConstraint("unit_rials >= 0", name=op.f("ck_stock_worth")),
        _to("stock", "warehouse_id", "warehouse.id"),
        _to("stock", "campaign_id", "campaign.id"),
        _to("stock", "need_id", "need_line.id"),
        sa.UniqueConstraint("key", name=op.f("uq_stock_key")),
    )
    op.create_index(op.f("ix_stock_warehouse_id"), "stock", ["warehouse_id"])
    op.create_index(op.f("ix_stock_need_id"), "stock", ["need_id"])


def _intakes() -> None:
    op.create_table(
        "intake",
        *_ids("intake"),
        sa.Column("warehouse_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("form_key", sa.String(length=80), nullable=False),
        sa.Column("stock_id", KEY, nullable=False),
        sa.Column("pledge_id", KEY, nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("damage", sa.String(length=200), nullable=False),
        sa.Column("worth", sa.String(length=200), nullable=False),
        sa.Column("giver", sa.String(length=80), nullable=False),
        sa.Column("made_by_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("voided_by_id", KEY, nullable=True),
        sa.Column("voided_at", MOMENT, nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "quantity >= 0 AND damaged >= 0 AND quantity + damaged > 0", name=op.f("ck_intake_something_came")
        ),
        sa.CheckConstraint("counted >= 0 AND counted <= quantity", name=op.f("ck_intake_counted")),
        _to("intake", "warehouse_id", "warehouse.id"),
        _to("intake", "stock_id", "stock.id"),
        _to("intake", "pledge_id", "goods_pledge.id"),
        _to("intake", "made_by_id", "user.id"),
        _to("intake", "voided_by_id", "user.id"),
        sa.UniqueConstraint("warehouse_id", "year", "number", name=op.f("uq_intake_warehouse_id_year_number")),
        sa.UniqueConstraint("form_key", name=op.f("uq_intake_form_key")),
    )
    op.create_index("ix_intake_made_at", "intake", ["warehouse_id", "made_at"])
    op.create_index(op.f("ix_intake_stock_id"), "intake", ["stock_id"])
    op.create_index(op.f("ix_intake_pledge_id"), "intake", ["pledge_id"])
    op.create_table(
        "intake_count",
        sa.Column("warehouse_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        _to("intake_count", "warehouse_id", "warehouse.id"),
        sa.PrimaryKeyConstraint("warehouse_id", "year", name=op.f("pk_intake_count")),
    )


def _boxes() -> None:
    op.create_table(
        "goods_box",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=11), nullable=False),
        sa.Column("warehouse_id", KEY, nullable=False),
        sa.Column("county_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_by_id", KEY, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("sent_by_id", KEY, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("arrived_by_id", KEY, nullable=True),
        sa.Column("arrived_at", MOMENT, nullable=True),
        _to("goods_box", "warehouse_id", "warehouse.id"),
        _to("goods_box", "county_id", "county.id"),
        *(_to("goods_box", name, "user.id") for name in ("opened_by_id", "sent_by_id", "arrived_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_box")),
        sa.UniqueConstraint("code", name=op.f("uq_goods_box_code")),
    )
    op.create_index("ix_goods_box_state", "goods_box", ["warehouse_id", "state"])
    op.create_index(op.f("ix_goods_box_county_id"), "goods_box", ["county_id"])


def _movements() -> None:
    op.create_table(
        "stock_movement",
        *_ids("stock_movement"),
        sa.Column("stock_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("box_id", KEY, nullable=True),
        sa.Column("intake_id", KEY, nullable=True),
        sa.Column("reverses_id", KEY, nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_movement_positive")),
        sa.CheckConstraint("rials >= 0", name=op.f("ck_stock_movement_worth")),
        _to("stock_movement", "stock_id", "stock.id"),
        _to("stock_movement", "box_id", "goods_box.id"),
        _to("stock_movement", "intake_id", "intake.id"),
        _to("stock_movement", "reverses_id", "stock_movement.id"),
        _to("stock_movement", "actor_id", "user.id"),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_stock_movement_reverses_id")),
    )
    op.create_index("ix_stock_movement_stock", "stock_movement", ["stock_id", "id"])
    _partial("ix_stock_movement_box", "stock_movement", ["box_id", "stock_id"], "box_id IS NOT NULL")
    _partial("ix_stock_movement_intake", "stock_movement", ["intake_id"], "intake_id IS NOT NULL")
    for statement in statements("stock_movement", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def _ids(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]


def _to(table: str, column: str, where: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [where], name=op.f(f"fk_{table}_{column}"))


def _partial(name: str, table: str, columns: list[str], condition: str) -> None:
    only = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)
