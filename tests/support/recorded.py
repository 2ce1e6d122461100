"""No act of a person of the house goes past the audit log: looked at on the wire, in every test.

Whoever acts (`audit.acting`) and commits a change of a watched table must have written to the log in that transaction,
whatever the change was made with.
"""

import re
from typing import Any

from sqlalchemy import Connection, Engine, event

from campaigns.domain.audit.acting import acting
from campaigns.domain.audit.watched import is_watched

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?', re.IGNORECASE)
NOT_AN_ACT = {"contribution", "payment_attempt"}
"""What only a lease, a try or a cleared salt was written to: the hook passes over such columns."""


def watch(engine: Engine) -> None:
    event.listen(engine, "before_cursor_execute", _note)
    event.listen(engine, "commit", _compare)
    event.listen(engine, "rollback", _forget)


def _note(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    found = WRITES.match(statement)
    if found and acting.get() is not None:
        connection.info.setdefault("written", set()).add(found[1])


def _compare(connection: Connection) -> None:
    written: set[str] = connection.info.pop("written", set())
    unrecorded = {table for table in written if is_watched(table)} - NOT_AN_ACT
    assert not unrecorded or "audit_entry" in written, (
        f"changed without a line in the audit log: {unrecorded}"
    )


def _forget(connection: Connection) -> None:
    connection.info.pop("written", None)
