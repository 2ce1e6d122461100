"""who follows a campaign, what is written to them, thanks, where gifts came from, teams; exports know their campaign"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _followers()
    _messages()
    _mailings()
    _thanks()
    _sources()
    _teams()
    name = op.f("fk_export_campaign_id")
    if op.get_bind().dialect.name == "sqlite":  # a batch would write the table anew, without its triggers
        reference = f"INTEGER CONSTRAINT {name} REFERENCES campaign (id)"
        op.execute(sa.text(f"ALTER TABLE export ADD COLUMN campaign_id {reference}"))
    else:
        op.add_column("export", sa.Column("campaign_id", KEY, nullable=True))
        op.create_foreign_key(name, "export", "campaign", ["campaign_id"], ["id"])
    op.create_index(op.f("ix_export_campaign_id"), "export", ["campaign_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_export_campaign_id"), "export")
    op.drop_column("export", "campaign_id")
    for table in (
        "team_invitation",
        "gift_source",
        "source_tag",
        "gift_thanks",
        "mailing",
        "supporter_message",
        "follower",
    ):
        op.drop_table(table)


def _followers() -> None:
    op.create_table(
        "follower",
        *_identity(),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("gift_id", KEY, nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("agreed_at", MOMENT, nullable=True),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.CheckConstraint("(state = 'left') = (email IS NULL)", name=op.f("ck_follower_forgotten")),
        _to("follower", "campaign_id", "campaign.id"),
        _to("follower", "gift_id", "contribution.id"),
        *_keys("follower"),
    )
    op.create_index(op.f("ix_follower_gift_id"), "follower", ["gift_id"])
    _partial("uq_follower_address", "follower", ["campaign_id", "email"], "email IS NOT NULL", True)
    _partial("ix_follower_letters", "follower", ["campaign_id", "id"], "state = 'follows'")
    _partial("ix_follower_asked", "follower", ["asked_at"], "state = 'asked'")


def _messages() -> None:
    op.create_table(
        "supporter_message",
        *_identity(),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hidden_marks", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("approved_at", MOMENT, nullable=True),
        _to("supporter_message", "campaign_id", "campaign.id"),
        _to("supporter_message", "author_id", "user.id"),
        *_keys("supporter_message"),
    )
    op.create_index(op.f("ix_supporter_message_campaign_id"), "supporter_message", ["campaign_id"])
    _partial("ix_supporter_message_waiting", "supporter_message", ["created_at"], "state = 'waiting'")


def _mailings() -> None:
    op.create_table(
        "mailing",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("update_id", KEY, nullable=True),
        sa.Column("message_id", KEY, nullable=True),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("until_id", KEY, nullable=False),
        sa.Column("reached_id", KEY, nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(update_id IS NULL) <> (message_id IS NULL)", name=op.f("ck_mailing_one_thing")
        ),
        _to("mailing", "campaign_id", "campaign.id"),
        _to("mailing", "update_id", "campaign_update.id"),
        _to("mailing", "message_id", "supporter_message.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        sa.UniqueConstraint("update_id", name=op.f("uq_mailing_update_id")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mailing_message_id")),
    )
    op.create_index(op.f("ix_mailing_campaign_id"), "mailing", ["campaign_id"])
    _partial("ix_mailing_unfinished", "mailing", ["id"], "done_at IS NULL")


def _thanks() -> None:
    op.create_table(
        "gift_thanks",
        *_identity(),
        sa.Column("gift_id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("template", sa.String(length=12), nullable=False),
        sa.Column("body", sa.String(length=600), nullable=False),
        sa.Column("hidden_marks", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("shown_at", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        _to("gift_thanks", "gift_id", "contribution.id"),
        _to("gift_thanks", "campaign_id", "campaign.id"),
        _to("gift_thanks", "author_id", "user.id"),
        *_keys("gift_thanks"),
        sa.UniqueConstraint("gift_id", name=op.f("uq_gift_thanks_gift_id")),
    )
    op.create_index(op.f("ix_gift_thanks_campaign_id"), "gift_thanks", ["campaign_id"])
    _partial("ix_gift_thanks_waiting", "gift_thanks", ["created_at"], "state = 'waiting'")
    _partial("ix_gift_thanks_untold", "gift_thanks", ["shown_at"], "state = 'shown' AND told_at IS NULL")


def _sources() -> None:
    op.create_table(
        "source_tag",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("tag", sa.String(length=30), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        _to("source_tag", "campaign_id", "campaign.id"),
        _to("source_tag", "author_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_tag")),
        sa.UniqueConstraint("campaign_id", "tag", name=op.f("uq_source_tag_campaign_id")),
    )
    op.create_table(
        "gift_source",
        sa.Column("gift_id", KEY, autoincrement=False, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        _to("gift_source", "gift_id", "contribution.id"),
        _to("gift_source", "source_id", "source_tag.id"),
        sa.PrimaryKeyConstraint("gift_id", name=op.f("pk_gift_source")),
    )
    op.create_index(op.f("ix_gift_source_source_id"), "gift_source", ["source_id"])


def _teams() -> None:
    op.create_table(
        "team_invitation",
        *_identity(),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("invited_by_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        _to("team_invitation", "campaign_id", "campaign.id"),
        _to("team_invitation", "user_id", "user.id"),
        _to("team_invitation", "invited_by_id", "user.id"),
        *_keys("team_invitation"),
    )
    op.create_index(op.f("ix_team_invitation_campaign_id"), "team_invitation", ["campaign_id"])
    _partial(
        "uq_team_invitation_waiting", "team_invitation", ["campaign_id", "email"], "state = 'waiting'", True
    )
    op.create_index("ix_team_invitation_user", "team_invitation", ["user_id", "state"])


def _identity() -> tuple[sa.Column[object], sa.Column[object]]:
    return (
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
    )


def _keys(table: str) -> tuple[sa.Constraint, sa.Constraint]:
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    )


def _to(table: str, column: str, where: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [where], name=op.f(f"fk_{table}_{column}"))


def _partial(name: str, table: str, columns: list[str], condition: str, unique: bool = False) -> None:
    only = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)
