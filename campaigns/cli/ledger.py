"""`flask ledger …`: checking the book, and cutting the thread between a donor and it."""

import click
from flask_babel import force_locale

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.cli.groups import Group
from campaigns.domain.contributions.commitment import cut
from campaigns.domain.contributions.queries import by_code
from campaigns.domain.invariants import watch
from campaigns.domain.ledger.breaches import keep, payouts_frozen

ledger = Group("ledger", help="The book: its invariants, its donors.")


@ledger.command("check")
def check() -> None:
    """Reads the whole book and looks at every invariant. A breach is named, kept, and freezes payouts."""
    found = watch.look(watch.everything())
    keep(found, watch.INVARIANTS)
    db.session.commit()
    broken = {breach.name for breach in found}
    with force_locale("en"):
        for name, says in watch.INVARIANTS.items():
            click.echo(f"{'BROKEN' if name in broken else 'holds ':<7} {name:<4} {says}")
    for breach in found:
        click.echo(f"{breach.name}: {breach.detail}", err=True)
    if payouts_frozen():
        click.echo("Payouts are frozen until two people have answered for every breach.", err=True)
    if found:
        raise click.exceptions.Exit(1)


@ledger.command("forget")
@click.argument("code")
def forget(code: str) -> None:
    """Erases what leads from the receipt CODE to its line of the public book, for good. The book stays valid."""
    known = parse_code(code)
    gift = by_code(known) if known else None
    if gift is None:
        raise click.ClickException("No gift has this code.")
    cut(gift.id)
    db.session.commit()
    click.echo("Erased.")
