"""partners: profiles of organizations, memoranda of understanding with their papers and moves"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _profiles()
    _memoranda()
    _hanging()
    for statement in statements("memorandum_move", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    for table in (
        "memorandum_move",
        "memorandum_paper",
        "memorandum_campaign",
        "memorandum_party",
        "memorandum",
        "partner_logo",
        "partner_profile",
    ):
        op.drop_table(table)


def _profiles() -> None:
    op.create_table(
        "partner_profile",
        *_ids("partner_profile"),
        sa.Column("organization_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("license_number", sa.String(length=40), nullable=False),
        sa.Column("about_fa", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("has_logo", sa.Boolean(), nullable=False),
        sa.Column("hidden_marks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("shown_at", MOMENT, nullable=True),
        _to("partner_profile", "organization_id", "organization.id"),
        _to("partner_profile", "author_id", "user.id"),
    )
    op.create_index(op.f("ix_partner_profile_organization_id"), "partner_profile", ["organization_id"])
    for state in ("shown", "waiting"):
        only = sa.text(f"state = '{state}'")
        op.create_index(
            f"ix_partner_profile_{state}",
            "partner_profile",
            ["organization_id"],
            unique=True,
            sqlite_where=only,
            postgresql_where=only,
        )
    op.create_table(
        "partner_logo",
        sa.Column("profile_id", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _to("partner_logo", "profile_id", "partner_profile.id"),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_partner_logo")),
    )


def _memoranda() -> None:
    op.create_table(
        "memorandum",
        *_ids("memorandum"),
        sa.Column("house_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("subject_fa", sa.String(length=160), nullable=False),
        sa.Column("subject_en", sa.String(length=160), nullable=False),
        sa.Column("terms_fa", sa.Text(), nullable=False),
        sa.Column("terms_en", sa.Text(), nullable=False),
        sa.Column("division", sa.String(length=16), nullable=False),
        sa.Column("for_network", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_reason", sa.String(length=500), nullable=False),
        sa.Column("state_changed_at", MOMENT, nullable=False),
        sa.Column("hidden_marks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_memorandum_period")),
        _to("memorandum", "house_id", "organization.id"),
        _to("memorandum", "author_id", "user.id"),
    )
    op.create_index(op.f("ix_memorandum_house_id"), "memorandum", ["house_id"])
    op.create_index("ix_memorandum_division_state", "memorandum", ["division", "state"])
    op.create_index("ix_memorandum_state", "memorandum", ["state", "ends_on"])


def _hanging() -> None:
    _between("memorandum_party", "organization")
    _between("memorandum_campaign", "campaign")
    op.create_table(
        "memorandum_paper",
        sa.Column("memorandum_id", KEY, nullable=False),
        sa.Column("use", sa.String(length=6), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by_id", KEY, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        _to("memorandum_paper", "memorandum_id", "memorandum.id"),
        _to("memorandum_paper", "added_by_id", "user.id"),
        sa.PrimaryKeyConstraint("memorandum_id", "use", name=op.f("pk_memorandum_paper")),
    )
    op.create_table(
        "memorandum_move",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("memorandum_id", KEY, nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("after", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        _to("memorandum_move", "memorandum_id", "memorandum.id"),
        _to("memorandum_move", "actor_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memorandum_move")),
    )
    op.create_index(op.f("ix_memorandum_move_memorandum_id"), "memorandum_move", ["memorandum_id"])


def _between(table: str, other: str) -> None:
    """A table of pairs: a memorandum and one of `other`."""
    op.create_table(
        table,
        sa.Column("memorandum_id", KEY, nullable=False),
        sa.Column(f"{other}_id", KEY, nullable=False),
        _to(table, "memorandum_id", "memorandum.id"),
        _to(table, f"{other}_id", f"{other}.id"),
        sa.PrimaryKeyConstraint("memorandum_id", f"{other}_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_{other}_id"), table, [f"{other}_id"])


def _ids(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]


def _to(table: str, column: str, where: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [where], name=op.f(f"fk_{table}_{column}"))
