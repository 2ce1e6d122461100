"""Writing down one act."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.extensions import Model, db
from campaigns.domain.audit.acting import Actor, acting
from campaigns.domain.audit.models import AuditEntry
from campaigns.domain.audit.places import Place, place_of
from campaigns.domain.audit.values import canonical, shown

_INSERT = insert(AuditEntry.__table__)  # type: ignore[arg-type]
Row = dict[str, Any]


def record(
    act: str,
    kind: str,
    name: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    campaign_id: int | None = None,
    province_code: str | None = None,
    actor: Actor | None = None,
) -> None:
    """Writes down that whoever acts now did `act` to the thing of this kind (a table's name) with this public id.

    For acts that change no watched row: signing in, taking a file along. `before` and `after` are values of columns of
    that table, hashed where they are private, or plain words of the code under other names. In the transaction of the
    act; does not commit. Nothing is written when nobody acts.
    """
    who = actor or acting.get()
    if who is None:
        return
    table = Model.metadata.tables[kind]
    place = Place(kind, name, campaign_id, province_code)
    db.session.flush()
    row = entry(who, act, table, place, _told(table, before), _told(table, after))
    db.session.connection().execute(_INSERT, row)


def entry(who: Actor, act: str, table: Table, place: Place, before: Row | None, after: Row | None) -> Row:
    """A row of the log, ready to be written. `before` and `after` as `values.shown` gives them."""
    return {
        "public_id": public_id(),
        "acted_at": now(),
        "actor_id": who.user_id,
        "role": who.role[:120],
        "act": act,
        "what": table.name,
        "object_kind": place.kind,
        "object_id": place.name,
        "campaign_id": place.campaign_id,
        "province_code": place.province_code,
        "before": canonical(before),
        "after": canonical(after),
        "via": who.via[:80],
        "request_id": who.request_id[:40],
    }


def changed(
    connection: Connection,
    who: Actor,
    act: str,
    table: Table,
    before: Row | None,
    after: Row | None,
    known: Row,
) -> Row:
    """A row of the log for one row of a table. `known`: all its values that are known, by which its place is found."""
    place = place_of(connection, table, known)
    old = None if before is None else shown(table, before)
    new = None if after is None else shown(table, after)
    return entry(who, act, table, place, old, new)


def write(connection: Connection, rows: Iterable[Row]) -> None:
    found = list(rows)
    if found:
        connection.execute(_INSERT, found)


def _told(table: Table, values: Mapping[str, Any] | None) -> Row | None:
    if values is None:
        return None
    plain = {name: value for name, value in values.items() if name not in table.c}
    return shown(table, values) | plain
