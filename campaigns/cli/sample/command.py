"""`flask sample …`: fills an empty database with invented campaigns, people and gifts, and says who may sign in."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

import click
from flask import current_app
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.cli.groups import Group
from campaigns.cli.sample import data
from campaigns.cli.sample.loading import is_empty, load
from campaigns.cli.sample.timeline import Event
from campaigns.domain.accounts.models import User

GIFTS = 4_700
ROLES = {
    "organizer": "organizer",
    "province_desk": "province desk",
    "moderator": "moderator",
    "finance": "finance",
    "admin": "admin",
    "auditor": "auditor",
    "clerk": "clerk of an office",
    "coordinator": "coordinator",
    "viewer": "viewer of gifts",
}

sample = Group("sample", help="Invented campaigns to look around in.")


@sample.command("load")
@click.option("--gifts", type=click.IntRange(60, 100_000), default=GIFTS, show_default=True)
def load_all(gifts: int) -> None:
    """Thirty-one campaigns and some 4,700 gifts, made through the same actions as real ones."""
    if current_app.config["SETTINGS"].production:
        raise click.ClickException("Sample people share a printed password: not with POOYESH_ENV=production.")
    if not is_empty():
        raise click.ClickException("This database holds something already. Sample data wants an empty one.")
    load(gifts, _bar)
    click.echo(f"{len(data.campaigns())} sample campaigns are ready.")


@sample.command("logins")
def logins() -> None:
    """Who may sign in, and with which password. Fails where the sample data is not."""
    known = set(db.session.scalars(select(User.email)))
    here = [person for person in data.people() if person.email in known]
    if not here:
        raise click.ClickException("No sample people live in this database.")
    click.echo(f"Sample people (the password of all of them: {data.password()})")
    for person in here:
        click.echo(f"  {ROLES[person.role]:<18} {person.email}")


def _bar(events: list[Event]) -> AbstractContextManager[Iterable[Event]]:
    return click.progressbar(events, label="Sample data", update_min_steps=50)
