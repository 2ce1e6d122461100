"""people are found by words; what happened to an account is kept; a grant's record names the organization"""

import sqlalchemy as sa
from alembic import op

from campaigns.base.appendonly import statements
from campaigns.base.search import doc_key, fold


revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "account_change",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("verb", sa.String(length=8), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_account_change_actor_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_account_change_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_change")),
    )
    op.create_index(op.f("ix_account_change_user_id"), "account_change", ["user_id"])
    _append_only("account_change")

    name = op.f("fk_grant_change_organization_id")
    if op.get_bind().dialect.name == "sqlite":  # a batch would write the table anew, without its triggers
        reference = f"INTEGER CONSTRAINT {name} REFERENCES organization (id)"
        op.execute(sa.text(f"ALTER TABLE grant_change ADD COLUMN organization_id {reference}"))
    else:
        op.add_column("grant_change", sa.Column("organization_id", KEY, nullable=True))
        op.create_foreign_key(name, "grant_change", "organization", ["organization_id"], ["id"])

    op.add_column("user", sa.Column("search_key", sa.Text(), server_default="", nullable=False))
    _fill_search_keys()


def downgrade() -> None:
    op.drop_column("user", "search_key")
    with op.batch_alter_table("grant_change", schema=None) as batch_op:
        batch_op.drop_column("organization_id")  # and its foreign key with it
    if op.get_bind().dialect.name == "sqlite":  # the batch wrote the table anew
        _append_only("grant_change")
    op.drop_table("account_change")


def _append_only(table: str) -> None:
    for statement in statements(table, op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", "\\:")))


def _fill_search_keys() -> None:
    people = sa.table("user", *(sa.column(name) for name in ("id", "name", "email", "mobile", "search_key")))
    connection = op.get_bind()
    for row in connection.execute(sa.select(people)).all():
        number = (row.mobile or "").removeprefix("+98")
        numbers = [f"0{number}", f"0098{number}"] if number else []
        key = " ".join([doc_key(row.name), fold(row.email or ""), *numbers]).strip()
        connection.execute(people.update().where(people.c.id == row.id).values(search_key=key))
