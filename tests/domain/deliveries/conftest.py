"""What tests of deliveries share."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from campaigns.base.extensions import db


@pytest.fixture
def counting(app):
    """`with counting() as statements:` gathers what the database is asked."""

    @contextmanager
    def look():
        asked = []

        def note(_connection, _cursor, statement, *_rest):
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return look
