"""`flask regions …`: provinces and counties."""

import csv
import json
from pathlib import Path

import click

from campaigns.base.extensions import db
from campaigns.cli.groups import Group
from campaigns.config import ROOT
from campaigns.domain.regions.actions import seed_counties, seed_provinces
from campaigns.domain.regions.imports import Plan, carry_out, plan_import

COUNTIES = ROOT / "static" / "build" / "counties.json"
SHOWN = 20

regions = Group("regions", help="Provinces and counties.")


@regions.command("seed")
@click.option("--counties", type=click.Path(path_type=Path), default=COUNTIES, show_default=True)
def seed(counties: Path) -> None:
    """Writes the provinces, and the counties the set-up has built a list of. Safe to run again."""
    provinces = seed_provinces()
    added = seed_counties(json.loads(counties.read_text(encoding="utf-8"))) if counties.exists() else 0
    db.session.commit()
    click.echo(f"{provinces} provinces and {added} counties added.")


@regions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def import_file(file: Path, dry_run: bool) -> None:
    """Completes the counties from FILE, a CSV in UTF-8 with the columns province, fa and (if known) en."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            plan = plan_import(csv.DictReader(lines))
    except (UnicodeDecodeError, csv.Error) as error:
        raise click.ClickException(f"{file.name} is not a CSV file in UTF-8 ({error}).") from None
    _show(plan)
    if plan.errors:
        raise click.ClickException("Nothing was written: mend these lines and import again.")
    if dry_run:
        click.echo("Nothing was written: this was a dry run.")
        return
    carry_out(plan)
    db.session.commit()
    click.echo("Written.")


def _show(plan: Plan) -> None:
    for error in plan.errors:
        click.echo(f"line {error.line}: {error.sentence}", err=True)
    for new in plan.new[:SHOWN]:
        click.echo(f"+ {new.province_code} {new.name_fa}")
    if len(plan.new) > SHOWN:
        click.echo(f"+ … and {len(plan.new) - SHOWN} more")
    for change in plan.changes[:SHOWN]:
        names = f"{change.name_fa} ({change.name_en or '–'})"
        click.echo(f"~ {change.county.province_code} {change.county.name_fa}: now {names}")
    if len(plan.changes) > SHOWN:
        click.echo(f"~ … and {len(plan.changes) - SHOWN} more")
    click.echo(
        f"{len(plan.new)} to add, {len(plan.changes)} to change, {plan.unchanged} as they are, "
        f"{len(plan.errors)} lines with errors."
    )
