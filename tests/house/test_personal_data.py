"""Every column that may hold something personal has a rule for the day its person asks to be forgotten."""

from sqlalchemy import JSON, LargeBinary, String

from campaigns.base.extensions import Model
from campaigns.domain import tables
from campaigns.domain.erasure.rules import NEVER, RULES


def test_every_column_that_holds_text_has_a_rule_of_erasure() -> None:
    """Say in `erasure.rules` what becomes of a new one: erased, deleted, kept and why, public, not personal."""
    assert tables.ROOMS
    without = [
        f"{table.name}.{column.name}"
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON | LargeBinary)
        and not column.foreign_keys
        and column.name not in NEVER | RULES.get(table.name, frozenset())
    ]
    assert without == []
