"""roles and shifts of campaigns, who takes them, hours given and vowed, certificates of thanks"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _roles()
    _shifts()
    _hours()
    _thanks()
    for statement in statements("hour_entry", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    for table in (
        "thanks",
        "hour_vow",
        "hour_entry",
        "shift_signup",
        "volunteer_shift",
        "role_wording",
        "volunteer_role",
    ):
        op.drop_table(table)


def _where(condition: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _roles() -> None:
    op.create_table(
        "volunteer_role",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("speciality_id", KEY, nullable=True),
        sa.Column("needs_licence", sa.Boolean(), nullable=False),
        sa.Column("county_id", KEY, nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_volunteer_role_campaign_id")),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_volunteer_role_county_id")),
        sa.ForeignKeyConstraint(
            ["speciality_id"], ["speciality.id"], name=op.f("fk_volunteer_role_speciality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_role")),
        sa.UniqueConstraint("public_id", name=op.f("uq_volunteer_role_public_id")),
    )
    op.create_index(op.f("ix_volunteer_role_campaign_id"), "volunteer_role", ["campaign_id"])
    op.create_table(
        "role_wording",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("role_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("name_fa", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("text_fa", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("place_fa", sa.String(length=200), nullable=False),
        sa.Column("place_en", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("hidden_marks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("shown_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_role_wording_author_id")),
        sa.ForeignKeyConstraint(["role_id"], ["volunteer_role.id"], name=op.f("fk_role_wording_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_wording")),
        sa.UniqueConstraint("public_id", name=op.f("uq_role_wording_public_id")),
    )
    op.create_index(op.f("ix_role_wording_role_id"), "role_wording", ["role_id"])
    for state in ("shown", "waiting"):
        name = f"uq_role_wording_{state}"
        op.create_index(name, "role_wording", ["role_id"], unique=True, **_where(f"state = '{state}'"))


def _shifts() -> None:
    op.create_table(
        "volunteer_shift",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("role_id", KEY, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("places", sa.SmallInteger(), nullable=False),
        sa.Column("taken", sa.SmallInteger(), nullable=False),
        sa.Column("called_off_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name=op.f("ck_volunteer_shift_within_places")),
        sa.CheckConstraint("places > 0", name=op.f("ck_volunteer_shift_has_places")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_volunteer_shift_has_length")),
        sa.ForeignKeyConstraint(["role_id"], ["volunteer_role.id"], name=op.f("fk_volunteer_shift_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_shift")),
        sa.UniqueConstraint("public_id", name=op.f("uq_volunteer_shift_public_id")),
    )
    op.create_index("ix_volunteer_shift_role", "volunteer_shift", ["role_id", "starts_at"])
    op.create_index("ix_volunteer_shift_starts", "volunteer_shift", ["starts_at"])
    op.create_table(
        "shift_signup",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=11), nullable=False),
        sa.Column("shift_id", KEY, nullable=False),
        sa.Column("volunteer_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["shift_id"], ["volunteer_shift.id"], name=op.f("fk_shift_signup_shift_id")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_shift_signup_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_signup")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shift_signup_public_id")),
    )
    op.create_index(
        "uq_shift_signup_live",
        "shift_signup",
        ["shift_id", "volunteer_id"],
        unique=True,
        **_where("state IN ('taken','waiting')"),
    )
    op.create_index("ix_shift_signup_queue", "shift_signup", ["shift_id", "state", "id"])
    op.create_index("ix_shift_signup_volunteer", "shift_signup", ["volunteer_id", "state"])
    op.create_index("ix_shift_signup_code", "shift_signup", ["code"])


def _hours() -> None:
    op.create_table(
        "hour_entry",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("signup_id", KEY, nullable=False),
        sa.Column("volunteer_id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("was_there", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("corrects_id", KEY, nullable=True),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_hour_entry_actor_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_hour_entry_campaign_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["hour_entry.id"], name=op.f("fk_hour_entry_corrects_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["shift_signup.id"], name=op.f("fk_hour_entry_signup_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_hour_entry_volunteer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_entry")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_hour_entry_corrects_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hour_entry_public_id")),
    )
    first = _where("corrects_id IS NULL")
    op.create_index("uq_hour_entry_first", "hour_entry", ["signup_id"], unique=True, **first)
    op.create_index("ix_hour_entry_signup", "hour_entry", ["signup_id"])
    op.create_index("ix_hour_entry_person", "hour_entry", ["volunteer_id", "campaign_id"])
    op.create_index("ix_hour_entry_campaign", "hour_entry", ["campaign_id", "minutes"])
    op.create_table(
        "hour_vow",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=11), nullable=False),
        sa.Column("volunteer_id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("hours", sa.SmallInteger(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint("hours BETWEEN 1 AND 1000", name=op.f("ck_hour_vow_hours")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_hour_vow_campaign_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_hour_vow_volunteer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_vow")),
    )
    standing = _where("withdrawn_at IS NULL")
    op.create_index("uq_hour_vow_standing", "hour_vow", ["code", "campaign_id"], unique=True, **standing)
    op.create_index(op.f("ix_hour_vow_campaign_id"), "hour_vow", ["campaign_id"])
    op.create_index(op.f("ix_hour_vow_volunteer_id"), "hour_vow", ["volunteer_id"])


def _thanks() -> None:
    op.create_table(
        "thanks",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=11), nullable=False),
        sa.Column("holder_code", sa.String(length=11), nullable=False),
        sa.Column("volunteer_id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("shown_name", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_thanks_campaign_id")),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteer.id"], name=op.f("fk_thanks_volunteer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("code", name=op.f("uq_thanks_code")),
    )
    for name in ("campaign_id", "holder_code", "volunteer_id"):
        op.create_index(op.f(f"ix_thanks_{name}"), "thanks", [name])
