"""Runs migrations on the app's own engine: `flask db upgrade`. Online only."""

from typing import Any

from alembic import context
from flask import current_app

from campaigns.base.columns import Moment
from campaigns.base.extensions import db

options = dict(current_app.extensions["migrate"].configure_args)


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Our own column types are written as what they are in the database: a migration outlives the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


with db.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=db.metadata, render_item=render_item, **options)
    with context.begin_transaction():
        context.run_migrations()
