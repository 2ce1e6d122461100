"""Probes for whoever keeps the site running. `/healthz`: the process lives. `/readyz`: it can serve visitors.

A proxy in front should keep both to itself; they say nothing but yes or no per check.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import column, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.ledger.queries import oldest_unplaced
from campaigns.web.guards import public

page = Blueprint("health", __name__)
DISK_FREE_SHARE = 0.05
UNPLACED_FOR = timedelta(minutes=2)
"""A settled gift waits half a second for its place in the book; minutes mean that no worker runs."""


@page.get("/healthz")
@public()
def alive() -> Response:
    return current_app.response_class("ok\n", mimetype="text/plain")


@page.get("/readyz")
@public()
def ready() -> Response:
    """Each check by name. 503 as soon as one says no."""
    checks = {name: _passes(check) for name, check in CHECKS.items()}
    response = jsonify(ready=all(checks.values()), checks=checks)
    response.status_code = 200 if all(checks.values()) else 503
    return response


def database_answers() -> bool:
    return db.session.scalar(text("SELECT 1")) == 1


def schema_is_at_head() -> bool:
    """The database was migrated to what this code expects."""
    kept = set(db.session.scalars(select(column("version_num")).select_from(table("alembic_version"))))
    return kept == _heads(current_app.extensions["migrate"].directory)


def disk_has_room() -> bool:
    usage = shutil.disk_usage(current_app.config["SETTINGS"].data_dir)
    return usage.free >= usage.total * DISK_FREE_SHARE


def book_is_kept() -> bool:
    """The worker gives settled gifts their place, so the bars move."""
    oldest = oldest_unplaced()
    return oldest is None or now() - oldest < UNPLACED_FOR


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "schema": schema_is_at_head,
    "disk": disk_has_room,
    "book": book_is_kept,
}


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (SQLAlchemyError, OSError):
        db.session.rollback()
        return False


@cache
def _heads(directory: str) -> set[str]:
    return set(ScriptDirectory(str(Path(directory))).get_heads())
