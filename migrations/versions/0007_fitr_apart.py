"""zakat of Fitr of sadat and general zakat of Fitr are apart: what was given until now is the general one"""

import json

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _rename("fitr", "fitr_general")


def downgrade() -> None:
    """Fitr of sadat and gifts for orphans keep their names: nothing of theirs may be mixed with other money."""
    _rename("fitr_general", "fitr")


def _rename(old: str, new: str) -> None:
    """In campaigns, gifts, accounts of the book and edits that wait. Transfers name accounts by id: none changes."""
    connection = op.get_bind()
    for name in ("allowed_intent", "contribution"):
        table = sa.table(name, sa.column("intent"))
        connection.execute(table.update().where(table.c.intent == old).values(intent=new))
    account = sa.table("ledger_account", sa.column("id"), sa.column("code"))
    mine = account.c.code.like(f"liability:campaign:%:{old}")
    for row in connection.execute(sa.select(account).where(mine)).all():
        code = row.code.removesuffix(old) + new
        connection.execute(account.update().where(account.c.id == row.id).values(code=code))
    _rename_in_edits(connection, old, new)


def _rename_in_edits(connection: sa.Connection, old: str, new: str) -> None:
    names = ("data", "base")
    edit = sa.table("campaign_edit", sa.column("id"), sa.column("part"), *(sa.column(n, sa.JSON) for n in names))
    for row in connection.execute(sa.select(edit).where(edit.c.part == "goal")).all():
        renamed = {name: _renamed(getattr(row, name), old, new) for name in names}
        if json.dumps(renamed) != json.dumps({name: getattr(row, name) for name in names}):
            connection.execute(edit.update().where(edit.c.id == row.id).values(renamed))


def _renamed(data: dict[str, object], old: str, new: str) -> dict[str, object]:
    intents = data.get("intents")
    if not isinstance(intents, list):
        return data
    return data | {"intents": [new if intent == old else intent for intent in intents]}
