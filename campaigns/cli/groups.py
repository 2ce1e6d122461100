"""A group of commands that says in a line what to do when the database is not ready."""

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError


class Group(AppGroup):
    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (OperationalError, ProgrammingError) as error:
            reason = str(error.orig).splitlines()[0]
            sentence = f"The database is not ready ({reason}). Run `flask db upgrade` and try again."
            raise click.ClickException(sentence) from None
