"""the network of volunteers: specialities, people, verifications and their evidence, calls in a crisis"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _specialities()
    _volunteers()
    _abilities()
    _requests()
    _verifications()
    _evidence()
    _surges()
    for statement in statements("verification", op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    for table in (
        "surge_signup",
        "surge",
        "volunteer_evidence",
        "verification_words",
        "verification",
        "volunteer_request",
        "volunteer_speciality",
        "volunteer",
        "speciality",
    ):
        op.drop_table(table)


def _specialities() -> None:
    op.create_table(
        "speciality",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("division", sa.String(length=20), nullable=False),
        sa.Column("name_fa", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("needs_licence", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speciality")),
        sa.UniqueConstraint("code", name=op.f("uq_speciality_code")),
    )


def _volunteers() -> None:
    op.create_table(
        "volunteer",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mobile", sa.String(length=16), nullable=True),
        sa.Column("province_code", sa.String(length=5), nullable=False),
        sa.Column("county_id", KEY, nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("licence_number", sa.String(length=40), nullable=False),
        sa.Column("is_facilitator", sa.Boolean(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("consented_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("erased_at", MOMENT, nullable=True),
        sa.Column("form_key", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "(mobile IS NULL) = (erased_at IS NOT NULL)", name=op.f("ck_volunteer_one_mobile")
        ),
        *_keys("volunteer", province_code="province.code", county_id="county.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_volunteer_public_id")),
        sa.UniqueConstraint("code", name=op.f("uq_volunteer_code")),
        sa.UniqueConstraint("mobile", name=op.f("uq_volunteer_mobile")),
        sa.UniqueConstraint("form_key", name=op.f("uq_volunteer_form_key")),
    )
    op.create_index("ix_volunteer_waiting", "volunteer", ["state", "province_code", "id"])
    op.create_index(
        "ix_volunteer_facilitator",
        "volunteer",
        ["is_facilitator", "state", "province_code", "county_id", "id"],
    )


def _abilities() -> None:
    op.create_table(
        "volunteer_speciality",
        sa.Column("volunteer_id", KEY, nullable=False),
        sa.Column("speciality_id", KEY, nullable=False),
        sa.Column("province_code", sa.String(length=5), nullable=False),
        sa.Column("county_id", KEY, nullable=True),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        *_keys(
            "volunteer_speciality",
            volunteer_id="volunteer.id",
            speciality_id="speciality.id",
            province_code="province.code",
            county_id="county.id",
        ),
        sa.PrimaryKeyConstraint("volunteer_id", "speciality_id", name=op.f("pk_volunteer_speciality")),
    )
    op.create_index(
        "ix_volunteer_speciality_match",
        "volunteer_speciality",
        ["speciality_id", "province_code", "is_listed", "county_id", "slots", "volunteer_id"],
    )


def _requests() -> None:
    op.create_table(
        "volunteer_request",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=11), nullable=False),
        sa.Column("volunteer_id", KEY, nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("form_key", sa.String(length=32), nullable=True),
        *_keys("volunteer_request", volunteer_id="volunteer.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_volunteer_request_public_id")),
        sa.UniqueConstraint("code", name=op.f("uq_volunteer_request_code")),
        sa.UniqueConstraint("form_key", name=op.f("uq_volunteer_request_form_key")),
    )
    op.create_index(op.f("ix_volunteer_request_volunteer_id"), "volunteer_request", ["volunteer_id"])
    op.create_index("ix_volunteer_request_waiting", "volunteer_request", ["state", "id"])


def _verifications() -> None:
    op.create_table(
        "verification",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("volunteer_id", KEY, nullable=False),
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("after", sa.String(length=12), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        *_keys("verification", volunteer_id="volunteer.id", actor_id="user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    op.create_index(op.f("ix_verification_volunteer_id"), "verification", ["volunteer_id"])
    op.create_table(
        "verification_words",
        sa.Column("verification_id", KEY, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        *_keys("verification_words", verification_id="verification.id"),
        sa.PrimaryKeyConstraint("verification_id", name=op.f("pk_verification_words")),
    )


def _evidence() -> None:
    op.create_table(
        "volunteer_evidence",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("volunteer_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("stored", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("added_by_id", KEY, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        *_keys("volunteer_evidence", volunteer_id="volunteer.id", added_by_id="user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_volunteer_evidence_public_id")),
        sa.UniqueConstraint("stored", name=op.f("uq_volunteer_evidence_stored")),
    )
    op.create_index(op.f("ix_volunteer_evidence_volunteer_id"), "volunteer_evidence", ["volunteer_id"])


def _surges() -> None:
    op.create_table(
        "surge",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title_fa", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("about_fa", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("campaign_id", KEY, nullable=True),
        sa.Column("province_code", sa.String(length=5), nullable=True),
        sa.Column("opened_by_id", KEY, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(campaign_id IS NULL) <> (province_code IS NULL)", name=op.f("ck_surge_one_place")
        ),
        *_keys("surge", campaign_id="campaign.id", province_code="province.code", opened_by_id="user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_surge_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_surge_slug")),
    )
    op.create_table(
        "surge_signup",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("surge_id", KEY, nullable=False),
        sa.Column("volunteer_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("province_code", sa.String(length=5), nullable=False),
        sa.Column("offer", sa.String(length=500), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        *_keys(
            "surge_signup",
            surge_id="surge.id",
            volunteer_id="volunteer.id",
            province_code="province.code",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surge_signup")),
        sa.UniqueConstraint("surge_id", "volunteer_id", name=op.f("uq_surge_signup_surge_id_volunteer_id")),
    )
    op.create_index(op.f("ix_surge_signup_volunteer_id"), "surge_signup", ["volunteer_id"])
    op.create_index("ix_surge_signup_newest", "surge_signup", ["surge_id", "province_code", "id"])


def _keys(table: str, **references: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [there], name=op.f(f"fk_{table}_{column}"))
        for column, there in references.items()
    ]
