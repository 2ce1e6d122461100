"""A group of commands that says in a line what to do when the database is not ready."""

from contextlib import nullcontext
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from campaigns.domain.audit.acting import Actor, as_actor


class Group(AppGroup):
    """`acts`: what its commands change stands in the audit log, as an operator's."""

    acts = False

    def invoke(self, context: click.Context) -> Any:
        try:
            with as_actor(Actor(via=f"flask {self.name}")) if self.acts else nullcontext():
                return super().invoke(context)
        except (OperationalError, ProgrammingError) as error:
            reason = str(error.orig).splitlines()[0]
            sentence = f"The database is not ready ({reason}). Run `flask db upgrade` and try again."
            raise click.ClickException(sentence) from None
