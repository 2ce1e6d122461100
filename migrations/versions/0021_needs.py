"""what campaigns need in goods, where it may be brought, and changes of both that wait for a moderator"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _lines()
    _places()
    _edits()


def downgrade() -> None:
    for table in ("need_edit", "drop_off_need", "drop_off_place", "need_line"):
        op.drop_table(table)


def _lines() -> None:
    op.create_table(
        "need_line",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("county_id", KEY, nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("item_key", sa.String(length=100), nullable=False),
        sa.Column("item_fa", sa.String(length=80), nullable=False),
        sa.Column("item_en", sa.String(length=80), nullable=False),
        sa.Column("accepted_fa", sa.String(length=300), nullable=False),
        sa.Column("accepted_en", sa.String(length=300), nullable=False),
        sa.Column("refused_fa", sa.String(length=300), nullable=False),
        sa.Column("refused_en", sa.String(length=300), nullable=False),
        sa.Column("unit_fa", sa.String(length=30), nullable=False),
        sa.Column("unit_en", sa.String(length=30), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price_rials", sa.BigInteger(), nullable=False),
        sa.Column("takes_money", sa.Boolean(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reserved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("received", sa.Integer(), server_default="0", nullable=False),
        sa.Column("bought_when_closed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_need_line_quantity")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_need_line_reserved")),
        sa.CheckConstraint("received >= 0", name=op.f("ck_need_line_received")),
        sa.CheckConstraint("reserved + received <= quantity", name=op.f("ck_need_line_never_below_zero")),
        sa.CheckConstraint("unit_price_rials >= 0", name=op.f("ck_need_line_price")),
        sa.CheckConstraint(
            "unit_price_rials > 0 OR NOT takes_money", name=op.f("ck_need_line_money_has_price")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_need_line_campaign_id")),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_need_line_county_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_line")),
        sa.UniqueConstraint("public_id", name=op.f("uq_need_line_public_id")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_need_line_campaign_id_key")),
    )
    op.create_index(op.f("ix_need_line_county_id"), "need_line", ["county_id"])
    shown = sa.text("state = 'shown'")
    op.create_index(
        "ix_need_line_item_key", "need_line", ["item_key"], sqlite_where=shown, postgresql_where=shown
    )


def _places() -> None:
    op.create_table(
        "drop_off_place",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("province_code", sa.String(length=5), nullable=False),
        sa.Column("county_id", KEY, nullable=True),
        sa.Column("name_fa", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("address_fa", sa.String(length=300), nullable=False),
        sa.Column("address_en", sa.String(length=300), nullable=False),
        sa.Column("hours_fa", sa.String(length=200), nullable=False),
        sa.Column("hours_en", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_drop_off_place_campaign_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_drop_off_place_province_code")
        ),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_drop_off_place_county_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drop_off_place")),
        sa.UniqueConstraint("public_id", name=op.f("uq_drop_off_place_public_id")),
    )
    op.create_index(op.f("ix_drop_off_place_campaign_id"), "drop_off_place", ["campaign_id"])
    op.create_table(
        "drop_off_need",
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("need_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["drop_off_place.id"], name=op.f("fk_drop_off_need_place_id")),
        sa.ForeignKeyConstraint(["need_id"], ["need_line.id"], name=op.f("fk_drop_off_need_need_id")),
        sa.PrimaryKeyConstraint("place_id", "need_id", name=op.f("pk_drop_off_need")),
    )
    op.create_index(op.f("ix_drop_off_need_need_id"), "drop_off_need", ["need_id"])


def _edits() -> None:
    op.create_table(
        "need_edit",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("about", sa.String(length=12), nullable=False),
        sa.Column("about_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("hidden_marks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_need_edit_campaign_id")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_need_edit_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_edit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_need_edit_public_id")),
    )
    op.create_index(op.f("ix_need_edit_campaign_id"), "need_edit", ["campaign_id"])
    waits = sa.text("state = 'waiting'")
    op.create_index(
        "ix_need_edit_waiting", "need_edit", ["created_at"], sqlite_where=waits, postgresql_where=waits
    )
    files = sa.text("state = 'waiting' AND digest <> ''")
    op.create_index(
        "ix_need_edit_file",
        "need_edit",
        ["campaign_id", "digest"],
        unique=True,
        sqlite_where=files,
        postgresql_where=files,
    )
