"""blocks of a campaign's page, its pictures with who agreed to be seen, and its papers"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _on_a_shelf(
        "picture",
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("forms", sa.String(length=40), nullable=False),
    )
    _on_a_shelf("shelf_paper", sa.Column("size", sa.Integer(), nullable=False))
    op.create_table(
        "picture_consent",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("picture_id", KEY, nullable=False),
        sa.Column("seen", sa.String(length=10), nullable=False),
        sa.Column("given_by", sa.String(length=120), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("allows", sa.String(length=10), nullable=False),
        sa.Column("noted_by_id", KEY, nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seen IN ('adults', 'children')", name=op.f("ck_picture_consent_seen")),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name=op.f("fk_picture_consent_picture_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["user.id"], name=op.f("fk_picture_consent_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_consent")),
        sa.UniqueConstraint("public_id", name=op.f("uq_picture_consent_public_id")),
    )
    op.create_index(op.f("ix_picture_consent_picture_id"), "picture_consent", ["picture_id"])
    op.create_table(
        "campaign_blocks",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_blocks_campaign_id")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaign_blocks")),
    )
    op.create_table(
        "shown_file",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_shown_file_campaign_id")),
        sa.PrimaryKeyConstraint("campaign_id", "name", name=op.f("pk_shown_file")),
    )
    op.create_index(op.f("ix_shown_file_name"), "shown_file", ["name"])


def downgrade() -> None:
    for table in ("shown_file", "campaign_blocks", "picture_consent", "shelf_paper", "picture"):
        op.drop_table(table)


def _on_a_shelf(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("shelf", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        *columns,
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("added_by_id", KEY, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f(f"fk_{table}_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    )
    for column in ("shelf", "key"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
