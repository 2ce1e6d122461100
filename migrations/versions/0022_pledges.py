"""goods that people promise, what becomes of each promise, and how a campaign takes goods"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
LIVE = sa.text("state IN ('registered', 'arranged')")


def upgrade() -> None:
    _terms()
    _shops()
    _pledges()
    _steps()


def downgrade() -> None:
    for table in ("goods_pledge_step", "goods_pledge", "listed_shop", "pledge_terms"):
        op.drop_table(table)


def _terms() -> None:
    op.create_table(
        "pledge_terms",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("collects", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_pledge_terms_campaign_id")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_pledge_terms")),
    )


def _shops() -> None:
    op.create_table(
        "listed_shop",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("hidden_marks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_listed_shop_campaign_id")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_listed_shop_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_shop")),
        sa.UniqueConstraint("public_id", name=op.f("uq_listed_shop_public_id")),
    )
    op.create_index(op.f("ix_listed_shop_campaign_id"), "listed_shop", ["campaign_id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_listed_shop_waiting",
        "listed_shop",
        ["created_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _pledges() -> None:
    op.create_table(
        "goods_pledge",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("need_id", KEY, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("place_id", KEY, nullable=True),
        sa.Column("shop_id", KEY, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("mobile", sa.String(length=16), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("arranged_on", sa.Date(), nullable=True),
        sa.Column("arranged_note", sa.String(length=200), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("pledged_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_goods_pledge_quantity")),
        sa.CheckConstraint("received >= 0", name=op.f("ck_goods_pledge_received")),
        sa.CheckConstraint(
            "way <> 'collect' OR mobile IS NOT NULL", name=op.f("ck_goods_pledge_collect_calls")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_goods_pledge_campaign_id")),
        sa.ForeignKeyConstraint(["need_id"], ["need_line.id"], name=op.f("fk_goods_pledge_need_id")),
        sa.ForeignKeyConstraint(["place_id"], ["drop_off_place.id"], name=op.f("fk_goods_pledge_place_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["listed_shop.id"], name=op.f("fk_goods_pledge_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_pledge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goods_pledge_public_id")),
        sa.UniqueConstraint("code", name=op.f("uq_goods_pledge_code")),
        sa.UniqueConstraint("form_key", name=op.f("uq_goods_pledge_form_key")),
    )
    op.create_index(op.f("ix_goods_pledge_need_id"), "goods_pledge", ["need_id"])
    op.create_index("ix_goods_pledge_list", "goods_pledge", ["campaign_id", "state", "id"])
    for name, column in (("ix_goods_pledge_live", "need_id"), ("ix_goods_pledge_due", "expires_at")):
        op.create_index(name, "goods_pledge", [column], sqlite_where=LIVE, postgresql_where=LIVE)


def _steps() -> None:
    op.create_table(
        "goods_pledge_step",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("pledge_id", KEY, nullable=False),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("after", sa.String(length=12), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["goods_pledge.id"], name=op.f("fk_goods_pledge_step_pledge_id")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_goods_pledge_step_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_pledge_step")),
    )
    op.create_index(op.f("ix_goods_pledge_step_pledge_id"), "goods_pledge_step", ["pledge_id"])
    for statement in statements("goods_pledge_step", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))
